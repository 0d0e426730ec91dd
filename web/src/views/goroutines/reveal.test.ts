import { expect, test } from "vitest";
import { scrollFor } from "./reveal";

test.each([
  ["in view: stays", { top: 100, bottom: 300 }, { top: 120, bottom: 140 }, 0],
  ["exactly at both ends: stays", { top: 100, bottom: 300 }, { top: 100, bottom: 300 }, 0],
  ["above: up to its top", { top: 100, bottom: 300 }, { top: 60, bottom: 84 }, -40],
  ["half above: up to its top", { top: 100, bottom: 300 }, { top: 90, bottom: 114 }, -10],
  ["below: down to its end", { top: 100, bottom: 300 }, { top: 310, bottom: 334 }, 34],
  ["taller than the view: its top", { top: 100, bottom: 120 }, { top: 140, bottom: 200 }, 40],
])("a row %s", (_, view, row, by) => {
  expect(scrollFor(row, view)).toBe(by);
});

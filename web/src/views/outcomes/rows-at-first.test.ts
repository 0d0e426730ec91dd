import { expect, it } from "vitest";
import { rowsAtFirst } from "./rows-at-first";

it.each([
  [0, -1, 0],
  [24, -1, 24],
  [29, -1, 29],
  [30, -1, 24],
  [200, 23, 24],
  [200, 24, 25],
  [200, 199, 200],
])("of %d outcomes, with the run of %d open, %d are shown at first", (outcomes, open, rows) => {
  expect(rowsAtFirst(outcomes, open)).toBe(rows);
});

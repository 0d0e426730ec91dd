import { expect, it } from "vitest";
import { neighbour } from "./tab-keys";

it.each([
  ["ArrowRight", 0, 1],
  ["ArrowRight", 2, 0],
  ["ArrowLeft", 0, 2],
  ["ArrowLeft", 1, 0],
  ["Home", 2, 0],
  ["End", 0, 2],
  ["ArrowDown", 0, undefined],
  ["PageDown", 0, undefined],
])("%s leads from tab %d of three to %s", (key, at, to) => {
  expect(neighbour(key, at, 3)).toBe(to);
});

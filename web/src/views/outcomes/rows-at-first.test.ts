import { expect, it } from "vitest";
import { inOrder, rowsAtFirst } from "./rows-at-first";

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

it("lists what went wrong first where there is much, and few as they were found", () => {
  const outcomes = (count: number) =>
    Array.from({ length: count }, (_, number) => ({ number, verdict: { good: number % 3 !== 1 } }));
  const numbers = (count: number) => inOrder(outcomes(count)).map(({ number }) => number);
  expect(numbers(3)).toEqual([0, 1, 2]);
  expect(numbers(9)).toEqual([1, 4, 7, 0, 2, 3, 5, 6, 8]);
});

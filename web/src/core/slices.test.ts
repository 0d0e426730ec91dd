import { expect, it } from "vitest";
import { EVENTS, EXECUTIONS, nextSlice } from "./slices";

it.each([
  { size: 10_000, took: 40, next: 10_000, why: "on the mark" },
  { size: 10_000, took: 80, next: 5_000, why: "too slow" },
  { size: 10_000, took: 1, next: 20_000, why: "at most doubled" },
  { size: 400_000, took: 1, next: 500_000, why: "never past the largest" },
  { size: 2_000, took: 4_000, next: EVENTS.first, why: "never below the first" },
  { size: 10_000, took: 0, next: 20_000, why: "a clock too coarse to tell" },
])("a slice of $size in $took ms is followed by $next: $why", ({ size, took, next }) => {
  expect(nextSlice(size, took, EVENTS)).toBe(next);
});

it("goes down to one execution, however long that takes", () => {
  expect(nextSlice(1, 5_000, EXECUTIONS)).toBe(1);
});

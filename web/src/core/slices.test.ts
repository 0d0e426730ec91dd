import { expect, it } from "vitest";
import { FIRST_SLICE_EVENTS, nextSlice } from "./slices";

it.each([
  { events: 10_000, took: 40, next: 10_000, why: "on the mark" },
  { events: 10_000, took: 80, next: 5_000, why: "too slow" },
  { events: 10_000, took: 1, next: 20_000, why: "at most doubled" },
  { events: 400_000, took: 1, next: 500_000, why: "never past the largest" },
  { events: 2_000, took: 4_000, next: FIRST_SLICE_EVENTS, why: "never below the first" },
  { events: 10_000, took: 0, next: 20_000, why: "a clock too coarse to tell" },
])("a slice of $events in $took ms is followed by $next: $why", ({ events, took, next }) => {
  expect(nextSlice(events, took)).toBe(next);
});

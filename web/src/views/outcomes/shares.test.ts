import { expect, it } from "vitest";
import { aboutOf, percentOf, progressOf, rateOf } from "./shares";

it.each([
  [0, 7, "0"],
  [7, 7, "100"],
  [1, 6, "17"],
  [1, 144, "0.7"],
  [1, 100_000, "<0.1"],
  [99_999, 100_000, ">99.9"],
  [998, 1_000, "99.8"],
  [0, 0, "0"],
])("%d of %d is %s %%", (part, all, percent) => {
  expect(percentOf(part, all)).toBe(percent);
});

it.each([
  [7.4, "7"],
  [96, "96"],
  [32_323, "32\u202f000"],
  [9.96e5, "1\u202f000\u202f000"],
  [1.5e20, "2e20"],
])("guesses %d as %s", (guess, said) => {
  expect(aboutOf(guess)).toBe(said);
});

const progress = { executions: 0, outcomes: 1, estimate: null, sampled: 0, over: false };

it("says a rate to two figures, also before the clock has moved", () => {
  expect(rateOf({ ...progress, executions: 12_345 }, 1_000)).toBe(12_000);
  expect(rateOf({ ...progress, executions: 3 }, 1_000)).toBe(3);
  expect(rateOf({ ...progress, executions: 5 }, 0)).toBe(5_000);
});

it("is never through before it is, however low the guess", () => {
  expect(progressOf({ ...progress, executions: 50, estimate: 10 })).toBe(0.99);
  expect(progressOf({ ...progress, executions: 5, estimate: 10 })).toBe(0.5);
  expect(progressOf(progress)).toBeUndefined();
  expect(progressOf({ ...progress, over: true })).toBe(1);
});

import { expect, it } from "vitest";
import type { VerdictInfo } from "../../core/wire";
import { inOrder } from "./in-order";

it("lists what went wrong first where there is much, and few as the core has them", () => {
  const outcomes = (count: number) =>
    Array.from({ length: count }, (_, number) => ({ number, verdict: { good: number % 3 !== 1 } as VerdictInfo }));
  const numbers = (count: number) => inOrder(outcomes(count)).map(({ number }) => number);
  expect(numbers(3)).toEqual([0, 1, 2]);
  expect(numbers(9)).toEqual([1, 4, 7, 0, 2, 3, 5, 6, 8]);
});

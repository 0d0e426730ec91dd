import { describe, expect, it } from "vitest";
import { concurrentWith, told } from "./around";

/** A rendezvous of goroutines 0 and 1 in events 4 and 5; 2 starts later from 1; 3 knows nothing of it. */
const around = { first: 4, last: 5, before: [2, 3, null, null], after: [6, 7, 8, null] };
const lanes = [
  { born: 0, ended: null },
  { born: 1, ended: 9 },
  { born: 8, ended: null },
  { born: 1, ended: 7 },
];

describe("an event among others", () => {
  it("has a stretch beside it on each lane, no longer than the lane", () => {
    expect(concurrentWith(around, lanes, 12)).toEqual([
      { goroutine: 0, from: 3, to: 6 },
      { goroutine: 1, from: 4, to: 7 },
      { goroutine: 3, from: 1, to: 7 },
    ]);
  });

  it("is told by goroutine, those that took the step left out", () => {
    const stretches = concurrentWith(around, lanes, 12);
    expect(told(around, new Set([0, 1]), stretches)).toEqual({
      before: [],
      after: [{ goroutine: 2, at: 9 }],
      concurrent: [{ goroutine: 3, from: 1, to: 7 }],
    });
    expect(told(around, new Set([0]), stretches).before).toEqual([{ goroutine: 1, at: 4 }]);
  });
});

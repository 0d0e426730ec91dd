import { describe, expect, it } from "vitest";
import { readWish } from "./messages";

describe("messages of the host page", () => {
  const cases: ReadonlyArray<readonly [data: unknown, wish: unknown]> = [
    [
      { chanscope: 1, type: "seek", at: 3 },
      { type: "seek", at: 3 },
    ],
    [
      { chanscope: 1, type: "step", by: -2 },
      { type: "step", by: -2 },
    ],
    [
      { chanscope: 1, type: "play", stepsPerSecond: 10 },
      { type: "play", stepsPerSecond: 10 },
    ],
    [
      { chanscope: 1, type: "play" },
      { type: "play", stepsPerSecond: undefined },
    ],
    [{ chanscope: 1, type: "pause" }, { type: "pause" }],
    [
      { chanscope: 1, type: "open", fragment: "#/x" },
      { type: "open", fragment: "#/x" },
    ],
    [{ chanscope: 2, type: "pause" }, undefined],
    [{ type: "pause" }, undefined],
    [{ chanscope: 1, type: "seek", at: -1 }, undefined],
    [{ chanscope: 1, type: "seek", at: 1.5 }, undefined],
    [{ chanscope: 1, type: "step", by: "1" }, undefined],
    [{ chanscope: 1, type: "play", stepsPerSecond: 0 }, undefined],
    [{ chanscope: 1, type: "play", stepsPerSecond: Number.POSITIVE_INFINITY }, undefined],
    [{ chanscope: 1, type: "open", fragment: "javascript:alert(1)" }, undefined],
    [{ chanscope: 1, type: "open", fragment: `#${"x".repeat(30_000)}` }, undefined],
    [{ chanscope: 1, type: "constructor" }, undefined],
    ["pause", undefined],
    [null, undefined],
    [undefined, undefined],
  ];
  it.each(cases)("%j", (data, wish) => expect(readWish(data)).toEqual(wish));
});

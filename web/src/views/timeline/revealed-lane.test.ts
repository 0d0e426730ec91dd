import { describe, expect, it } from "vitest";
import { acrossOf, geometryOf } from "./geometry";
import { scrollFor } from "./revealed-lane";

const room = (height: number, scroll: number) =>
  geometryOf({
    width: 1200,
    height,
    turned: false,
    lanes: 112,
    turns: false,
    longestName: 10,
    longestNumber: 2,
    scroll,
    from: 0,
    to: 50,
  });

describe("the lane of the step at the cursor", () => {
  it("is left where it is while it is in view", () => {
    expect(scrollFor(room(280, 300), 25)).toBeUndefined();
  });

  it.each([
    ["below", 280, 0],
    ["above", 280, 900],
    ["where the timeline has become lower", 180, 300],
  ])("is scrolled to %s", (_, height, scroll) => {
    const wanted = scrollFor(room(height, scroll), 32);
    const across = acrossOf(room(height, wanted ?? Number.NaN), 32);
    const { ruler, pitch } = room(height, 0);
    expect(across - pitch / 2).toBeGreaterThanOrEqual(ruler);
    expect(across + pitch / 2).toBeLessThanOrEqual(height);
  });
});

import { describe, expect, it } from "vitest";
import type { Path } from "./draw-list";
import { drawMark, RACES, WENT_WRONG } from "./marks";

const paths = (flags: number, turned = false) =>
  drawMark({ shape: "send", x: 100, y: 100, radius: 5, turned, colour: "ink", flags, alpha: 1 }).filter(
    (item): item is Path => item.kind === "path",
  );
/** How far it reaches from the middle along the lane: at least, and at most. */
const reach = ({ points }: Path, turned = false) => {
  const along = points.filter((_, nth) => nth % 2 === (turned ? 1 : 0)).map((place) => Math.abs(place - 100));
  return [Math.min(...along), Math.max(...along)] as const;
};

describe("a send that panics and races", () => {
  it.each([false, true])("has three signs that can be told, turned: %s", (turned) => {
    const [one, other, triangle, ...chevrons] = paths(WENT_WRONG | RACES, turned);
    if (!one || !other || !triangle) throw new Error("a cross and a triangle");
    // The triangle covers the middle of the cross, whose ends stick out.
    expect([one.stroke, other.stroke]).toEqual(["bad", "bad"]);
    expect(triangle).toMatchObject({ stroke: "ink", fill: "paper" });
    expect(reach(one, turned)[1]).toBeGreaterThan(reach(triangle, turned)[1] + 3);
    // The chevrons keep clear of both.
    expect(chevrons).toHaveLength(2);
    for (const chevron of chevrons) expect(reach(chevron, turned)[0]).toBeGreaterThan(reach(one, turned)[1]);
  });

  it("has its chevrons close to it where there is no cross", () => {
    const [, chevron] = paths(RACES);
    expect(chevron && reach(chevron)[0]).toBeLessThan(8);
  });
});

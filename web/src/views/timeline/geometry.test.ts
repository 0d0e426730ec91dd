import { describe, expect, it } from "vitest";
import { acrossOf, alongOf, type Frame, geometryOf, heightOfAll, rulerStep, spotAt, stepAt } from "./geometry";
import { badgeWidth } from "./shapes";

const frame: Frame = {
  width: 1200,
  height: 280,
  turned: false,
  lanes: 7,
  turns: false,
  longestName: 10,
  longestNumber: 2,
  scroll: 0,
  from: 0,
  to: 50,
};

describe("the timeline's geometry", () => {
  it("asks for as much height as its lanes can use, and no more", () => {
    const [few, many] = [heightOfAll(2), heightOfAll(7)];
    expect(geometryOf({ ...frame, height: many }).extent).toBe(many);
    expect(geometryOf({ ...frame, height: many + 100 }).extent).toBe(many);
    expect(few).toBe(heightOfAll(0));
  });

  it("gives the names the same room in every run, so that two of them are aligned", () => {
    const start = (longestName: number) => geometryOf({ ...frame, longestName }).start;
    expect(start(4)).toBe(start(80));
  });

  it("gives a turned ruler the room of its longest number", () => {
    const ruler = (text: string) => geometryOf({ ...frame, turned: true, longestNumber: text.length }).ruler;
    expect(ruler("50")).toBe(ruler("5"));
    expect(ruler("1 005 610")).toBeGreaterThan(badgeWidth("1 005 610", 20) + 8);
  });

  it("gives turned names the room that they need, and half as much again as usual at most", () => {
    const names = (longestName: number) => geometryOf({ ...frame, turned: true, longestName }).names;
    expect(names(1)).toBe(names(8));
    expect(names(15)).toBeGreaterThan(names(8));
    expect(names(80)).toBe(names(1) * 1.5);
  });

  it.each([false, true])("finds again what it has placed (turned: %s)", (turned) => {
    const geometry = geometryOf({
      ...frame,
      turned,
      width: 400,
      height: 600,
      from: 12.5,
      to: 80,
      scroll: turned ? 0 : 8,
    });
    const along = alongOf(geometry, 42);
    const across = acrossOf(geometry, 3);
    const spot = turned ? spotAt(geometry, across, along) : spotAt(geometry, along, across);
    expect(spot.position).toBeCloseTo(42);
    expect(spot).toMatchObject({ lane: 3, area: "plot" });
  });

  it("points at the step whose mark is nearest", () => {
    const geometry = geometryOf(frame);
    const step = (position: number) => stepAt(spotAt(geometry, alongOf(geometry, position), 100));
    expect([12.4, 12.6, -0.1].map(step)).toEqual([12, 13, 0]);
  });

  it("gives few lanes room and many lanes the least", () => {
    expect(geometryOf(frame).pitch).toBe(33);
    const many = geometryOf({ ...frame, lanes: 110 });
    expect(many.pitch).toBe(15);
    expect(many.extent).toBeGreaterThan(110 * 15);
    expect(many.endLane).toBe(Math.ceil((280 - many.ruler) / 15));
  });

  it("gives turned lanes all the room that there is, however few they are", () => {
    const turned = geometryOf({ ...frame, turned: true, width: 390, height: 560, lanes: 1 });
    expect(acrossOf(turned, 0)).toBeCloseTo((turned.ruler + 390) / 2, -1);
    expect(turned.extent).toBeLessThanOrEqual(390);
  });

  it("asks only for the lanes in view when scrolled", () => {
    const scrolled = geometryOf({ ...frame, lanes: 110, scroll: 15 * 50 });
    expect([scrolled.firstLane, scrolled.endLane]).toEqual([50, 50 + Math.ceil((280 - scrolled.ruler) / 15)]);
  });

  it("tells ruler, names and plot apart", () => {
    const geometry = geometryOf(frame);
    expect(spotAt(geometry, 600, 4).area).toBe("ruler");
    expect(spotAt(geometry, 4, 100).area).toBe("names");
    expect(spotAt(geometry, 600, 100).area).toBe("plot");
    expect(spotAt(geometry, 600, 279).lane).toBeUndefined();
  });

  it.each([
    [50, 5],
    [100, 10],
    [1000, 100],
    [1_005_610, 100_000],
  ])("numbers %d events every %d", (to, step) => {
    expect(rulerStep(geometryOf({ ...frame, to }))).toBe(step);
  });
});

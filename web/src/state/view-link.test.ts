import { describe, expect, it } from "vitest";
import { EVERY_GOROUTINE } from "./lanes";
import { MOST_ONLY, USUAL_VIEW, type View, viewOf, withoutView, withView } from "./view-link";
import { SHORTEST_EVENTS } from "./viewport";

const view = (change: Partial<View["lanes"]>, lens?: View["lens"], list = false): View => ({
  lens,
  list,
  lanes: { ...EVERY_GOROUTINE, ...change },
  everyStep: false,
  stretch: undefined,
});

describe("how a run is shown, in its address", () => {
  it.each([
    ["#/a", USUAL_VIEW, "#/a"],
    ["#/a", view({}, "order"), "#/a?lens=order"],
    ["#/a?at=1", view({ by: "object" }, "value"), "#/a?at=1&lens=value&lanes=object"],
    ["#/a?at=1", view({}, undefined, true), "#/a?at=1&lanes=list"],
    ["#/a?at=1", view({ by: "object" }, undefined, true), "#/a?at=1&lanes=object,list"],
    ["#/a", { ...USUAL_VIEW, everyStep: true }, "#/a?steps=all"],
    ["#/a?at=1", { ...USUAL_VIEW, stretch: { from: 120, to: 480 } }, "#/a?at=1&view=120-480"],
    ["#/a", { ...view({}, "order"), stretch: { from: 0, to: 8 } }, "#/a?lens=order&view=0-8"],
    ["#/a?at=1", view({ filter: "data Ch" }), "#/a?at=1&only=data~20Ch"],
    ["#/a?at=1", view({ filter: "a&b=c,d%~.-" }), "#/a?at=1&only=a~26b~3Dc~2Cd~25~7E~2E~2D"],
    ["#/a?at=1", view({ filter: "生产者" }), "#/a?at=1&only=~E7~94~9F~E4~BA~A7~E8~80~85"],
    ["#/a?at=1", view({ folded: new Set(["worker", "client-1"]) }), "#/a?at=1&fold=client-1,worker"],
  ])("%s: written and read again", (fragment, shown, expected) => {
    const written = withView(fragment, shown);
    expect(written).toBe(expected);
    expect(viewOf(written)).toEqual({ view: shown, bad: [] });
    // Chat programs escape what they do not know.
    expect(viewOf(written.replaceAll("~", "%7E").replaceAll(",", "%2C"))).toEqual({ view: shown, bad: [] });
    expect(written).toMatch(/[\w]$/);
  });

  it.each([
    ["lens", "lens=odd", "odd"],
    ["lens", "lens=", ""],
    ["lanes", "lanes=objects", "objects"],
    ["only", `only=${"x".repeat(MOST_ONLY + 1)}`, "x".repeat(40)],
    ["only", "only=a,b", "a,b"],
    ["only", "only=~E0~A4", "~E0~A4"],
    ["fold", "fold=a,,b", "a,,b"],
    ["steps", "steps=some", "some"],
    ["view", "view=", ""],
    ["view", "view=120", "120"],
    ["view", "view=480-120", "480-120"],
    ["view", "view=120-127", "120-127"],
    ["view", "view=-1-20", "-1-20"],
    ["view", "view=0.5-20", "0.5-20"],
    ["view", "view=0-99999999999", "0-99999999999"],
    ["fold", `fold=${"a,".repeat(30)}a`, "a,".repeat(20)],
  ] as const)("%s that cannot be read is passed over and named: %s", (name, parameter, came) => {
    const { view: shown, bad } = viewOf(`#/a?at=1&${parameter}&seed=2`);
    expect(shown).toEqual(USUAL_VIEW);
    expect(bad).toEqual([{ name, came }]);
  });

  it("has a stretch in whole events, and never less of them than can be shown", () => {
    for (let from = 0; from < 3; from += 0.13) {
      const written = withView("#/a", { ...USUAL_VIEW, stretch: { from, to: from + SHORTEST_EVENTS } });
      const { view: shown, bad } = viewOf(written);
      expect(bad).toEqual([]);
      expect(withView("#/a", shown)).toBe(written);
    }
  });

  it("names everything that cannot be read", () => {
    const { bad } = viewOf("#/a?lens=odd&only=dataCh&lanes=what");
    expect(bad.map(({ name }) => name)).toEqual(["lens", "lanes"]);
  });

  it.each([
    ["#/a?at=1", "#/a?seed=2&lens=order&view=120-480", { lens: "order", stretch: { from: 120, to: 480 } }],
    ["#/a?at=1&lens=value", "#/a?lens=order", { lens: "value" }],
    ["#/a?lens=value&lens=order", "#/a", { lens: "order" }],
  ] as const)("is read of %s with %s, and the run at hand counts before the other", (fragment, other, shown) => {
    expect(viewOf(fragment, other)).toEqual({ view: { ...USUAL_VIEW, ...shown }, bad: [] });
  });

  it.each([
    ["#/a", "#/a"],
    ["#/a?lens=order", "#/a"],
    ["#/a?at=1&lens=odd&seed=2&view=1-20&views=3&only", "#/a?at=1&seed=2&views=3"],
  ])("is taken out of an address: %s", (fragment, without) => {
    expect(withoutView(fragment)).toBe(without);
  });

  it("is as usual where nothing is said of it", () => {
    for (const fragment of ["", "#", "#/", "#/a", "#/a?", "#/a?at=1&producers=3"]) {
      expect(viewOf(fragment)).toEqual({ view: USUAL_VIEW, bad: [] });
    }
  });
});

import { expect, it } from "vitest";
import { insideOf } from "./slots";

it("puts the oldest item where receivers stand, on the right", () => {
  expect(insideOf(3, 2, ["old", "new"])).toEqual({ type: "slots", slots: [undefined, "new", "old"] });
});

it("draws no slots without a buffer", () => {
  expect(insideOf(0, 0, [])).toEqual({ type: "joint" });
});

it("draws a large channel as a filling with the next to leave first", () => {
  const buffer = ["1", "2", "3", "4"];
  expect(insideOf(100, 50, buffer)).toEqual({ type: "filling", share: 0.5, head: ["1", "2", "3"] });
});

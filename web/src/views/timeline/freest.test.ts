import { expect, it } from "vitest";
import { type Area, freest } from "./freest";

const area = (along: number, across: number, length = 10, breadth = 10): Area => ({ along, across, length, breadth });

it("takes the first place that hides nothing", () => {
  const places = [area(0, 0), area(20, 0), area(40, 0)] as const;
  expect(freest([...places], [])).toBe(places[0]);
  expect(freest([...places], [area(4, 4)])).toBe(places[1]);
  // What only touches hides nothing.
  expect(freest([...places], [area(10, 0)])).toBe(places[0]);
});

it("takes the one that hides least where each hides something", () => {
  const places = [area(0, 0), area(20, 0)] as const;
  expect(freest([...places], [area(0, 0), area(26, 0)])).toBe(places[1]);
});

import { expect, it } from "vitest";
import { afterMove, insideOf, type MarkedSpan, spanAt } from "./marked-span";

const [RUNNING, READY, PARKED] = [1, 2, 3];
const stretch = (spans: number[], actors: number[] = []) => ({
  query: { from: 5, to: 40 },
  data: {
    dense: false,
    spans: new Uint32Array(spans),
    marks: new Uint32Array(),
    arrows: new Uint32Array(),
    actors: new Uint32Array(actors),
    density: new Uint8Array(),
  },
});
const lanes = stretch([0, 5, 12, RUNNING, 1, 5, 12, READY, 1, 12, 40, PARKED]);
const at = (along: number, lane = 1) => spanAt(lanes, (key) => key === lane, along, 50);

it("is found under the pointer, and of two that meet there it is the later one", () => {
  expect(at(11.9)).toMatchObject({ key: 1, status: "ready", from: 5, to: 12 });
  expect(at(12)).toMatchObject({ status: "parked", from: 12 });
  expect(at(8, 0)).toMatchObject({ status: "running" });
  expect(at(20, 0)).toBeUndefined();
});

it("says where more of it may be out of view", () => {
  expect(at(8)?.cut).toEqual({ before: true, after: false });
  expect(at(20)?.cut).toEqual({ before: false, after: true });
  expect(spanAt(lanes, (key) => key === 1, 20, 40)?.cut.after).toBe(false);
});

it("on a processor is somebody's", () => {
  expect(spanAt(stretch([0, 5, 9, RUNNING], [3]), () => true, 6, 50)?.goroutine).toBe(3);
});

const marked = { ...at(11.9), position: 12, since: 30 } as MarkedSpan;

it("is told of at a step within it", () => {
  expect(insideOf(marked)).toBe(11);
  expect(insideOf({ ...marked, position: 5 })).toBe(5);
});

it("stays while the cursor is on its way, and goes when it is taken elsewhere", () => {
  expect(afterMove(marked, 30)).toBe(marked);
  const arrived = afterMove(marked, 12);
  expect(arrived).toMatchObject({ since: 12 });
  expect(arrived && afterMove(arrived, 30)).toBeUndefined();
  expect(afterMove(marked, 13)).toBeUndefined();
});

import { describe, expect, it } from "vitest";
import type { WindowData } from "../../core/wire";
import { draw } from "./draw";
import { AHEAD_ALPHA, type Box, type DrawList, type Label, type Path } from "./draw-list";
import { acrossOf, alongOf, geometryOf } from "./geometry";
import type { Scene } from "./scene";
import { textWidth } from "./shapes";

const geometry = geometryOf({
  width: 1000,
  height: 300,
  turned: false,
  lanes: 3,
  longestName: 10,
  longestNumber: 2,
  scroll: 0,
  from: 0,
  to: 20,
});

const RUNNING = 1;
const READY = 2;
const PARKED = 3;
const LEAKED = 6;
const SEND = 1;
const RECEIVE = 2;
const VALUE = 0;
const CLOSE = 1;

function scene(data: Partial<WindowData>, more: Partial<Scene> = {}): Scene {
  return {
    geometry,
    lanes: [
      { name: "main", hue: 0 },
      { name: "producer 1", hue: 2 },
      { name: "consumer 1", hue: 3 },
    ],
    events: 20,
    at: 10,
    stretch: {
      query: { from: 0, to: 20, pixels: 800, by: "goroutine", lanes: [0, 1, 2], merged: [] },
      data: {
        dense: false,
        spans: new Uint32Array(),
        marks: new Uint32Array(),
        arrows: new Uint32Array(),
        actors: new Uint32Array(),
        density: new Uint8Array(),
        ...data,
      },
    },
    value: undefined,
    travelled: 1,
    pointed: undefined,
    words: { leaked: "leaked", race: "data race" },
    grouped: String,
    ...more,
  };
}

const spans = (...numbers: number[]) => ({ spans: new Uint32Array(numbers) });
const boxes = (list: DrawList, colour: string) =>
  list.filter(
    (item): item is Box => item.kind === "box" && [item.fill, item.stroke, item.hatch].includes(colour as never),
  );
const paths = (list: DrawList) => list.filter((item): item is Path => item.kind === "path");
const labels = (list: DrawList) => list.filter((item): item is Label => item.kind === "label");

describe("a span", () => {
  it("that the cursor crosses is cut there, and faint after it", () => {
    const [before, after] = boxes(draw(scene(spans(1, 5, 15, RUNNING))), "role2");
    expect(before?.x).toBeCloseTo(alongOf(geometry, 5));
    expect((before?.x ?? 0) + (before?.width ?? 0)).toBeCloseTo(alongOf(geometry, 10));
    expect(after?.x).toBeCloseTo(alongOf(geometry, 10));
    expect(after?.alpha).toBeLessThanOrEqual(AHEAD_ALPHA);
    expect(before?.alpha).toBeGreaterThan(0.5);
  });

  it("before the cursor is whole", () => {
    expect(boxes(draw(scene(spans(1, 2, 10, RUNNING))), "role2")).toHaveLength(1);
  });

  it("is solid when running, hollow when ready, hatched when parked", () => {
    const of = (status: number) => boxes(draw(scene(spans(1, 0, 5, status))), "role2")[0];
    expect(of(RUNNING)).toMatchObject({ fill: "role2" });
    expect(of(READY)).toMatchObject({ fill: "paper", stroke: "role2" });
    expect(of(PARKED)).toMatchObject({ hatch: "role2" });
    expect(of(PARKED)?.fill).toBeUndefined();
  });

  it("that leaked with the last event runs on beyond the end, and says so", () => {
    const list = draw(scene(spans(2, 4, 20, PARKED), { leaked: new Set([2]) }));
    expect(labels(list).filter(({ text }) => text === "leaked")).toHaveLength(1);
    const beyond = list.filter((item): item is Path => item.kind === "path" && item.stroke === "bad");
    expect(beyond.map(({ points }) => points[2])).toEqual([1000]);
    expect(labels(draw(scene({}, { leaked: new Set() }))).map(({ text }) => text)).not.toContain("leaked");
  });

  it("that leaked is dashed and says so", () => {
    const list = draw(scene(spans(2, 4, 20, LEAKED), { at: 20 }));
    expect(paths(list).some(({ dash, stroke }) => dash && stroke === "bad")).toBe(true);
    expect(labels(list).map(({ text }) => text)).toContain("leaked");
  });

  it("of a finished goroutine is not drawn", () => {
    expect(boxes(draw(scene(spans(1, 0, 5, 4))), "role2")).toHaveLength(0);
  });
});

describe("an arrow", () => {
  const arrow = (fromEvent: number, toEvent: number) => ({
    arrows: new Uint32Array([1, fromEvent, 2, toEvent, VALUE]),
    marks: new Uint32Array([1, fromEvent, SEND, 0, 2, toEvent, RECEIVE, 0]),
  });
  const curves = (list: DrawList) => paths(list).filter(({ curved }) => curved);

  it("runs from the end of the send's step to the end of the receive's", () => {
    const [curve] = curves(draw(scene(arrow(2, 6))));
    expect(curve?.points[0]).toBeCloseTo(alongOf(geometry, 3));
    expect(curve?.points.at(-2)).toBeCloseTo(alongOf(geometry, 7));
  });

  it("carries its value in the colour of now at the step that received it", () => {
    const list = draw(scene(arrow(2, 9), { value: "30" }));
    expect(curves(list)[0]?.stroke).toBe("now");
    expect(labels(list).map(({ text }) => text)).toContain("30");
  });

  it("keeps a long value inside the picture", () => {
    const value = "2026-11-24 03:50:42";
    const list = draw(scene(arrow(18, 19), { value, at: 20 }));
    const [label] = labels(list).filter(({ text }) => text === value);
    const box = list.find(
      (item): item is Box => item.kind === "box" && item.fill === "now" && item.y < (label?.y ?? 0),
    );
    const right = Math.ceil((box?.x ?? Number.NaN) + (box?.width ?? 0));
    expect(right).toBe(geometry.width - 1);
  });

  it("carries nothing at another step", () => {
    const list = draw(scene(arrow(2, 6), { value: "30" }));
    expect(curves(list)[0]?.stroke).toBe("ink");
    expect(labels(list).map(({ text }) => text)).not.toContain("30");
  });

  it("of a value has a head at its receiver, whichever of the two comes first in time", () => {
    const heads = (list: DrawList) => paths(list).filter(({ fill, points }) => fill === "ink" && points.length === 6);
    for (const [sent, received] of [
      [2, 6],
      [4, 3],
    ] as const) {
      const [tip] = heads(draw(scene(arrow(sent, received))));
      const short = alongOf(geometry, received + 1) - (tip?.points[0] ?? Number.NaN);
      expect(short).toBeGreaterThan(3);
      expect(short).toBeLessThan(12);
      expect(tip?.points[1]).toBeCloseTo(acrossOf(geometry, 2));
    }
    const far = { geometry: geometryOf({ ...geometry, to: 400 }) };
    expect(heads(draw(scene(arrow(2, 6), far)))).toHaveLength(0);
  });

  it("is fainter when it lies ahead", () => {
    const [behind] = curves(draw(scene(arrow(2, 6))));
    const [ahead] = curves(draw(scene(arrow(12, 16))));
    expect(ahead?.alpha).toBeLessThan(behind?.alpha ?? 0);
  });
});

describe("a data race", () => {
  const RACES = 4;
  const race = (more: Partial<Scene> = {}, dense = false) =>
    draw(
      scene(
        {
          dense,
          arrows: new Uint32Array([0, 3, 1, 7, 4]),
          marks: new Uint32Array([0, 3, 11, RACES, 1, 7, 10, RACES, 2, 5, 10, 0]),
        },
        more,
      ),
    );
  const red = (list: DrawList) => paths(list).filter(({ stroke }) => stroke === "bad");
  const words = (list: DrawList) => labels(list).filter(({ text }) => text === "data race");

  it("has a shape of its own and a word at both accesses", () => {
    const list = race();
    const chevrons = red(list);
    expect(chevrons).toHaveLength(4);
    const [left, right] = chevrons.map(({ points }) => points[2] ?? Number.NaN);
    expect(left).toBeLessThan(alongOf(geometry, 4));
    expect(right).toBeGreaterThan(alongOf(geometry, 4));
    expect(words(list)).toHaveLength(2);
  });

  it("is a line between the two where the cursor is at one of them", () => {
    for (const at of [4, 8]) {
      const list = race({ at });
      const [line] = red(list).filter(({ dash }) => dash);
      expect(line?.points).toEqual([4, 8].flatMap((end, lane) => [alongOf(geometry, end), acrossOf(geometry, lane)]));
      expect(words(list)).toHaveLength(3);
    }
    expect(red(race({ at: 6 })).some(({ dash }) => dash)).toBe(false);
  });

  it("is marked where there are too many events for marks", () => {
    const wide = geometryOf({ ...geometry, to: 100_000 });
    expect(red(race({ geometry: wide, events: 100_000, at: 100_000 }, true))).toHaveLength(4);
  });
});

it("draws a close as one stroke through the lanes it wakes, with a dot on each", () => {
  const list = draw(scene({ arrows: new Uint32Array([0, 4, 1, 4, CLOSE, 0, 4, 2, 4, CLOSE]) }));
  const dots = list.filter((item) => item.kind === "circle" && Math.abs(item.x - alongOf(geometry, 5)) < 0.01);
  expect(dots).toHaveLength(2);
  const strokes = paths(list).filter(({ points, stroke }) => stroke === "role0" && points[0] === points[2]);
  expect(strokes).toHaveLength(1);
});

it("marks the step at the cursor in the colour of now", () => {
  const list = draw(scene({ marks: new Uint32Array([1, 9, SEND, 0, 1, 8, SEND, 0]) }));
  const triangles = paths(list).filter(({ closed }) => closed);
  expect(triangles.map(({ stroke }) => stroke)).toEqual(["now", "ink"]);
});

it("draws a lane as a strip where events are narrower than pixels, and nothing else of it", () => {
  const density = new Uint8Array([1, 3, 1, 0, 3, 9, 3, 1]);
  const list = draw(
    scene(
      { dense: true, density },
      {
        stretch: {
          query: { from: 0, to: 20, pixels: 4, by: "goroutine", lanes: [1], merged: [] },
          data: {
            dense: true,
            density,
            actors: new Uint32Array(),
            spans: new Uint32Array(),
            marks: new Uint32Array(),
            arrows: new Uint32Array(),
          },
        },
      },
    ),
  );
  const strips = list.filter((item) => item.kind === "strip");
  expect(strips).toHaveLength(1);
  expect(strips[0]).toMatchObject({ colour: "role2", most: 9, now: 2 });
});

it("draws nothing that is not a finite number", () => {
  for (const at of [0, 10, 20]) {
    const list = draw(scene(spans(0, 0, 20, RUNNING, 1, 3, 3, READY), { at }));
    for (const item of list) {
      const numbers = Object.values(item)
        .flat()
        .filter((value) => typeof value === "number");
      expect(numbers.every(Number.isFinite)).toBe(true);
    }
  }
});

it("never writes two numbers of the ruler over each other", () => {
  const wide = geometryOf({ ...geometry, from: 603_300, to: 603_420 });
  const list = draw(scene({}, { geometry: wide, at: 603_366, events: 1_005_610, stretch: undefined }));
  const numbers = labels(list).filter(({ text }) => /^\d+$/.test(text));
  const middles = numbers.map(({ x, text }) => ({ x, half: text.length * 3.6 })).sort((a, b) => a.x - b.x);
  middles.slice(1).forEach(({ x, half }, index) => {
    expect(x - half).toBeGreaterThan((middles[index]?.x ?? 0) + (middles[index]?.half ?? 0));
  });
});

describe("lanes that are not one for each goroutine", () => {
  const places = new Map([
    [0, 0],
    [1, 1],
    [2, 1],
  ]);

  it("share the marks of those that are folded into one, and drop what is on none", () => {
    const data = { marks: new Uint32Array([1, 4, SEND, 0, 2, 6, RECEIVE, 0, 7, 8, SEND, 0]) };
    const list = draw(scene(data, { places }));
    const circles = list.filter((item) => item.kind === "circle" && item.fill === "paper");
    expect(circles.map((item) => item.kind === "circle" && item.y)).toEqual([acrossOf(geometry, 1)]);
    const triangles = paths(list).filter(({ closed }) => closed);
    expect(triangles).toHaveLength(1);
  });

  it("have the hue of whoever did it", () => {
    const data = {
      spans: new Uint32Array([0, 2, 6, RUNNING]),
      marks: new Uint32Array([0, 4, RECEIVE, 0]),
      actors: new Uint32Array([2, 1]),
    };
    const list = draw(scene(data, { hueOf: (goroutine) => goroutine + 3 }));
    expect(boxes(list, "role5")).toHaveLength(1);
    expect(list.some((item) => item.kind === "circle" && item.stroke === "role4")).toBe(true);
  });
});

describe("what is marked around a step", () => {
  it("puts what is concurrent between brackets, from after the last event before it", () => {
    const list = draw(scene({}, { concurrent: [{ goroutine: 1, from: 3, to: 9 }] }));
    const brackets = paths(list).filter(({ stroke }) => stroke === "soft");
    expect(brackets.map(({ points }) => points[2])).toEqual([alongOf(geometry, 3.5), alongOf(geometry, 9.5)]);
  });

  it("rings the events of a value and joins them in order", () => {
    const data = { marks: new Uint32Array([2, 6, RECEIVE, 0, 1, 4, SEND, 0]) };
    const list = draw(scene(data, { journey: [5, 7] }));
    const way = paths(list).find(({ stroke, dash }) => stroke === "now" && dash);
    const ends = [5, 1, 7, 2].map((number, nth) =>
      nth % 2 === 0 ? alongOf(geometry, number) : acrossOf(geometry, number),
    );
    expect(way?.points).toEqual(ends);
  });

  it("draws where another run parts, while that is in view", () => {
    const parting = { at: 7, text: "they part" };
    const labelled = (from: Partial<Scene>) => labels(draw(scene({}, from))).some(({ text }) => text === "they part");
    expect(labelled({ parting })).toBe(true);
    expect(labelled({ parting: { ...parting, at: 30 } })).toBe(false);
  });

  it.each([0, 5, 7, 8, 20])("says on the ruler where another run parts, clear of the cursor's badge at %d", (at) => {
    const list = draw(scene({}, { at, parting: { at: 7, text: "they part" } }));
    const said = labels(list).find(({ text }) => text === "they part");
    const badge = list.find(
      (item): item is Box => item.kind === "box" && item.fill === "now" && item.y < geometry.ruler,
    );
    expect(said?.y).toBeLessThan(geometry.ruler);
    const [from, to] = [said?.x ?? 0, (said?.x ?? 0) + textWidth("they part")];
    expect(to <= (badge?.x ?? 0) || from >= (badge?.x ?? 0) + (badge?.width ?? 0)).toBe(true);
    const numbers = labels(list).filter(({ align, colour }) => align === "middle" && colour === "faint");
    expect(numbers.filter(({ x }) => x > from && x < to)).toEqual([]);
  });

  it("keeps the ruler's numbers off the tools", () => {
    const far = geometryOf({ ...geometry, from: 400_000, to: 400_020 });
    const list = draw(scene({}, { geometry: far, events: 1_000_000, at: 0, grouped: () => "400 000" }));
    const numbers = labels(list).filter(({ colour }) => colour === "faint");
    expect(numbers.length).toBeGreaterThan(2);
    expect(numbers.every(({ x }) => x - textWidth("400 000") / 2 >= far.names)).toBe(true);
  });
});

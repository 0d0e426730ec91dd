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
  turns: false,
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
    words: { leaked: "leaked", asleep: "asleep", race: "data race" },
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

  it("that leaked with the last event says so beside the line of the last moment, which would cross it", () => {
    const word = (events: number) => {
      const list = draw(scene(spans(), { leaked: new Set([2]), events, at: events }));
      return labels(list).find(({ text }) => text === "leaked")?.x ?? Number.NaN;
    };
    expect(word(20)).toBeLessThan(alongOf(geometry, 20));
    // Where the run ends amid the picture there is room right behind it.
    const [end, behind] = [alongOf(geometry, 10), word(10)];
    expect(behind).toBeGreaterThanOrEqual(end + textWidth("leaked"));
    expect(behind).toBeLessThan(end + textWidth("leaked") + 20);
  });

  it.each([20, 15])("that leaked before the last event says so once, with the end at %d", (events) => {
    const leaked = scene(spans(2, 4, events, LEAKED), { leaked: new Set([2]), events, at: events });
    const said = (list: DrawList) => labels(list).filter(({ text }) => text === "leaked");
    expect(said(draw(leaked))).toHaveLength(1);
    // The end is out of view, and the word with it.
    const nearer = { ...leaked, geometry: geometryOf({ ...geometry, to: 12 }) };
    expect(said(draw(nearer))).toHaveLength(1);
  });

  it("that sleeps for ever in a deadlock runs on hatched beyond the end, with a padlock and the word", () => {
    const list = draw(scene(spans(2, 4, 20, RUNNING), { asleep: new Set([2]), at: 20 }));
    const [beyond, body] = boxes(list, "bad");
    expect(beyond).toMatchObject({ hatch: "bad", x: alongOf(geometry, 20) });
    expect((beyond?.x ?? 0) + (beyond?.width ?? 0)).toBe(geometry.width);
    expect(body).toMatchObject({ fill: "bad" });
    const [said, ...more] = labels(list).filter(({ text }) => text === "asleep");
    expect(more).toEqual([]);
    expect(acrossOf(geometry, 2) - (said?.y ?? 0)).toBeGreaterThanOrEqual(geometry.bar / 2 + 6);
    // Where the run ends amid the picture, the word keeps clear of the padlock.
    const ended = draw(scene({}, { asleep: new Set([2]), events: 10, at: 10 }));
    const [, lock] = boxes(ended, "bad");
    const word = labels(ended).find(({ text }) => text === "asleep");
    expect((word?.x ?? 0) - textWidth("asleep")).toBeGreaterThan((lock?.x ?? 0) + (lock?.width ?? 0));
    const nearer = { geometry: geometryOf({ ...geometry, to: 12 }), asleep: new Set([2]) };
    expect(boxes(draw(scene({}, nearer)), "bad")).toHaveLength(0);
  });

  it("that is blocked for ever says so beside a turned lane and along it", () => {
    const turned = geometryOf({ ...geometry, turned: true, width: 330, height: 500 });
    for (const blocked of [{ leaked: new Set([2]) }, { asleep: new Set([2]) }]) {
      const list = draw(scene({}, { ...blocked, geometry: turned }));
      const word = labels(list).find(({ colour }) => colour === "bad");
      expect(Math.abs(word?.angle ?? 0)).toBeCloseTo(Math.PI / 2);
      expect(acrossOf(turned, 2) - (word?.x ?? 0)).toBeGreaterThan(turned.bar / 2);
    }
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

  it("of a value has a head at its receiver, short of the mark there", () => {
    const heads = (list: DrawList) => paths(list).filter(({ fill, points }) => fill === "ink" && points.length === 6);
    const [tip] = heads(draw(scene(arrow(2, 6))));
    const short = alongOf(geometry, 7) - (tip?.points[0] ?? Number.NaN);
    expect(short).toBeGreaterThan(3);
    expect(short).toBeLessThan(12);
    expect(tip?.points[1]).toBeCloseTo(acrossOf(geometry, 2));
    const far = { geometry: geometryOf({ ...geometry, to: 400 }) };
    expect(heads(draw(scene(arrow(2, 6), far)))).toHaveLength(0);
  });

  it("of a rendezvous, where the receive comes first, runs across at once and not back in time", () => {
    const list = draw(scene(arrow(10, 9), { value: "30" }));
    const [{ points = [] } = {}] = curves(list);
    const meeting = alongOf(geometry, 10);
    expect(points.filter((_, nth) => nth % 2 === 0)).toEqual([meeting, meeting, meeting, meeting]);
    expect([points[1], points[7]]).toEqual([acrossOf(geometry, 1), acrossOf(geometry, 2)]);
    expect(labels(list).find(({ text }) => text === "30")?.x).toBeCloseTo(meeting);
  });

  it("has its value where that hides no mark beside it", () => {
    const low = geometryOf({ ...geometry, height: 32 + 3 * 22 + 8 });
    const [x, y] = [alongOf(low, 10), acrossOf(low, 0)];
    const hides = (marks: number[]) => {
      const data = { ...arrow(9, 15), marks: new Uint32Array(marks) };
      const list = draw(scene(data, { geometry: low, value: '"producer 3"' }));
      const bubble = list.find((item): item is Box => item.kind === "box" && item.fill === "now" && item.height === 18);
      return bubble && Math.abs(bubble.x + bubble.width / 2 - x) < bubble.width / 2 && Math.abs(bubble.y + 9 - y) < 9;
    };
    // Above the sender there is nothing, or somebody's mark.
    expect(hides([1, 9, SEND, 0])).toBe(true);
    expect(hides([1, 9, SEND, 0, 0, 9, SEND, 0])).toBe(false);
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
      expect(words(list)).toHaveLength(2);
    }
    expect(red(race({ at: 6 })).some(({ dash }) => dash)).toBe(false);
  });

  it("is named on the line between them where lanes have no room for words", () => {
    const tight = geometryOf({ ...geometry, height: 90 });
    expect(words(race({ geometry: tight, at: 4 }))).toHaveLength(1);
    expect(words(race({ geometry: tight, at: 6 }))).toHaveLength(0);
  });

  it("is named clear of the cross of what also went wrong", () => {
    const [raced, cross] = [4, 1].map((flags) => draw(scene({ marks: new Uint32Array([1, 7, SEND, flags | RACES]) })));
    const [word] = words(cross ?? []);
    const reach = Math.max(...red(cross ?? []).flatMap(({ points }) => points.filter((_, nth) => nth % 2 === 1)));
    const middle = acrossOf(geometry, 1);
    expect(middle - (word?.y ?? 0)).toBeGreaterThan(middle - (words(raced ?? [])[0]?.y ?? 0));
    expect(middle - (word?.y ?? 0) - 5).toBeGreaterThanOrEqual(reach - middle);
  });

  it("is named clear of the ruler on the first lane, however little room that has", () => {
    for (const height of [300, 32 + 3 * 24 + 8]) {
      const low = geometryOf({ ...geometry, height });
      const [word] = words(race({ geometry: low }));
      expect((word?.y ?? 0) - 5).toBeGreaterThanOrEqual(low.ruler);
    }
  });

  it("is named clear of the stroke of a close", () => {
    const data = { arrows: new Uint32Array([2, 5, 1, 5, CLOSE]), marks: new Uint32Array([2, 5, 4, RACES]) };
    const [word] = words(draw(scene(data)));
    const crosses = Math.abs((word?.x ?? 0) - alongOf(geometry, 6)) < textWidth("data race") / 2;
    expect(crosses && (word?.y ?? 0) < acrossOf(geometry, 2)).toBe(false);
  });

  it("is named along a turned lane, where no other lane is in the way", () => {
    const turned = geometryOf({ ...geometry, turned: true, width: 330, height: 500 });
    for (const word of words(race({ geometry: turned }))) {
      expect(Math.abs(word.angle ?? 0)).toBeCloseTo(Math.PI / 2);
      const lanes = [0, 1, 2].map((lane) => Math.abs(acrossOf(turned, lane) - word.x));
      expect(Math.min(...lanes)).toBeGreaterThan(turned.bar / 2 + 5);
    }
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
  const who = (goroutine: number) => ({ name: `worker ${goroutine}`, sign: `W${goroutine}`, hue: goroutine + 3 });
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
      marks: new Uint32Array([0, 4, RECEIVE, 0]),
      actors: new Uint32Array([1]),
    };
    const list = draw(scene(data, { who }));
    expect(list.some((item) => item.kind === "circle" && item.stroke === "role4")).toBe(true);
  });

  const onTurns = geometryOf({ ...geometry, turns: true });
  const onProcessor = (to: number, more: Partial<Scene> = {}) => {
    const plain = scene({
      spans: new Uint32Array([0, 2, 6, RUNNING, 0, 6, to, RUNNING]),
      marks: new Uint32Array([0, 3, RECEIVE, 0]),
      actors: new Uint32Array([1, 2, 1]),
    });
    return draw({ ...plain, who, geometry: onTurns, ...more });
  };

  it("say on a processor who runs, and where another one begins", () => {
    const list = onProcessor(9);
    const [one, other] = [boxes(list, "role4")[0], boxes(list, "role5")[0]];
    expect((other?.x ?? 0) - (one?.x ?? 0) - (one?.width ?? 0)).toBeGreaterThanOrEqual(3);
    const named = labels(list).filter(({ text }) => text.startsWith("worker"));
    expect(named.map(({ text, x }) => [text, Math.round(x)])).toEqual([
      ["worker 1", Math.round(alongOf(geometry, 2) + 5)],
      ["worker 2", Math.round(alongOf(geometry, 6) + 5)],
    ]);
    // Where the name has no room there is its sign, and where that has none nothing.
    const short = geometryOf({ ...onTurns, to: 30 });
    expect(labels(onProcessor(7, { geometry: short })).map(({ text }) => text)).toContain("W2");
    // A number alone would be read as one of the ruler's.
    const numbered = (goroutine: number) => ({ ...who(goroutine), sign: String(goroutine) });
    expect(labels(onProcessor(7, { geometry: short, who: numbered })).map(({ text }) => text)).toContain("W2");
    const shorter = geometryOf({ ...onTurns, to: 60 });
    expect(labels(onProcessor(7, { geometry: shorter })).some(({ text }) => text.endsWith("2"))).toBe(false);
  });

  it.each([3, 7])("say it clear of the lines between %d lanes", (lanes) => {
    const list = onProcessor(9, { geometry: geometryOf({ ...onTurns, lanes, height: 250 }) });
    const lines = paths(list).filter(
      ({ stroke, points: [x, y, , end] }) => x === geometry.names && y === end && stroke,
    );
    expect(lines.length).toBeGreaterThan(2);
    const named = labels(list).filter(({ text }) => text.startsWith("worker"));
    const near = named.flatMap(({ y }) => lines.map(({ points: [, line = 0] }) => Math.abs(line - y)));
    expect(named).toHaveLength(2);
    expect(Math.min(...near)).toBeGreaterThanOrEqual(7);
  });

  it("have no dot, which would say a role, and their names where dots are", () => {
    const list = draw(scene({}, { lanes: [{ name: "P0" }, { name: "main", hue: 0 }] }));
    const dots = list.filter((item) => item.kind === "circle");
    const [one, other] = ["P0", "main"].map((name) => labels(list).find(({ text }) => text === name));
    expect(dots.map((item) => item.kind === "circle" && item.y)).toEqual([other?.y]);
    expect(one?.x).toBeLessThan(other?.x ?? 0);
  });

  it("have marks on a processor that are not of the colour of the span below them", () => {
    const circles = onProcessor(9).filter((item) => item.kind === "circle" && item.fill === "paper");
    expect(circles.map((item) => item.kind === "circle" && item.stroke)).toEqual(["ink"]);
  });
});

it("frames the span that the reader has marked, for hands only", () => {
  const [frame] = paths(draw(scene(spans(1, 4, 9, PARKED), { marked: { lane: 1, from: 4, to: 9 } }))).filter(
    ({ handle, closed }) => handle && closed,
  );
  expect(frame?.points[0]).toBeLessThan(alongOf(geometry, 4));
  expect(frame?.points[2]).toBeGreaterThan(alongOf(geometry, 9));
  expect(frame?.stroke).toBe("ink");
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

  it("lights the arrow of a value's message, and draws no second line beside it", () => {
    const data = {
      marks: new Uint32Array([1, 4, SEND, 0, 2, 6, RECEIVE, 0, 2, 8, SEND, 0]),
      arrows: new Uint32Array([1, 4, 2, 6, VALUE]),
    };
    const list = draw(scene(data, { journey: [5, 7, 9], at: 12 }));
    const [arrow] = paths(list).filter(({ curved }) => curved);
    expect(arrow?.stroke).toBe("now");
    const between = paths(list).filter(({ stroke, dash }) => stroke === "now" && dash);
    expect(between.map(({ points: [from, , to] }) => [from, to])).toEqual([
      [alongOf(geometry, 7), alongOf(geometry, 9)],
    ]);
  });

  it.each([
    [7, 2],
    [30, 0],
  ])("forks the way where another run parts, while that is in view: at %d", (parting, prongs) => {
    for (const turned of [false, true]) {
      const list = draw(scene({}, { parting, geometry: geometryOf({ ...geometry, turned }) }));
      expect(paths(list).filter(({ points, stroke }) => stroke === "ink" && points.length === 6)).toHaveLength(prongs);
      expect(paths(list).filter(({ stroke, dash }) => stroke === "ink" && dash)).toHaveLength(prongs / 2);
    }
  });

  it.each([0, 5, 7, 8, 20])("hides no number of the ruler where another run parts, with the cursor at %d", (at) => {
    const numbers = (parting?: number) =>
      labels(draw(scene({}, { at, parting }))).filter(({ align, colour }) => align === "middle" && colour === "faint");
    expect(numbers(7)).toEqual(numbers());
    const prongs = paths(draw(scene({}, { at, parting: 7 }))).filter(
      ({ points, stroke }) => stroke === "ink" && points.length === 6,
    );
    const top = Math.min(...prongs.flatMap(({ points }) => points.filter((_, nth) => nth % 2 === 1)));
    expect(top).toBeGreaterThanOrEqual((numbers()[0]?.y ?? Number.NaN) + 6);
  });

  it.each([
    [60, 40],
    [0, 20],
  ])("keeps the ruler's numbers off the way back to a cursor that is out of view at %d", (at, from) => {
    const list = draw(scene({}, { at, events: 80, geometry: geometryOf({ ...geometry, from, to: from + 20 }) }));
    const numbers = labels(list).filter(({ colour, align }) => colour === "faint" && align === "middle");
    expect(numbers.length).toBeGreaterThan(5);
    const free = (x: number) => (at > from ? x < geometry.width - 60 : x > geometry.names + 60);
    expect(numbers.filter(({ x }) => !free(x))).toEqual([]);
  });

  it("keeps the ruler's numbers off the tools", () => {
    const far = geometryOf({ ...geometry, from: 400_000, to: 400_020 });
    const list = draw(scene({}, { geometry: far, events: 1_000_000, at: 0, grouped: () => "400 000" }));
    const numbers = labels(list).filter(({ colour }) => colour === "faint");
    expect(numbers.length).toBeGreaterThan(2);
    expect(numbers.every(({ x }) => x - textWidth("400 000") / 2 >= far.names)).toBe(true);
  });
});

it("says how many turned lanes are out of view on either side", () => {
  const lanes = Array.from({ length: 20 }, (_, lane) => ({ name: `goroutine ${lane}`, hue: 1 }));
  const said = (scroll: number, width = 390) => {
    const turned = geometryOf({ ...geometry, turned: true, width, height: 560, lanes: 20, scroll });
    return labels(draw(scene({}, { geometry: turned, lanes }))).find(({ y }) => y === 16)?.text;
  };
  expect(said(0)).toBe("+7 →");
  expect(said(30)).toBe("← +2  +6 →");
  expect(said(190)).toBe("← +8");
  expect(said(0, 800)).toBeUndefined();
});

/**
 * The timeline's drawing, as a pure function of what is known: no canvas, no measuring, no clock.
 *
 * What lies after the cursor is drawn faintly, and a span that the cursor crosses is cut there: the run is a fixed thing
 * that one walks along.
 */
import type { WindowData, WindowQuery } from "../../core/wire";
import { AHEAD_ALPHA, type Colour, type DrawList, type Item } from "./draw-list";
import { acrossOf, alongOf, type Geometry, rulerStep } from "./geometry";
import { drawMark, shapeNumbered } from "./marks";

export interface SceneLane {
  readonly name: string;
  readonly hue: number;
  /** Whether it can be folded with others into one lane, and whether it is. */
  readonly fold?: { readonly folded: boolean } | undefined;
}

/** Everything that the drawing depends on. */
export interface Scene {
  readonly geometry: Geometry;
  readonly lanes: readonly SceneLane[];
  /** Which lane a goroutine, processor or object of the data is on; its own index where nothing is said. */
  readonly places?: ReadonlyMap<number, number> | undefined;
  /** Where another run parts from this one: the position up to which they are the same. */
  readonly parting?: { readonly at: number; readonly text: string } | undefined;
  /** Stretches of goroutines that are concurrent with the step at the cursor. */
  readonly concurrent?: readonly { readonly goroutine: number; readonly from: number; readonly to: number }[];
  /** Positions after the events that had the value at the cursor, in order. */
  readonly journey?: readonly number[];
  /** Hue of a goroutine, for lanes that stand for something else. */
  readonly hueOf?: ((goroutine: number) => number) | undefined;
  readonly events: number;
  /** The cursor's position. */
  readonly at: number;
  readonly stretch: { readonly query: WindowQuery; readonly data: WindowData } | undefined;
  /** The value that travelled in the step at the cursor. */
  readonly value: string | undefined;
  /** How far it has come, from 0 to 1. */
  readonly travelled: number;
  /** The lane that is followed. */
  readonly followed?: number | undefined;
  /** A lane and a position that the reader points at. */
  readonly pointed: { readonly lane: number; readonly position: number } | undefined;
  /** Goroutines that are blocked for ever, as the verdict says. */
  readonly leaked?: ReadonlySet<number>;
  readonly words: { readonly leaked: string };
  readonly grouped: (number: number) => string;
}

const RUNNING = 1;
const READY = 2;
const PARKED = 3;
const LEAKED = 6;

const VALUE_ARROW = 0;
const CLOSE_ARROW = 1;
const START_ARROW = 2;

/** Marks narrower than this would only be noise. */
const SMALLEST_MARK_PX = 3;
const SMALL_TEXT_PX = 12;
const CODE_CHARACTER_PX = 7.2;
/** Height of a value on its way. */
const VALUE_PX = 18;
/** Height of the cursor's badge on the ruler. */
const BADGE_PX = 20;
/** Below so many pixels an event, arrows are thinned out to what can still be read. */
const CROWDED_PX = 6;

export function draw(scene: Scene): DrawList {
  const items: Item[] = [];
  grid(scene, items);
  beside(scene, items);
  if (scene.stretch?.data.dense) strips(scene, items);
  else if (scene.stretch) {
    spans(scene, items);
    cursorLine(scene, items);
    arrows(scene, items);
    way(scene, items);
    marks(scene, items);
  }
  if (!scene.stretch || scene.stretch.data.dense) cursorLine(scene, items);
  parting(scene, items);
  leaks(scene, items);
  names(scene, items);
  ruler(scene, items);
  return items;
}

/** A box from `from` to `to` along, `thickness` across. */
function box(g: Geometry, from: number, to: number, across: number, thickness: number) {
  const length = Math.max(0, to - from);
  return g.turned
    ? ({ kind: "box", x: across - thickness / 2, y: from, width: thickness, height: length } as const)
    : ({ kind: "box", x: from, y: across - thickness / 2, width: length, height: thickness } as const);
}

function place(g: Geometry, along: number, across: number): [x: number, y: number] {
  return g.turned ? [across, along] : [along, across];
}

function line(g: Geometry, from: [number, number], to: [number, number], stroke: Colour, width = 1, alpha = 1): Item {
  return { kind: "path", points: [...place(g, ...from), ...place(g, ...to)], stroke, width, alpha };
}

function lastAcross(g: Geometry): number {
  return Math.min(g.turned ? g.width : g.height, acrossOf(g, g.lanes - 0.5));
}

function grid({ geometry: g, events }: Scene, items: Item[]): void {
  const bottom = lastAcross(g);
  const step = rulerStep(g);
  for (let at = Math.ceil(g.from / step) * step; at <= Math.min(g.to, events); at += step) {
    const along = Math.round(alongOf(g, at)) + 0.5;
    items.push(line(g, [along, g.ruler], [along, bottom], "rule"));
  }
  if (g.pitch < 20) return;
  for (let lane = g.firstLane; lane < g.endLane; lane += 1) {
    const across = Math.round(acrossOf(g, lane + 0.5)) + 0.5;
    items.push(line(g, [g.names, across], [g.end + 8, across], "rule", 1, 0.6));
  }
}

function spans(scene: Scene, items: Item[]): void {
  const { geometry: g, lanes, at, stretch } = scene;
  const data = stretch?.data.spans ?? [];
  for (let index = 0; index + 3 < data.length; index += 4) {
    const lane = laneOf(scene, data[index]);
    const from = data[index + 1];
    const to = data[index + 2];
    const status = data[index + 3];
    const named = lane === undefined ? undefined : lanes[lane];
    if (lane === undefined || !named || lane < g.firstLane || lane >= g.endLane) continue;
    const hue = hueOfActor(scene, index / 4) ?? named.hue;
    const colour: Colour = status === LEAKED ? "bad" : `role${hue}`;
    if (from < at) span(scene, items, lane, from, Math.min(to, at), status, colour, 1, to > at);
    if (to > at) span(scene, items, lane, Math.max(from, at), to, status, colour, AHEAD_ALPHA, false);
  }
}

function span(
  { geometry: g, words }: Scene,
  items: Item[],
  lane: number,
  from: number,
  to: number,
  status: number,
  colour: Colour,
  alpha: number,
  goesOn: boolean,
): void {
  const across = acrossOf(g, lane);
  const gap = g.perEvent > 6 && !goesOn ? 1 : 0;
  const [start, end] = [alongOf(g, from), alongOf(g, to)];
  const shape = box(g, start, Math.max(start + 1, end - gap), across, g.bar);
  const radius = Math.min(2.5, g.perEvent / 3);
  switch (status) {
    case RUNNING:
      items.push({ ...shape, radius, fill: colour, alpha: alpha * 0.88 });
      break;
    case READY:
      items.push({ ...shape, radius, fill: "paper", stroke: colour, alpha });
      break;
    case PARKED:
      items.push({ ...shape, radius, hatch: colour, alpha });
      break;
    case LEAKED: {
      items.push({
        kind: "path",
        points: [...place(g, start, across), ...place(g, end, across)],
        stroke: colour,
        width: 2,
        dash: [5, 4],
        alpha,
      });
      if (goesOn || end - start < 56) break;
      const [x, y] = place(g, end - 4, g.turned ? across : across - g.bar);
      items.push({
        kind: "label",
        x,
        y,
        text: words.leaked,
        colour,
        align: "end",
        bold: true,
        alpha: Math.max(alpha, 0.6),
      });
      break;
    }
  }
}

/** Which lane something of the data is on, where it is on one. */
function laneOf({ places }: Scene, key: number): number | undefined {
  return places ? places.get(key) : key;
}

/** The hue of whoever did something, for lanes that stand for something else than goroutines. */
function hueOfActor({ stretch, hueOf }: Scene, nth: number): number | undefined {
  const actor = stretch?.data.actors[nth];
  return actor === undefined ? undefined : hueOf?.(actor);
}

function parting({ geometry: g, parting: where }: Scene, items: Item[]): void {
  if (!where || where.at < g.from || where.at > g.to) return;
  const along = alongOf(g, where.at + 0.5);
  const bottom = lastAcross(g);
  items.push({
    kind: "path",
    points: [...place(g, along, g.ruler), ...place(g, along, bottom)],
    stroke: "ink",
    width: 1.5,
    dash: [6, 3],
  });
  const [x, y] = g.turned ? [bottom - 4, along - 9] : [along + 5, bottom - 8];
  const width = where.text.length * CODE_CHARACTER_PX;
  items.push({ kind: "box", x: g.turned ? x - width : x - 3, y: y - 8, width: width + 4, height: 16, fill: "paper" });
  items.push({ kind: "label", x, y, text: where.text, colour: "soft", align: g.turned ? "end" : "start" });
}

/** What is neither before nor after the step lies between brackets: before it stands on their left, after it on their right. */
function beside(scene: Scene, items: Item[]): void {
  const { geometry: g } = scene;
  for (const { goroutine, from, to } of scene.concurrent ?? []) {
    const lane = laneOf(scene, goroutine);
    if (lane === undefined || lane < g.firstLane || lane >= g.endLane) continue;
    const across = acrossOf(g, lane);
    const reach = g.pitch * 0.42;
    // An event leads to the position after it, which is where its mark stands.
    const [start, end] = [alongOf(g, from + 0.5), alongOf(g, to + 0.5)];
    items.push({ ...box(g, start, end, across, reach * 2), fill: "rule", alpha: 0.7 });
    for (const [along, inward] of [
      [start, 4],
      [end, -4],
    ] as const) {
      const corners = [
        [along + inward, across - reach],
        [along, across - reach],
        [along, across + reach],
        [along + inward, across + reach],
      ] as const;
      items.push({ kind: "path", points: corners.flatMap(([a, b]) => place(g, a, b)), stroke: "soft", width: 1.25 });
    }
  }
}

/** The way of a value: a ring about each of its events, joined by a line. */
function way(scene: Scene, items: Item[]): void {
  const { geometry: g, journey = [], stretch } = scene;
  if (journey.length === 0 || !stretch) return;
  const stops = new Set(journey);
  const { marks: data } = stretch.data;
  const points: [number, number, number][] = [];
  for (let index = 0; index + 3 < data.length; index += 4) {
    const position = data[index + 1] + 1;
    const lane = stops.has(position) ? laneOf(scene, data[index]) : undefined;
    if (lane !== undefined) points.push([position, ...place(g, alongOf(g, position), acrossOf(g, lane))]);
  }
  points.sort(([a], [b]) => a - b);
  if (points.length > 1) {
    const line = points.flatMap(([, x, y]) => [x, y]);
    items.push({ kind: "path", points: line, stroke: "now", width: 2, dash: [2, 3], alpha: 0.8 });
  }
  for (const [, x, y] of points) {
    items.push({ kind: "circle", x, y, radius: Math.min(10, g.pitch * 0.42), stroke: "now", width: 2 });
  }
}

/** A leak often begins with the run's last event, where no span is left to show it: it runs on beyond the end. */
function leaks({ geometry: g, leaked, events, at, words }: Scene, items: Item[]): void {
  if (!leaked || events > g.to) return;
  const alpha = at >= events ? 1 : 0.6;
  // Turned, the word stands below the line instead of above it.
  const edge = g.turned ? g.height - 14 : g.width;
  for (let lane = g.firstLane; lane < g.endLane; lane += 1) {
    if (!leaked.has(lane)) continue;
    const across = acrossOf(g, lane);
    const points = [...place(g, alongOf(g, events), across), ...place(g, edge, across)];
    items.push({ kind: "path", points, stroke: "bad", width: 2, dash: [5, 4], alpha });
    const [x, y] = g.turned ? [across, edge + 6] : [edge - 6, across - g.bar];
    const align = g.turned ? "middle" : "end";
    items.push({ kind: "label", x, y, text: words.leaked, colour: "bad", align, bold: true, alpha });
  }
}

/** The alpha and the width of an arrow, by where its ends lie. */
function strength(scene: Scene, first: number, last: number): { alpha: number; now: boolean } {
  const now = scene.at > 0 && (first === scene.at - 1 || last === scene.at - 1);
  const crowd = Math.min(1, scene.geometry.perEvent / CROWDED_PX);
  if (last < scene.at) return { alpha: 0.62 * crowd, now };
  return { alpha: (first < scene.at ? 0.42 : 0.22) * crowd, now };
}

function arrows(scene: Scene, items: Item[]): void {
  const { geometry: g, stretch } = scene;
  const data = stretch?.data.arrows ?? [];
  const closes = new Map<number, { from: number; woken: number[] }>();
  const last: Item[] = [];
  for (let index = 0; index + 4 < data.length; index += 5) {
    const fromLane = laneOf(scene, data[index]);
    const fromEvent = data[index + 1];
    const toLane = laneOf(scene, data[index + 2]);
    if (fromLane === undefined || toLane === undefined) continue;
    const toEvent = data[index + 3];
    const kind = data[index + 4];
    if (kind === CLOSE_ARROW) {
      const close = closes.get(fromEvent) ?? { from: fromLane, woken: [] };
      close.woken.push(toLane);
      closes.set(fromEvent, close);
      continue;
    }
    if (kind !== VALUE_ARROW && g.perEvent < CROWDED_PX / 2) continue;
    const { alpha, now } = strength(scene, Math.min(fromEvent, toEvent), Math.max(fromEvent, toEvent));
    const lit = now && kind === VALUE_ARROW;
    const from: [number, number] = [alongOf(g, fromEvent + 1), acrossOf(g, fromLane)];
    const to: [number, number] = [alongOf(g, toEvent + 1), acrossOf(g, toLane)];
    const points = curve(g, from, to);
    const arrived = toEvent < scene.at;
    const path: Item = {
      kind: "path",
      points,
      curved: true,
      stroke: lit ? "now" : "ink",
      width: lit ? 2 : 1,
      alpha: lit ? (arrived ? 1 : 0.45) : kind === VALUE_ARROW ? alpha : alpha * 0.55,
      ...(kind === VALUE_ARROW ? {} : { dash: kind === START_ARROW ? [1, 3] : [3, 3] }),
    };
    if (lit) {
      last.push(path);
      if (scene.value !== undefined) last.push(...ridingValue(scene, points, arrived));
    } else items.push(path);
  }
  for (const [event, close] of closes) closeStroke(scene, items, event, close.from, close.woken);
  items.push(...last);
}

function curve(g: Geometry, from: [number, number], to: [number, number]): number[] {
  const reach = from[0] === to[0] ? 0 : Math.max(Math.abs(to[0] - from[0]) * 0.5, Math.min(14, g.perEvent));
  return [
    ...place(g, from[0], from[1]),
    ...place(g, from[0] + reach, from[1]),
    ...place(g, to[0] - reach, to[1]),
    ...place(g, to[0], to[1]),
  ];
}

/** The value: half way along its curve when it has arrived, and beside its sender while it lies in a buffer. */
function ridingValue(
  { geometry: g, value = "", travelled }: Scene,
  points: readonly number[],
  arrived: boolean,
): Item[] {
  const [x1, y1, x2, y2, x3, y3, x4, y4] = points;
  if (!arrived) {
    const aside = travelled * (g.turned ? badgeWidth(value, VALUE_PX) / 2 + 12 : 19);
    return badge(value, g.turned ? x1 + aside : x1, g.turned ? y1 : y1 - aside, VALUE_PX);
  }
  const t = 0.5 * travelled;
  const u = 1 - t;
  const x = u * u * u * x1 + 3 * u * u * t * x2 + 3 * u * t * t * x3 + t * t * t * x4;
  const y = u * u * u * y1 + 3 * u * u * t * y2 + 3 * u * t * t * y3 + t * t * t * y4;
  return badge(value, x, y, VALUE_PX);
}

function badgeWidth(text: string, height: number): number {
  return Math.max(height + 4, text.length * CODE_CHARACTER_PX + 12);
}

function badge(text: string, x: number, y: number, height: number): Item[] {
  const width = badgeWidth(text, height);
  return [
    {
      kind: "box",
      x: x - width / 2,
      y: y - height / 2,
      width,
      height,
      radius: height / 2,
      fill: "now",
      stroke: "paper",
    },
    { kind: "label", x, y, text, colour: "onNow", align: "middle", code: true, bold: true },
  ];
}

/** A close runs through every lane that it wakes, with a dot on each. */
function closeStroke(scene: Scene, items: Item[], event: number, from: number, woken: readonly number[]): void {
  const { geometry: g, lanes, at } = scene;
  const now = event === at - 1;
  const alpha = event < at ? 1 : AHEAD_ALPHA;
  const colour: Colour = now ? "now" : `role${lanes[from]?.hue ?? 0}`;
  const along = alongOf(g, event + 1);
  const first = Math.min(from, ...woken);
  const last = Math.max(from, ...woken);
  items.push(line(g, [along, acrossOf(g, first)], [along, acrossOf(g, last)], colour, now ? 2.5 : 2, alpha * 0.85));
  for (const lane of woken) {
    const [x, y] = place(g, along, acrossOf(g, lane));
    items.push({
      kind: "circle",
      x,
      y,
      radius: Math.min(4, g.bar / 2),
      fill: colour,
      stroke: "paper",
      width: 1,
      alpha,
    });
  }
}

function marks(scene: Scene, items: Item[]): void {
  const { geometry: g, at, stretch } = scene;
  const radius = Math.min(5.5, g.pitch * 0.3, g.perEvent * 0.5);
  const tooSmall = radius < SMALLEST_MARK_PX;
  const data = stretch?.data.marks ?? [];
  const spans = (stretch?.data.spans.length ?? 0) / 4;
  for (let index = 0; index + 3 < data.length; index += 4) {
    const lane = laneOf(scene, data[index]);
    if (lane === undefined) continue;
    const event = data[index + 1];
    const flags = data[index + 3];
    const shape = shapeNumbered(data[index + 2]);
    if (lane < g.firstLane || lane >= g.endLane) continue;
    const now = event === at - 1;
    const important = now || flags % 2 === 1 || shape === "exit" || shape === "panic" || shape === "close";
    if (tooSmall && !important) continue;
    const [x, y] = place(g, alongOf(g, event + 1), acrossOf(g, lane));
    const alpha = event < at ? 1 : 0.34;
    const hue = hueOfActor(scene, spans + index / 4);
    const colour: Colour = now ? "now" : shape === "panic" ? "bad" : hue === undefined ? "ink" : `role${hue}`;
    const size = Math.max(radius, important ? 4 : SMALLEST_MARK_PX);
    items.push(...drawMark({ shape, x, y, radius: now ? size + 1 : size, turned: g.turned, colour, flags, alpha }));
  }
}

function strips(scene: Scene, items: Item[]): void {
  const { geometry: g, lanes, at, stretch } = scene;
  if (!stretch) return;
  const { query, data } = stretch;
  const step = ((query.to - query.from) / query.pixels) * g.perEvent;
  const along = alongOf(g, query.from);
  const now = Math.ceil((alongOf(g, at) - along) / step);
  let most = 1;
  for (let index = 1; index < data.density.length; index += 2) most = Math.max(most, data.density[index]);
  const asked = [...query.lanes, ...query.merged.map(([first]) => first)];
  for (const [nth, key] of asked.entries()) {
    const lane = key === undefined ? undefined : laneOf(scene, key);
    if (lane === undefined || lane < g.firstLane || lane >= g.endLane) continue;
    const first = nth * query.pixels * 2;
    items.push({
      kind: "strip",
      along,
      step,
      across: acrossOf(g, lane),
      thickness: Math.min(18, g.pitch - 3),
      turned: g.turned,
      colour: `role${lanes[lane]?.hue ?? 0}`,
      columns: data.density.subarray(first, first + query.pixels * 2),
      now,
      most,
    });
  }
}

function cursorLine({ geometry: g, at }: Scene, items: Item[]): void {
  if (at < g.from || at > g.to) return;
  const along = alongOf(g, at);
  items.push(line(g, [along, g.ruler - 6], [along, lastAcross(g) + 4], "now", 1.5));
}

function names({ geometry: g, lanes, pointed, followed }: Scene, items: Item[]): void {
  const backdrop = g.turned
    ? { x: 0, y: 0, width: g.width, height: g.names }
    : { x: 0, y: 0, width: g.names, height: g.height };
  items.push({ kind: "box", ...backdrop, fill: "paper" });
  for (let lane = g.firstLane; lane < g.endLane; lane += 1) {
    const named = lanes[lane];
    if (!named) continue;
    const across = acrossOf(g, lane);
    const bold = pointed?.lane === lane || followed === lane;
    if (followed === lane) {
      const [x, y] = place(g, g.turned ? g.names - 8 : 28, across);
      items.push({ kind: "circle", x, y, radius: 7, stroke: `role${named.hue}`, width: 1.5 });
    }
    if (named.fold && !g.turned) items.push(foldSign(across, named.fold.folded));
    if (g.turned) {
      items.push({ kind: "circle", x: across, y: g.names - 8, radius: 4, fill: `role${named.hue}` });
      items.push({
        kind: "label",
        x: across,
        y: g.names - 18,
        text: named.name,
        colour: "ink",
        angle: -Math.PI / 2,
        limit: g.names - 40,
        bold,
      });
    } else {
      items.push({ kind: "circle", x: 28, y: across, radius: 4, fill: `role${named.hue}` });
      items.push({ kind: "label", x: 40, y: across, text: named.name, colour: "ink", limit: g.names - 46, bold });
    }
  }
}

/** Points to the right when folded, down when not. */
function foldSign(y: number, folded: boolean): Item {
  const points = folded ? [10, y - 4, 15, y, 10, y + 4] : [8.5, y - 2.5, 12.5, y + 2.5, 16.5, y - 2.5];
  return { kind: "path", points, stroke: "faint", width: 1.6 };
}

function ruler({ geometry: g, events, at, pointed, grouped }: Scene, items: Item[]): void {
  const backdrop = g.turned
    ? { x: 0, y: 0, width: g.ruler, height: g.height }
    : { x: 0, y: 0, width: g.width, height: g.ruler - 4 };
  items.push({ kind: "box", ...backdrop, fill: "paper" });
  const middle = g.turned ? g.ruler - 10 : g.ruler / 2;
  const align = g.turned ? "end" : "middle";
  const step = rulerStep(g);
  const inView = at >= g.from && at <= g.to;
  const badgeLength = g.turned ? BADGE_PX : badgeWidth(grouped(at), BADGE_PX);
  for (let number = Math.ceil(g.from / step) * step; number <= Math.min(g.to, events); number += step) {
    const along = alongOf(g, number);
    const text = grouped(number);
    const length = g.turned ? SMALL_TEXT_PX : text.length * CODE_CHARACTER_PX;
    if (inView && Math.abs(along - alongOf(g, at)) < (badgeLength + length) / 2) continue;
    const [x, y] = place(g, along, middle);
    items.push({ kind: "label", x, y, text, colour: "faint", align });
  }
  if (pointed && pointed.position !== at && pointed.position >= g.from && pointed.position <= g.to) {
    const along = alongOf(g, pointed.position);
    items.push(line(g, [along, g.ruler - 6], [along, g.ruler], "faint", 1.5));
  }
  if (!inView) return;
  const text = grouped(at);
  const half = badgeWidth(text, BADGE_PX) / 2;
  const [x, y] = g.turned
    ? [Math.max(half + 2, g.ruler - 6 - half), alongOf(g, at)]
    : [Math.min(alongOf(g, at), g.width - half - 2), middle - 1];
  items.push(...badge(text, x, y, BADGE_PX).map((item) => (item.kind === "box" ? { ...item, radius: 4 } : item)));
}

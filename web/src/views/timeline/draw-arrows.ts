/** From whom to whom: values on their way, closes with those that they wake, goroutines that are started. */
import { AHEAD_ALPHA, type Colour, type Item, type Path } from "./draw-list";
import { acrossOf, alongOf, type Geometry } from "./geometry";
import { colourOf, laneOf, type Scene } from "./scene";
import { line, place, textWidth, WORD_PITCH_PX } from "./shapes";

const VALUE_ARROW = 0;
const CLOSE_ARROW = 1;
const START_ARROW = 2;
const RACE_ARROW = 4;

/** Between the end of a curve and its head: the size of a mark. */
const HEAD_GAP_PX = 7;
/** Below so many pixels an event, arrows are thinned out to what can still be read. */
const CROWDED_PX = 6;

/** The way of the value at the cursor: where it comes from and the middle of its curve, each along and across. */
export interface Ride {
  readonly from: readonly [number, number];
  readonly middle: readonly [number, number];
  readonly arrived: boolean;
}

/** The strokes of closes: the event, and the first and the last lane that it reaches. */
export type Closes = readonly { readonly event: number; readonly first: number; readonly last: number }[];

export interface Arrows {
  readonly rides: readonly Ride[];
  /** Where an arrow of the value that is followed arrives. */
  readonly joined: ReadonlySet<number>;
  readonly closes: Closes;
}

export function arrows(scene: Scene, items: Item[]): Arrows {
  const { geometry: g, stretch } = scene;
  const data = stretch?.data.arrows ?? [];
  const closes = new Map<number, { from: number; woken: number[] }>();
  const last: Item[] = [];
  const rides: Ride[] = [];
  const stops = new Set(scene.journey);
  const joined = new Set<number>();
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
    if (kind === RACE_ARROW) {
      race(scene, last, [fromLane, fromEvent], [toLane, toEvent]);
      continue;
    }
    if (kind !== VALUE_ARROW && g.perEvent < CROWDED_PX / 2) continue;
    const { alpha, now } = strength(scene, fromEvent, toEvent);
    const followed = kind === VALUE_ARROW && stops.has(fromEvent + 1) && stops.has(toEvent + 1);
    if (followed) joined.add(Math.max(fromEvent, toEvent) + 1);
    const lit = followed || (now && kind === VALUE_ARROW);
    // In a rendezvous the receive comes first: the two have met then, and no value runs back in time.
    const from: [number, number] = [alongOf(g, Math.min(fromEvent, toEvent) + 1), acrossOf(g, fromLane)];
    const to: [number, number] = [alongOf(g, toEvent + 1), acrossOf(g, toLane)];
    const points = curve(g, from, to);
    const arrived = toEvent < scene.at;
    const path: Path = {
      kind: "path",
      points,
      curved: true,
      stroke: lit ? "now" : "ink",
      width: lit ? 2 : 1,
      alpha: lit ? (arrived ? 1 : 0.45) : kind === VALUE_ARROW ? alpha : alpha * 0.55,
      ...(kind === VALUE_ARROW ? {} : { dash: kind === START_ARROW ? [1, 3] : [3, 3] }),
    };
    const drawn = kind === VALUE_ARROW && g.perEvent >= CROWDED_PX ? [path, head(g, path)] : [path];
    if (lit) {
      last.push(...drawn);
      const middle = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const;
      if (now && scene.value !== undefined) rides.push({ from, middle, arrived });
    } else items.push(...drawn);
  }
  const strokes = [...closes].map(([event, close]) => closeStroke(scene, items, event, close.from, close.woken));
  items.push(...last);
  return { rides, joined, closes: strokes };
}

/** The alpha and the width of an arrow, by where its ends lie. */
function strength(scene: Scene, from: number, to: number): { alpha: number; now: boolean } {
  const now = scene.at > 0 && (from === scene.at - 1 || to === scene.at - 1);
  const crowd = Math.min(1, scene.geometry.perEvent / CROWDED_PX);
  if (to < scene.at) return { alpha: 0.62 * crowd, now };
  return { alpha: (from < scene.at ? 0.42 : 0.22) * crowd, now };
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

/** A head at the end of a curve, short of the mark there. */
function head(g: Geometry, { points, stroke, alpha }: Path): Item {
  const [x1 = 0, y1 = 0, , , x3 = 0, y3 = 0, x4 = 0, y4 = 0] = points;
  const bent = x3 !== x4 || y3 !== y4;
  const [dx, dy] = bent ? [x4 - x3, y4 - y3] : [x4 - x1, y4 - y1];
  const far = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / far, dy / far];
  const length = Math.min(7, g.perEvent * 0.6);
  const [x, y] = [x4 - ux * HEAD_GAP_PX, y4 - uy * HEAD_GAP_PX];
  const [bx, by] = [x - ux * length, y - uy * length];
  const wide = length * 0.5;
  return {
    kind: "path",
    points: [x, y, bx - uy * wide, by + ux * wide, bx + uy * wide, by - ux * wide],
    closed: true,
    ...(stroke ? { fill: stroke } : {}),
    ...(alpha === undefined ? {} : { alpha }),
  };
}

/** From one access of a data race to the other, where the cursor is at one of them. */
function race(
  scene: Scene,
  items: Item[],
  from: [lane: number, event: number],
  to: [lane: number, event: number],
): void {
  const { geometry: g, at, words } = scene;
  if (from[1] !== at - 1 && to[1] !== at - 1) return;
  const [one, other] = [from, to].map(([lane, event]): [number, number] => [alongOf(g, event + 1), acrossOf(g, lane)]);
  if (!one || !other) return;
  items.push({
    kind: "path",
    points: [...place(g, ...one), ...place(g, ...other)],
    stroke: "bad",
    width: 2,
    dash: [2, 4],
  });
  // Where lanes have room for it, the word is at both accesses.
  if (g.pitch >= WORD_PITCH_PX) return;
  const [x, y] = place(g, (one[0] + other[0]) / 2, (one[1] + other[1]) / 2);
  const width = textWidth(words.race) + 6;
  items.push({ kind: "box", x: x - width / 2, y: y - 8, width, height: 16, radius: 3, fill: "paper" });
  items.push({ kind: "label", x, y, text: words.race, colour: "bad", align: "middle", bold: true });
}

/** A close runs through every lane that it wakes, with a dot on each. */
function closeStroke(
  scene: Scene,
  items: Item[],
  event: number,
  from: number,
  woken: readonly number[],
): Closes[number] {
  const { geometry: g, lanes, at } = scene;
  const now = event === at - 1;
  const alpha = event < at ? 1 : AHEAD_ALPHA;
  const colour: Colour = now ? "now" : colourOf(lanes[from]);
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
  return { event, first, last };
}

/** What is written over the run, where it hides least: the value on its way, and *data race* at both accesses. */
import type { Closes, Ride } from "./draw-arrows";
import type { Item } from "./draw-list";
import type { Marked } from "./draw-marks";
import { type Area, freest } from "./freest";
import { acrossOf, alongOf, type Geometry } from "./geometry";
import type { Scene } from "./scene";
import { badge, badgeWidth, box, place, textWidth, WORD_PITCH_PX } from "./shapes";

/** Height of a value on its way. */
const VALUE_PX = 18;
/** From the middle of a sender to that of its value. */
const ASIDE_PX = 19;
/** Between a mark and what is written beside it. */
const GAP_PX = 4;
const WORD_PX = 12;
/** Further from a turned lane, which the words run along: marks stick out of it. */
const CLEAR_PX = 3;
/** What lies behind a word: no higher than its letters, so that it cuts off nothing of the lane. */
const BACKDROP_PX = 10;
/** Further than any place. */
const FAR_PX = 100_000;

export function written(
  scene: Scene,
  items: Item[],
  marked: readonly Marked[],
  rides: readonly Ride[],
  closes: Closes,
): void {
  const raced = scene.geometry.pitch < WORD_PITCH_PX ? [] : marked.filter(({ races }) => races);
  if (rides.length === 0 && raced.length === 0) return;
  const taken = [...frame(scene.geometry), ...marked, ...closes.map((close) => strokeOf(scene, close))];
  for (const ride of rides) {
    const value = riding(scene, ride, taken);
    taken.push(value);
    const [x, y] = place(scene.geometry, value.along, value.across);
    items.push(...badge(scene.value ?? "", x, y, VALUE_PX));
  }
  races(scene, items, raced, taken);
}

/** What is drawn over the run: ruler and names, and what lies outside the picture. */
function frame(g: Geometry): Area[] {
  const [long, broad] = g.turned ? [g.height, g.width] : [g.width, g.height];
  const around = (along: number, across: number): Area => ({ along, across, length: FAR_PX, breadth: FAR_PX });
  return [
    around(0, g.ruler - FAR_PX / 2),
    around(g.names - FAR_PX / 2, 0),
    around(long + FAR_PX / 2, 0),
    around(0, broad + FAR_PX / 2),
  ];
}

function strokeOf({ geometry: g }: Scene, { event, first, last }: Closes[number]): Area {
  const [from, to] = [acrossOf(g, first), acrossOf(g, last)];
  return { along: alongOf(g, event + 1), across: (from + to) / 2, length: 6, breadth: to - from };
}

/** The value: on its curve when it has arrived, and beside its sender while it lies in a buffer. */
function riding(
  { geometry: g, value = "", travelled }: Scene,
  { from, middle, arrived }: Ride,
  taken: readonly Area[],
): Area {
  const width = badgeWidth(value, VALUE_PX);
  const [length, breadth] = g.turned ? [VALUE_PX, width] : [width, VALUE_PX];
  const at = ([along, across]: readonly [number, number], byAlong = 0, byAcross = 0): Area =>
    inside(g, { along: along + byAlong, across: across + byAcross, length, breadth }, width);
  const beside = length / 2 + GAP_PX * 2;
  const aside = g.turned ? breadth / 2 + GAP_PX * 3 : -ASIDE_PX;
  const rest = arrived
    ? freest([at(middle), at(middle, -beside), at(middle, beside)], taken)
    : freest(
        [
          at(from, 0, aside),
          at(from, 0, -aside),
          at(from, -beside, aside),
          at(from, beside, aside),
          at(from, -beside, -aside),
          at(from, beside, -aside),
        ],
        taken,
      );
  const on = (start: number, end: number) => start + (end - start) * travelled;
  return at([on(from[0], rest.along), on(from[1], rest.across)]);
}

/** A long value would be cut off at the edge. */
function inside(g: Geometry, area: Area, width: number): Area {
  const within = (x: number) => Math.max(width / 2, Math.min(x, g.width - width / 2 - 1));
  return g.turned ? { ...area, across: within(area.across) } : { ...area, along: within(area.along) };
}

/** Beside the mark, along the lane. Of races that are beside each other on a lane one is named: all have the shape. */
function races({ geometry: g, words }: Scene, items: Item[], raced: readonly Marked[], taken: Area[]): void {
  const length = textWidth(words.race);
  const worded = new Map<number, number>();
  for (const { lane, along, across, length: mark, breadth, alpha } of raced) {
    if (Math.abs(along - (worded.get(lane) ?? Number.NEGATIVE_INFINITY)) < length) continue;
    worded.set(lane, along);
    const off = Math.max(g.bar, breadth) / 2 + WORD_PX / 2 + (g.turned ? CLEAR_PX : 0);
    const aside = mark / 2 + GAP_PX + length / 2;
    const at = (byAlong: number, byAcross: number): Area => ({
      along: along + byAlong,
      across: across + byAcross,
      length,
      breadth: BACKDROP_PX,
    });
    const word = freest(
      [at(0, -off), at(0, off), at(aside, -off), at(-aside, -off), at(aside, off), at(-aside, off)],
      taken,
    );
    taken.push(word);
    const behind = box(g, word.along - length / 2, word.along + length / 2, word.across, BACKDROP_PX);
    const [x, y] = place(g, word.along, word.across);
    items.push({ ...behind, radius: 2, fill: "paper", alpha: 0.85 });
    const angle = g.turned ? { angle: -Math.PI / 2 } : {};
    items.push({ kind: "label", x, y, text: words.race, colour: "bad", align: "middle", bold: true, alpha, ...angle });
  }
}

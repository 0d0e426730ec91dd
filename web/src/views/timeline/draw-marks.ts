/** A mark for each event, by the shape of what it did. */
import type { Colour, Item } from "./draw-list";
import type { Area } from "./freest";
import { acrossOf, alongOf } from "./geometry";
import { drawMark, RACES, reachOf, shapeNumbered, WENT_WRONG } from "./marks";
import { actorOf, colourOf, laneOf, type Scene } from "./scene";
import { place } from "./shapes";

/** Marks narrower than this would only be noise. */
const SMALLEST_MARK_PX = 3;

/** A mark that was drawn, and the room that it takes. */
export interface Marked extends Area {
  readonly lane: number;
  readonly races: boolean;
  readonly alpha: number;
}

export function marks(scene: Scene, items: Item[]): Marked[] {
  const { geometry: g, at, stretch } = scene;
  const marked: Marked[] = [];
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
    const races = (flags & RACES) !== 0;
    const wrong = (flags & WENT_WRONG) !== 0;
    const important = now || races || wrong || shape === "exit" || shape === "panic" || shape === "close";
    if (tooSmall && !important) continue;
    const [along, across] = [alongOf(g, event + 1), acrossOf(g, lane)];
    const [x, y] = place(g, along, across);
    const alpha = event < at ? 1 : 0.34;
    // Where turns are taken, the span below a mark has the hue of whoever ran.
    const actor = g.turns ? undefined : actorOf(scene, spans + index / 4);
    const colour: Colour = now ? "now" : actor ? colourOf(actor) : "ink";
    const size = Math.max(radius, important ? 4 : SMALLEST_MARK_PX) + (now ? 1 : 0);
    items.push(...drawMark({ shape, x, y, radius: size, turned: g.turned, colour, flags, alpha }));
    const length = size * 2 * reachOf(shape, flags);
    const breadth = wrong ? size * 2 * reachOf(shape, WENT_WRONG) : Math.min(size * 2, g.bar + 1);
    marked.push({ lane, along, across, length, breadth, races, alpha });
  }
  return marked;
}

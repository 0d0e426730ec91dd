/** A mark for each event, by the shape of what it did. */
import type { Colour, Item } from "./draw-list";
import { acrossOf, alongOf } from "./geometry";
import { drawMark, RACES, shapeNumbered, WENT_WRONG } from "./marks";
import { hueOfActor, laneOf, type Scene } from "./scene";
import { place, textWidth } from "./shapes";

/** Marks narrower than this would only be noise. */
const SMALLEST_MARK_PX = 3;
/** Lanes that are closer have no room for a word above a mark. */
const WORD_PITCH_PX = 24;

export function marks(scene: Scene, items: Item[]): void {
  const { geometry: g, at, stretch, words } = scene;
  const radius = Math.min(5.5, g.pitch * 0.3, g.perEvent * 0.5);
  const tooSmall = radius < SMALLEST_MARK_PX;
  /** Where the last word stands on each lane: those of races beside each other would cover one another. */
  const worded = new Map<number, number>();
  const wordPx = textWidth(words.race);
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
    const important =
      now || races || (flags & WENT_WRONG) !== 0 || shape === "exit" || shape === "panic" || shape === "close";
    if (tooSmall && !important) continue;
    const along = alongOf(g, event + 1);
    const [x, y] = place(g, along, acrossOf(g, lane));
    const alpha = event < at ? 1 : 0.34;
    const hue = hueOfActor(scene, spans + index / 4);
    const colour: Colour = now ? "now" : shape === "panic" ? "bad" : hue === undefined ? "ink" : `role${hue}`;
    const size = Math.max(radius, important ? 4 : SMALLEST_MARK_PX);
    items.push(...drawMark({ shape, x, y, radius: now ? size + 1 : size, turned: g.turned, colour, flags, alpha }));
    if (!races || g.pitch < WORD_PITCH_PX || Math.abs(along - (worded.get(lane) ?? Number.NEGATIVE_INFINITY)) < wordPx)
      continue;
    worded.set(lane, along);
    const above = y - (g.turned ? size + 8 : g.bar / 2 + 8);
    items.push({ kind: "label", x, y: above, text: words.race, colour: "bad", align: "middle", bold: true, alpha });
  }
}

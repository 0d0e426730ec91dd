/**
 * What runs on beyond the end: whoever is blocked for ever. What blocks it often comes with the run's last event, where no
 * span is left to show it.
 */
import type { Item, Label } from "./draw-list";
import { acrossOf, alongOf, type Geometry } from "./geometry";
import type { Scene } from "./scene";
import { box, place, textWidth } from "./shapes";

/** Height of a word, with what of it hangs below the line. */
const WORD_PX = 12;
/** Between a word and the end. */
const GAP_PX = 6;
/** From the end to the middle of the padlock. */
const LOCK_PX = 14;

/** Whether a lane is drawn beyond the end, and named there. */
export function isBeyond({ geometry: g, events, leaked, asleep }: Scene, lane: number): boolean {
  return events <= g.to && (leaked?.has(lane) || asleep?.has(lane) || false);
}

export function beyond(scene: Scene, items: Item[]): void {
  const { geometry: g, leaked, events, at, words } = scene;
  const alpha = at >= events ? 1 : 0.6;
  const edge = g.turned ? g.height : g.width;
  const end = alongOf(g, events);
  // Beside the line of the last moment, which would cross it.
  const word = (across: number, text: string, from = GAP_PX) => {
    const room = from + textWidth(text);
    return wordBefore(g, end + room <= edge ? end + room : end - GAP_PX, across, text, alpha);
  };
  for (let lane = g.firstLane; lane < g.endLane; lane += 1) {
    if (!isBeyond(scene, lane)) continue;
    const across = acrossOf(g, lane);
    if (leaked?.has(lane)) {
      const points = [...place(g, end, across), ...place(g, edge, across)];
      items.push({ kind: "path", points, stroke: "bad", width: 2, dash: [5, 4], alpha });
      items.push(word(across, words.leaked));
    } else {
      items.push({ ...box(g, end, edge, across, g.bar), hatch: "bad", alpha });
      items.push(...padlock(...place(g, end + LOCK_PX, across)).map((item) => ({ ...item, alpha })));
      items.push(word(across, words.asleep, 2 * LOCK_PX));
    }
  }
}

/** What became of a lane, above it and up to a place along it; turned, beside it. */
export function wordBefore(g: Geometry, end: number, across: number, text: string, alpha: number): Label {
  const [x, y] = place(g, end, across - Math.min(g.bar / 2 + WORD_PX / 2 + 1, g.pitch / 2));
  const way = g.turned ? ({ align: "start", angle: -Math.PI / 2 } as const) : ({ align: "end" } as const);
  return { kind: "label", x, y, text, colour: "bad", bold: true, alpha, ...way };
}

/** The sign of a deadlock, as outcomes have it. */
function padlock(x: number, y: number): Item[] {
  const shackle = [x - 2.5, y, x - 2.5, y - 7, x + 2.5, y - 7, x + 2.5, y];
  return [
    { kind: "box", x: x - 6, y: y - 7, width: 12, height: 14, radius: 3, fill: "paper" },
    { kind: "path", points: shackle, curved: true, stroke: "bad", width: 1.5 },
    { kind: "box", x: x - 4, y: y - 1, width: 8, height: 6, radius: 1, fill: "bad" },
  ];
}

/** Lanes on which goroutines take turns, as they do on a processor: whose turn it is, and where another one's begins. */
import type { Item } from "./draw-list";
import { acrossOf, alongOf } from "./geometry";
import { actorOf, colourOf, type Scene, type SceneActor } from "./scene";
import { line, place, textWidth, WORD_PITCH_PX } from "./shapes";

/** Between goroutines that follow each other. */
export const TURN_GAP_PX = 3;

/** A pole where it begins, and the name below, or a sign of it where that is too long. */
export function turn(scene: Scene, items: Item[], lane: number, from: number, to: number, nth: number): void {
  const { geometry: g, at } = scene;
  const who = actorOf(scene, nth);
  if (!who || g.pitch < WORD_PITCH_PX) return;
  const [alpha, colour] = [from < at ? 1 : 0.6, colourOf(who)];
  const across = acrossOf(g, lane);
  const [start, end] = [Math.max(alongOf(g, from), g.start), alongOf(g, to)];
  const below = g.bar / 2 + 7;
  items.push(line(g, [start, across - g.bar / 2 - 2], [start, across + below + 4], colour, 1, alpha));
  const room = end - start - 6;
  const text = [who.name, signOf(who)].find((name) => textWidth(name) <= room);
  if (text === undefined || text === "") return;
  const [x, y] = place(g, start + 5, across + below);
  const angle = g.turned ? { angle: Math.PI / 2 } : {};
  items.push({ kind: "label", x, y, text, colour, alpha, ...angle });
}

/** A number alone would be read as one of the ruler's. */
function signOf({ name, sign }: SceneActor): string {
  return /^\d/.test(sign) ? name.charAt(0).toUpperCase() + sign : sign;
}

/** What a lens marks around the step at the cursor: what is concurrent with it, or the way of its value. */
import type { Item } from "./draw-list";
import { acrossOf, alongOf } from "./geometry";
import { laneOf, type Scene } from "./scene";
import { box, place } from "./shapes";

/** From a lane to the ends of its brackets. */
const FURTHEST_PX = 16;

/** What is neither before nor after the step lies between brackets: before it stands on their left, after it on their right. */
export function beside(scene: Scene, items: Item[]): void {
  const { geometry: g } = scene;
  for (const { goroutine, from, to } of scene.concurrent ?? []) {
    const lane = laneOf(scene, goroutine);
    if (lane === undefined || lane < g.firstLane || lane >= g.endLane) continue;
    const across = acrossOf(g, lane);
    const reach = Math.min(FURTHEST_PX, g.pitch * 0.42);
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

/** The way of a value: a ring about each of its events, joined by a line where no arrow, which is lit, joins them. */
export function way(scene: Scene, items: Item[], joined: ReadonlySet<number>): void {
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
  let before: readonly number[] | undefined;
  for (const [position, x, y] of points) {
    if (before && !joined.has(position)) {
      items.push({ kind: "path", points: [...before, x, y], stroke: "now", width: 2, dash: [2, 3], alpha: 0.8 });
    }
    before = [x, y];
    items.push({ kind: "circle", x, y, radius: Math.min(10, g.pitch * 0.42), stroke: "now", width: 2 });
  }
}

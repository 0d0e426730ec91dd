/** What goroutines do over time: a span for each stretch, a strip where there are too many. */
import { isBeyond, wordBefore } from "./draw-beyond";
import { AHEAD_ALPHA, type Colour, type Item } from "./draw-list";
import { TURN_GAP_PX, turn } from "./draw-turns";
import { acrossOf, alongOf } from "./geometry";
import { actorOf, colourOf, laneOf, type Scene } from "./scene";
import { box, place } from "./shapes";

const RUNNING = 1;
const READY = 2;
const PARKED = 3;
const LEAKED = 6;
/** What *leaked* takes along its lane. */
const ROOM_FOR_WORD_PX = 56;
/** From the outline of a marked span to the span, and where a name stands close below. */
const OUTLINE_PX = 4;
const CLOSE_OUTLINE_PX = 2;

export function spans(scene: Scene, items: Item[]): void {
  const { geometry: g, lanes, at, stretch } = scene;
  const data = stretch?.data.spans ?? [];
  for (let index = 0; index + 3 < data.length; index += 4) {
    const lane = laneOf(scene, data[index]);
    const from = data[index + 1];
    const to = data[index + 2];
    const status = data[index + 3];
    const named = lane === undefined ? undefined : lanes[lane];
    if (lane === undefined || !named || lane < g.firstLane || lane >= g.endLane) continue;
    const colour: Colour = status === LEAKED ? "bad" : colourOf(actorOf(scene, index / 4) ?? named);
    if (from < at) span(scene, items, lane, from, Math.min(to, at), status, colour, 1, to > at);
    if (to > at) span(scene, items, lane, Math.max(from, at), to, status, colour, AHEAD_ALPHA, false);
    if (g.turns) turn(scene, items, lane, from, to, index / 4);
  }
}

/** A frame about the span that the reader has marked. */
export function outline({ geometry: g, marked }: Scene, items: Item[]): void {
  if (!marked || marked.lane < g.firstLane || marked.lane >= g.endLane) return;
  const [start, end] = [alongOf(g, marked.from) - OUTLINE_PX, alongOf(g, marked.to) + OUTLINE_PX];
  const across = acrossOf(g, marked.lane);
  const reach = g.bar / 2 + (g.turns ? CLOSE_OUTLINE_PX : OUTLINE_PX);
  const corners = [
    [start, across - reach],
    [end, across - reach],
    [end, across + reach],
    [start, across + reach],
  ] as const;
  const points = corners.flatMap(([a, b]) => place(g, a, b));
  items.push({ kind: "path", points, closed: true, stroke: "ink", width: 2, handle: true });
}

function span(
  scene: Scene,
  items: Item[],
  lane: number,
  from: number,
  to: number,
  status: number,
  colour: Colour,
  alpha: number,
  goesOn: boolean,
): void {
  const { geometry: g, words } = scene;
  const across = acrossOf(g, lane);
  const gap = g.perEvent > 6 && !goesOn ? (g.turns ? TURN_GAP_PX : 1) : 0;
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
      // Once a lane: where the end is in view the word stands there.
      if (goesOn || end - start < ROOM_FOR_WORD_PX || isBeyond(scene, lane)) break;
      items.push(wordBefore(g, end - 4, across, words.leaked, Math.max(alpha, 0.6)));
      break;
    }
  }
}

export function strips(scene: Scene, items: Item[]): void {
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
      colour: colourOf(lanes[lane]),
      columns: data.density.subarray(first, first + query.pixels * 2),
      now,
      most,
    });
  }
}

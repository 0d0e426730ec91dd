/** What goroutines do over time: a span for each stretch, a strip where there are too many, a leak beyond the end. */
import { AHEAD_ALPHA, type Colour, type Item } from "./draw-list";
import { acrossOf, alongOf } from "./geometry";
import { hueOfActor, laneOf, type Scene } from "./scene";
import { box, place } from "./shapes";

const RUNNING = 1;
const READY = 2;
const PARKED = 3;
const LEAKED = 6;

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
      colour: `role${lanes[lane]?.hue ?? 0}`,
      columns: data.density.subarray(first, first + query.pixels * 2),
      now,
      most,
    });
  }
}

/** A leak often begins with the run's last event, where no span is left to show it: it runs on beyond the end. */
export function leaks({ geometry: g, leaked, events, at, words }: Scene, items: Item[]): void {
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

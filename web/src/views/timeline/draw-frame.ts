/** What stands around the run: grid, ruler and names, the cursor, and where another run parts from this one. */
import type { Item } from "./draw-list";
import { acrossOf, alongOf, edgeOf, type Geometry, rulerStep } from "./geometry";
import { colourOf, type Scene } from "./scene";
import { badge, badgeWidth, CODE_CHARACTER_PX, lastAcross, line, place } from "./shapes";

const SMALL_TEXT_PX = 12;
/** Where it is said how many lanes are out of view: on the height of the tools. */
const OUT_OF_VIEW_PX = 16;
/** Height of the cursor's badge on the ruler. */
const BADGE_PX = 20;

export function grid({ geometry: g, events }: Scene, items: Item[]): void {
  const bottom = lastAcross(g);
  const step = rulerStep(g);
  for (let at = Math.ceil(g.from / step) * step; at <= Math.min(g.to, events); at += step) {
    const along = Math.round(alongOf(g, at)) + 0.5;
    items.push(line(g, [along, g.ruler], [along, bottom], "rule"));
  }
  if (g.pitch < 20) return;
  for (let lane = g.firstLane; lane < g.endLane; lane += 1) {
    const across = Math.round(edgeOf(g, lane + 1)) + 0.5;
    items.push(line(g, [g.names, across], [g.end + 8, across], "rule", 1, 0.6));
  }
}

export function cursorLine({ geometry: g, at }: Scene, items: Item[]): void {
  if (at < g.from || at > g.to) return;
  const along = alongOf(g, at);
  items.push(line(g, [along, g.ruler - 6], [along, lastAcross(g) + 4], "now", 1.5));
}

/** The line at which another run parts from this one. */
export function parting({ geometry: g, parting: at }: Scene, items: Item[]): void {
  if (at === undefined || at < g.from || at > g.to) return;
  const along = alongOf(g, at + 0.5);
  const points = [...place(g, along, g.ruler), ...place(g, along, lastAcross(g))];
  items.push({ kind: "path", points, stroke: "ink", width: 1.5, dash: [6, 3] });
}

export function names({ geometry: g, lanes, pointed, followed }: Scene, items: Item[]): void {
  const backdrop = g.turned
    ? { x: 0, y: 0, width: g.width, height: g.names }
    : { x: 0, y: 0, width: g.names, height: g.height };
  items.push({ kind: "box", ...backdrop, fill: "paper" });
  for (let lane = g.firstLane; lane < g.endLane; lane += 1) {
    const named = lanes[lane];
    if (!named) continue;
    const across = acrossOf(g, lane);
    const bold = pointed?.lane === lane || followed === lane;
    // A processor or an object has no role, and so no dot.
    const dotted = named.hue !== undefined;
    const [x, y] = place(g, g.turned ? g.names - 8 : 28, across);
    if (dotted) items.push({ kind: "circle", x, y, radius: 4, fill: colourOf(named) });
    if (followed === lane) items.push({ kind: "circle", x, y, radius: 7, stroke: colourOf(named), width: 1.5 });
    if (named.fold && !g.turned) items.push(foldSign(across, named.fold.folded));
    const label = { kind: "label", text: named.name, colour: "ink", bold } as const;
    if (g.turned) {
      const start = g.names - (dotted ? 18 : 8);
      items.push({ ...label, x, y: start, angle: -Math.PI / 2, limit: start - 22 });
    } else {
      const start = dotted ? 40 : 24;
      items.push({ ...label, x: start, y, limit: g.names - start - 6 });
    }
  }
  if (g.turned) outOfView(g, items);
}

/** How many lanes are out of view on either side, where they are scrolled to: a touch screen shows no scroll bar. */
function outOfView(g: Geometry, items: Item[]): void {
  const before = Math.ceil(g.scroll / g.pitch);
  const after = g.lanes - Math.floor((g.scroll + g.width - g.ruler) / g.pitch);
  const text = [...(before > 0 ? [`← +${before}`] : []), ...(after > 0 ? [`+${after} →`] : [])].join("  ");
  if (text !== "")
    items.push({ kind: "label", x: g.width - 8, y: OUT_OF_VIEW_PX, text, colour: "soft", align: "end", code: true });
}

/** Points to the right when folded, down when not. */
function foldSign(y: number, folded: boolean): Item {
  const points = folded ? [10, y - 4, 15, y, 10, y + 4] : [8.5, y - 2.5, 12.5, y + 2.5, 16.5, y - 2.5];
  return { kind: "path", points, stroke: "faint", width: 1.6, handle: true };
}

export function ruler(scene: Scene, items: Item[]): void {
  const { geometry: g, events, at, pointed, grouped } = scene;
  const backdrop = g.turned
    ? { x: 0, y: 0, width: g.ruler, height: g.height }
    : { x: 0, y: 0, width: g.width, height: g.ruler };
  items.push({ kind: "box", ...backdrop, fill: "paper" });
  // Of the numbers; on a turned one their end.
  const middle = g.turned ? g.ruler - 10 : g.ruler / 2;
  const align = g.turned ? "end" : "middle";
  const step = rulerStep(g);
  // Of a cursor in view the badge, else the way back to it.
  const [takenFrom, takenTo] = badgeOn(scene) ?? awayOn(scene);
  for (let number = Math.ceil(g.from / step) * step; number <= Math.min(g.to, events); number += step) {
    const along = alongOf(g, number);
    const text = grouped(number);
    const half = (g.turned ? SMALL_TEXT_PX : text.length * CODE_CHARACTER_PX) / 2;
    if (along - half < g.names || (along + half > takenFrom && along - half < takenTo)) continue;
    const [x, y] = place(g, along, middle);
    items.push({ kind: "label", x, y, text, colour: "faint", align });
  }
  fork(scene, items);
  if (pointed && pointed.position !== at && pointed.position >= g.from && pointed.position <= g.to) {
    const along = alongOf(g, pointed.position);
    items.push({ ...line(g, [along, g.ruler - 6], [along, g.ruler], "faint", 1.5), handle: true });
  }
  if (at < g.from || at > g.to) return;
  const text = grouped(at);
  const half = badgeWidth(text, BADGE_PX) / 2;
  items.push(line(g, [alongOf(g, at), g.ruler - 6], [alongOf(g, at), g.ruler], "now", 1.5));
  const [x, y] = g.turned
    ? [Math.max(half + 2, g.ruler - 6 - half), alongOf(g, at)]
    : [Math.min(alongOf(g, at), g.width - half - 2), middle - 1];
  items.push(...badge(text, x, y, BADGE_PX).map((item) => (item.kind === "box" ? { ...item, radius: 4 } : item)));
}

type Stretch = readonly [from: number, to: number];

function badgeOn({ geometry: g, at, grouped }: Scene): Stretch | undefined {
  if (at < g.from || at > g.to) return undefined;
  const half = (g.turned ? BADGE_PX : badgeWidth(grouped(at), BADGE_PX)) / 2;
  const along = g.turned ? alongOf(g, at) : Math.min(alongOf(g, at), g.width - half - 2);
  return [along - half, along + half];
}

/** The way back to a cursor that is out of view stands at the end of the ruler (`away.tsx`). */
function awayOn({ geometry: g, at, grouped }: Scene): Stretch {
  const length = g.turned ? BADGE_PX + 8 : badgeWidth(grouped(at), BADGE_PX) + 28;
  return at < g.from
    ? [g.names, g.names + length]
    : [(g.turned ? g.height : g.width) - length, Number.POSITIVE_INFINITY];
}

/** How far the fork reaches, along and to either side. */
const FORK_PX = 7;
const PRONG_PX = 4;

/** Where another run parts from this one, one way becomes two. Below the numbers, none of which it hides. */
function fork({ geometry: g, parting: at }: Scene, items: Item[]): void {
  if (at === undefined || at < g.from || at > g.to) return;
  const [along, across] = [alongOf(g, at + 0.5), g.ruler - PRONG_PX];
  const stem = place(g, along, across);
  for (const side of [-PRONG_PX, PRONG_PX]) {
    const points = [...place(g, along - FORK_PX, across), ...stem, ...place(g, along + FORK_PX, across + side)];
    items.push({ kind: "path", points, stroke: "ink", width: 1.5 });
  }
}

/** What stands around the run: grid, ruler and names, the cursor, and where another run parts from this one. */
import type { Item } from "./draw-list";
import { acrossOf, alongOf, type Geometry, rulerStep } from "./geometry";
import type { Scene } from "./scene";
import { badge, badgeWidth, CODE_CHARACTER_PX, lastAcross, line, place, textWidth } from "./shapes";

const SMALL_TEXT_PX = 12;
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
    const across = Math.round(acrossOf(g, lane + 0.5)) + 0.5;
    items.push(line(g, [g.names, across], [g.end + 8, across], "rule", 1, 0.6));
  }
}

export function cursorLine({ geometry: g, at }: Scene, items: Item[]): void {
  if (at < g.from || at > g.to) return;
  const along = alongOf(g, at);
  items.push(line(g, [along, g.ruler - 6], [along, lastAcross(g) + 4], "now", 1.5));
}

/** The line at which another run parts from this one; what it is is said on the ruler, where it hides no lane. */
export function parting({ geometry: g, parting: where }: Scene, items: Item[]): void {
  if (!where || where.at < g.from || where.at > g.to) return;
  const along = alongOf(g, where.at + 0.5);
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
    if (followed === lane) {
      const [x, y] = place(g, g.turned ? g.names - 8 : 28, across);
      items.push({ kind: "circle", x, y, radius: 7, stroke: `role${named.hue}`, width: 1.5 });
    }
    if (named.fold && !g.turned) items.push(foldSign(across, named.fold.folded));
    if (g.turned) {
      items.push({ kind: "circle", x: across, y: g.names - 8, radius: 4, fill: `role${named.hue}` });
      items.push({
        kind: "label",
        x: across,
        y: g.names - 18,
        text: named.name,
        colour: "ink",
        angle: -Math.PI / 2,
        limit: g.names - 40,
        bold,
      });
    } else {
      items.push({ kind: "circle", x: 28, y: across, radius: 4, fill: `role${named.hue}` });
      items.push({ kind: "label", x: 40, y: across, text: named.name, colour: "ink", limit: g.names - 46, bold });
    }
  }
}

/** Points to the right when folded, down when not. */
function foldSign(y: number, folded: boolean): Item {
  const points = folded ? [10, y - 4, 15, y, 10, y + 4] : [8.5, y - 2.5, 12.5, y + 2.5, 16.5, y - 2.5];
  return { kind: "path", points, stroke: "faint", width: 1.6 };
}

export function ruler(scene: Scene, items: Item[]): void {
  const { geometry: g, events, at, pointed, grouped } = scene;
  const backdrop = g.turned
    ? { x: 0, y: 0, width: g.ruler, height: g.height }
    : { x: 0, y: 0, width: g.width, height: g.ruler };
  items.push({ kind: "box", ...backdrop, fill: "paper" });
  const middle = middleOf(g);
  const align = g.turned ? "end" : "middle";
  const step = rulerStep(g);
  const taken = takenOn(scene);
  for (let number = Math.ceil(g.from / step) * step; number <= Math.min(g.to, events); number += step) {
    const along = alongOf(g, number);
    const text = grouped(number);
    const half = (g.turned ? SMALL_TEXT_PX : text.length * CODE_CHARACTER_PX) / 2;
    if (along - half < g.names || taken.some(([from, to]) => along + half > from && along - half < to)) continue;
    const [x, y] = place(g, along, middle);
    items.push({ kind: "label", x, y, text, colour: "faint", align });
  }
  partingSign(scene, items);
  if (pointed && pointed.position !== at && pointed.position >= g.from && pointed.position <= g.to) {
    const along = alongOf(g, pointed.position);
    items.push(line(g, [along, g.ruler - 6], [along, g.ruler], "faint", 1.5));
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

/** The middle of the ruler's numbers, across; of a turned one their end. */
function middleOf(g: Geometry): number {
  return g.turned ? g.ruler - 10 : g.ruler / 2;
}

type Stretch = readonly [from: number, to: number];

/** Where on the ruler no number has room, along: at the cursor's badge, and where it is said that another run parts. */
function takenOn(scene: Scene): Stretch[] {
  const sign = partingOn(scene);
  return [badgeOn(scene), sign && ([sign.from, sign.to] as const)].filter((stretch) => stretch !== undefined);
}

function badgeOn({ geometry: g, at, grouped }: Scene): Stretch | undefined {
  if (at < g.from || at > g.to) return undefined;
  const half = (g.turned ? BADGE_PX : badgeWidth(grouped(at), BADGE_PX)) / 2;
  const along = g.turned ? alongOf(g, at) : Math.min(alongOf(g, at), g.width - half - 2);
  return [along - half, along + half];
}

const PARTING_GAP_PX = 5;
/** Length of the sign along: on a turned ruler a fork, since no word has room there. */
const FORK_PX = 14;

/** What the ruler says of the parting, from where to where: beside its line, and beside the badge where that is in its way. */
function partingOn(scene: Scene): { along: number; from: number; to: number } | undefined {
  const { geometry: g, parting: where } = scene;
  if (!where || where.at < g.from || where.at > g.to) return undefined;
  const along = alongOf(g, where.at + 0.5);
  if (g.turned) return { along, from: along - FORK_PX / 2, to: along + FORK_PX / 2 };
  const width = textWidth(where.text);
  const [left, right] = badgeOn(scene) ?? [along, along];
  const free = (from: number) => from + width < left - PARTING_GAP_PX || from > right;
  const after = free(along + PARTING_GAP_PX) ? along + PARTING_GAP_PX : right + PARTING_GAP_PX;
  const before = Math.min(along, left) - PARTING_GAP_PX - width;
  const from = after + width < g.width ? after : before;
  return { along, from, to: from + width };
}

function partingSign(scene: Scene, items: Item[]): void {
  const { geometry: g, parting: where } = scene;
  const sign = partingOn(scene);
  if (!where || !sign) return;
  if (!g.turned) {
    items.push(line(g, [sign.along, g.ruler - 6], [sign.along, g.ruler], "ink", 1.5));
    items.push({ kind: "label", x: sign.from, y: middleOf(g), text: where.text, colour: "ink" });
    return;
  }
  // One way that becomes two.
  const [x, y] = [g.ruler - 16, sign.along];
  items.push({ kind: "path", points: [x, y - 7, x, y, x - 5, y + 7], stroke: "ink", width: 1.5 });
  items.push({ kind: "path", points: [x, y, x + 5, y + 7], stroke: "ink", width: 1.5 });
}

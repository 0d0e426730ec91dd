/** What stands around the run: grid, ruler and names, the cursor, and where another run parts from this one. */
import type { Item } from "./draw-list";
import { acrossOf, alongOf, rulerStep } from "./geometry";
import type { Scene } from "./scene";
import { badge, badgeWidth, CODE_CHARACTER_PX, lastAcross, line, place } from "./shapes";

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

export function parting({ geometry: g, parting: where }: Scene, items: Item[]): void {
  if (!where || where.at < g.from || where.at > g.to) return;
  const along = alongOf(g, where.at + 0.5);
  const bottom = lastAcross(g);
  items.push({
    kind: "path",
    points: [...place(g, along, g.ruler), ...place(g, along, bottom)],
    stroke: "ink",
    width: 1.5,
    dash: [6, 3],
  });
  const [x, y] = g.turned ? [bottom - 4, along - 9] : [along + 5, bottom - 8];
  const width = where.text.length * CODE_CHARACTER_PX;
  items.push({ kind: "box", x: g.turned ? x - width : x - 3, y: y - 8, width: width + 4, height: 16, fill: "paper" });
  items.push({ kind: "label", x, y, text: where.text, colour: "soft", align: g.turned ? "end" : "start" });
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

export function ruler({ geometry: g, events, at, pointed, grouped }: Scene, items: Item[]): void {
  const backdrop = g.turned
    ? { x: 0, y: 0, width: g.ruler, height: g.height }
    : { x: 0, y: 0, width: g.width, height: g.ruler - 4 };
  items.push({ kind: "box", ...backdrop, fill: "paper" });
  const middle = g.turned ? g.ruler - 10 : g.ruler / 2;
  const align = g.turned ? "end" : "middle";
  const step = rulerStep(g);
  const inView = at >= g.from && at <= g.to;
  const badgeLength = g.turned ? BADGE_PX : badgeWidth(grouped(at), BADGE_PX);
  for (let number = Math.ceil(g.from / step) * step; number <= Math.min(g.to, events); number += step) {
    const along = alongOf(g, number);
    const text = grouped(number);
    const length = g.turned ? SMALL_TEXT_PX : text.length * CODE_CHARACTER_PX;
    if (inView && Math.abs(along - alongOf(g, at)) < (badgeLength + length) / 2) continue;
    const [x, y] = place(g, along, middle);
    items.push({ kind: "label", x, y, text, colour: "faint", align });
  }
  if (pointed && pointed.position !== at && pointed.position >= g.from && pointed.position <= g.to) {
    const along = alongOf(g, pointed.position);
    items.push(line(g, [along, g.ruler - 6], [along, g.ruler], "faint", 1.5));
  }
  if (!inView) return;
  const text = grouped(at);
  const half = badgeWidth(text, BADGE_PX) / 2;
  const [x, y] = g.turned
    ? [Math.max(half + 2, g.ruler - 6 - half), alongOf(g, at)]
    : [Math.min(alongOf(g, at), g.width - half - 2), middle - 1];
  items.push(...badge(text, x, y, BADGE_PX).map((item) => (item.kind === "box" ? { ...item, radius: 4 } : item)));
}

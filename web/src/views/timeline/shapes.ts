/** The shapes that drawings are made of, along and across: whichever way the timeline is turned. */
import type { Colour, Item, Path } from "./draw-list";
import { edgeOf, type Geometry } from "./geometry";

export const CODE_CHARACTER_PX = 7.2;

const WIDE_CHARACTER_PX = 12;

/** Lanes that are closer have no room for a word beside them. */
export const WORD_PITCH_PX = 24;

/** How wide a text on the ruler is, near enough to keep others away from it. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, c) => sum + (c > "\u2e7f" ? WIDE_CHARACTER_PX : CODE_CHARACTER_PX), 0);
}

/** A box from `from` to `to` along, `thickness` across. */
export function box(g: Geometry, from: number, to: number, across: number, thickness: number) {
  const length = Math.max(0, to - from);
  return g.turned
    ? ({ kind: "box", x: across - thickness / 2, y: from, width: thickness, height: length } as const)
    : ({ kind: "box", x: from, y: across - thickness / 2, width: length, height: thickness } as const);
}

export function place(g: Geometry, along: number, across: number): [x: number, y: number] {
  return g.turned ? [across, along] : [along, across];
}

export function line(
  g: Geometry,
  from: [number, number],
  to: [number, number],
  stroke: Colour,
  width = 1,
  alpha = 1,
): Path {
  return { kind: "path", points: [...place(g, ...from), ...place(g, ...to)], stroke, width, alpha };
}

export function lastAcross(g: Geometry): number {
  return Math.min(g.turned ? g.width : g.height, edgeOf(g, g.lanes));
}

export function badgeWidth(text: string, height: number): number {
  return Math.max(height + 4, text.length * CODE_CHARACTER_PX + 12);
}

export function badge(text: string, x: number, y: number, height: number): Item[] {
  const width = badgeWidth(text, height);
  return [
    {
      kind: "box",
      x: x - width / 2,
      y: y - height / 2,
      width,
      height,
      radius: height / 2,
      fill: "now",
      stroke: "paper",
    },
    { kind: "label", x, y, text, colour: "onNow", align: "middle", code: true, bold: true },
  ];
}

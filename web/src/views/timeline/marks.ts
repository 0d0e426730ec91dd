/** The shapes of operations. Each is known by its form alone; colour only repeats it. */
import type { Shape } from "../../core/wire";
import type { Colour, Item, Path } from "./draw-list";

/** In the order of their numbers on the wire. */
const SHAPES: readonly Shape[] = [
  "tick",
  "send",
  "receive",
  "select",
  "close",
  "spawn",
  "exit",
  "panic",
  "park",
  "output",
  "read",
  "write",
  "time",
  "acquire",
  "release",
  "cancel",
];

export const WENT_WRONG = 1;
export const BY_SELECT = 2;
export const RACES = 4;

/** The shape with a number; a number that this page does not know is a tick. */
export function shapeNumbered(number: number): Shape {
  return SHAPES[number] ?? "tick";
}

/** How far the cross of what went wrong, and the chevrons of a race on either side, reach: in radii of the mark. */
const CROSS_REACH = 1.7;
const CHEVRON_FROM = 1.4;
const CHEVRON_TO = 2.5;

/** How far a mark reaches along its lane, in radii, with the signs of what is wrong with it. A panic is such a sign itself. */
export function reachOf(shape: Shape, flags: number): number {
  const cross = (flags & WENT_WRONG) === 0 || shape === "panic" ? 1 : CROSS_REACH;
  return (flags & RACES) === 0 ? cross : CHEVRON_TO - 1 + cross;
}

export interface Mark {
  readonly shape: Shape;
  readonly x: number;
  readonly y: number;
  /** Half its size. */
  readonly radius: number;
  readonly turned: boolean;
  readonly colour: Colour;
  readonly flags: number;
  readonly alpha: number;
}

export function drawMark(mark: Mark): readonly Item[] {
  const { shape, x, y, radius: r, turned, flags, alpha } = mark;
  const wrong = (flags & WENT_WRONG) !== 0;
  const stroke = mark.colour;
  /** Points given along and across, around the middle. */
  const points = (...offsets: number[]) => {
    const placed: number[] = [];
    for (let index = 0; index + 1 < offsets.length; index += 2) {
      const along = offsets[index] * r;
      const across = offsets[index + 1] * r;
      placed.push(x + (turned ? across : along), y + (turned ? along : across));
    }
    return placed;
  };
  const line = (width: number, ...offsets: number[]): Path => ({
    kind: "path",
    points: points(...offsets),
    stroke,
    width,
    alpha,
  });
  const area = (fill: Colour, ...offsets: number[]): Item => ({
    kind: "path",
    points: points(...offsets),
    closed: true,
    fill,
    stroke,
    width: 1.4,
    alpha,
  });
  const cross = (width: number, reach: number): Item[] =>
    [-reach, reach].map((side) => ({ ...line(width, -reach, -side, reach, side), stroke: "bad" }));
  const items: Item[] = [];
  // Behind the shape, which can be told in front of it.
  if (wrong && shape !== "panic") items.push(...cross(2, CROSS_REACH));
  switch (shape) {
    case "send":
      items.push(area("paper", -0.75, -0.95, 0.95, 0, -0.75, 0.95));
      break;
    case "receive":
      items.push({ kind: "circle", x, y, radius: r * 0.85, fill: "paper", stroke, width: 1.4, alpha });
      break;
    case "select":
      items.push(area("paper", -1, 0, 0, -1, 1, 0, 0, 1));
      break;
    case "close":
      items.push(line(3, 0, -1.7, 0, 1.7));
      break;
    case "spawn":
      items.push(line(1.4, -1, 0, 0, 0, 1, -0.9), line(1.4, 0, 0, 1, 0.9));
      break;
    case "exit":
      items.push(line(2, 0, -1.3, 0, 1.3));
      break;
    case "panic":
      items.push(...cross(2, 1));
      break;
    case "park":
      break;
    case "output":
      items.push(area("paper", -0.6, -0.9, 0.7, -0.9, 0.7, 0.9, -0.6, 0.9), line(1, -0.25, -0.3, 0.35, -0.3));
      break;
    case "read":
      items.push(area("paper", -0.7, -0.7, 0.7, -0.7, 0.7, 0.7, -0.7, 0.7));
      break;
    case "write":
      items.push(area(stroke, -0.7, -0.7, 0.7, -0.7, 0.7, 0.7, -0.7, 0.7));
      break;
    case "time":
      items.push(line(1.4, -0.8, -1, 0.8, -1, -0.8, 1, 0.8, 1, -0.8, -1));
      break;
    case "acquire":
      items.push(line(1.6, 0.5, -1.2, -0.4, -1.2, -0.4, 1.2, 0.5, 1.2));
      break;
    case "release":
      items.push(line(1.6, -0.5, -1.2, 0.4, -1.2, 0.4, 1.2, -0.5, 1.2));
      break;
    case "cancel":
      items.push(line(1.8, -0.8, -1.2, 0.2, -0.2, -0.2, 0.2, 0.8, 1.2));
      break;
    case "tick":
      items.push(line(1.2, 0, -0.8, 0, 0.8));
      break;
  }
  if ((flags & BY_SELECT) !== 0 && (shape === "send" || shape === "receive")) {
    items.push({
      kind: "path",
      points: points(-0.45, 0, 0, -0.45, 0.45, 0, 0, 0.45),
      closed: true,
      fill: stroke,
      alpha,
    });
  }
  // Two that run into each other.
  if ((flags & RACES) !== 0) {
    const foot = reachOf(shape, flags);
    const tip = foot - CHEVRON_TO + CHEVRON_FROM;
    for (const side of [-1, 1]) {
      items.push({ ...line(2.2, side * foot, -1.2, side * tip, 0, side * foot, 1.2), stroke: "bad" });
    }
  }
  return items;
}

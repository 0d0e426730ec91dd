/** Places on the lanes that something is said of: where the pointer is, where the keyboard is, where a marked span is. */
import { acrossOf, alongOf, type Geometry } from "./geometry";
import type { MarkedSpan } from "./marked-span";

export interface Spot {
  readonly lane: number;
  /** The place along it, between two steps or at one. */
  readonly along: number;
  readonly position: number;
  readonly x: number;
  readonly y: number;
}

/** Where the keyboard is: on the lane that it has chosen, at the cursor. */
export function spotOfKeys(geometry: Geometry, lane: number | undefined, at: number): Spot | undefined {
  return lane === undefined ? undefined : spotOn(geometry, lane, at);
}

/** Where a marked span is told of, while any of it is in view. */
export function spotOfSpan(
  geometry: Geometry,
  marked: MarkedSpan | undefined,
  lane: number | undefined,
): Spot | undefined {
  if (!marked || lane === undefined || marked.to < geometry.from || marked.from > geometry.to) return undefined;
  const along = Math.max(geometry.from, Math.min(marked.position, geometry.to));
  return { ...spotOn(geometry, lane, along), position: marked.position };
}

export function isOnSpan(spot: Spot, marked: MarkedSpan | undefined, lane: number | undefined): boolean {
  return marked !== undefined && lane === spot.lane && spot.along >= marked.from && spot.along <= marked.to;
}

function spotOn(geometry: Geometry, lane: number, position: number): Spot {
  const [along, across] = [alongOf(geometry, position), acrossOf(geometry, lane)];
  const [x, y] = geometry.turned ? [across, along] : [along, across];
  return { lane, along: position, position, x, y };
}

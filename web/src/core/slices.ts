/** How much is done at a stretch: long enough to be fast, short enough that there is news and *cancel* is heard. */

/** The sizes that slices can have, and how long one should take. */
export interface Slices {
  /** The first one, which is also the smallest. */
  readonly first: number;
  readonly largest: number;
  readonly goalMs: number;
}

/** Events of a run. */
export const EVENTS: Slices = { first: 2_000, largest: 500_000, goalMs: 40 };
/** Executions of an exploration. */
export const EXECUTIONS: Slices = { first: 1, largest: 100_000, goalMs: 40 };
/** Random runs beside it: the smaller part of its time. */
export const SAMPLES: Slices = { first: 1, largest: 1_000, goalMs: 10 };

/** The next slice, from how long the last one took. It at most doubles, so one lucky measurement cannot overshoot. */
export function nextSlice(size: number, tookMs: number, { first, largest, goalMs }: Slices): number {
  const each = Math.max(tookMs, 0.1) / size;
  return Math.max(first, Math.min(Math.floor(goalMs / each), size * 2, largest));
}

/** How much of a run is done at a stretch: long enough to be fast, short enough that *cancel* is heard. */

/** Events in the first slice of a run. */
export const FIRST_SLICE_EVENTS = 2_000;
const SLICE_GOAL_MS = 40;
const LARGEST_SLICE_EVENTS = 500_000;

/** The next slice, from how long the last one took. It at most doubles, so one lucky measurement cannot overshoot. */
export function nextSlice(events: number, tookMs: number): number {
  const perEvent = Math.max(tookMs, 0.1) / events;
  const wanted = Math.floor(SLICE_GOAL_MS / perEvent);
  return Math.max(FIRST_SLICE_EVENTS, Math.min(wanted, events * 2, LARGEST_SLICE_EVENTS));
}

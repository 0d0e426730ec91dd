/**
 * The stretch of a run that the timeline shows: pure functions from one viewport to the next.
 *
 * A viewport is a pair of positions, `from` < `to`, fractions allowed, within 0 and the number of events.
 */

export interface Viewport {
  readonly from: number;
  readonly to: number;
}

/** Closest zoom: this many events across the whole timeline. */
export const SHORTEST_EVENTS = 8;
/** A run opens with all of it in view when every event then still has this many pixels, and else with a part. */
const COMFORTABLE_PIXELS_PER_EVENT = 12;
/** Taken for the timeline's room until that is known. */
const USUAL_PIXELS = 1_000;
/** How far into the viewport the cursor is put when it left it: this share of the width. */
const FOLLOW_SHARE = 0.2;

/** All of a run. */
export function whole(events: number): Viewport {
  return { from: 0, to: Math.max(events, SHORTEST_EVENTS) };
}

/** How a run opens: all of it where that is readable, else a readable part around `at`. `pixels`: 0 until they are known. */
export function opening(
  events: number,
  at: number,
  pixels: number,
  comfortable = COMFORTABLE_PIXELS_PER_EVENT,
): Viewport {
  const readable = Math.max(SHORTEST_EVENTS, Math.floor((pixels || USUAL_PIXELS) / comfortable));
  if (events <= readable * 1.25) return whole(events);
  return within({ from: at - readable * FOLLOW_SHARE, to: at + readable * (1 - FOLLOW_SHARE) }, events);
}

/** Whether a run of so many events can be shown like this. */
export function fits({ from, to }: Viewport, events: number): boolean {
  return to - from >= SHORTEST_EVENTS && to <= whole(events).to;
}

export function isSameViewport(a: Viewport, b: Viewport): boolean {
  return a.from === b.from && a.to === b.to;
}

/** Zooms by `factor` (above 1 comes closer) and keeps `anchor` where it is on the screen. */
export function zoom(view: Viewport, events: number, factor: number, anchor: number): Viewport {
  const longest = whole(events).to;
  const length = Math.min(longest, Math.max(SHORTEST_EVENTS, (view.to - view.from) / factor));
  const share = (anchor - view.from) / (view.to - view.from);
  const from = anchor - share * length;
  return within({ from, to: from + length }, events);
}

/** Moves by a number of events. */
export function pan(view: Viewport, events: number, by: number): Viewport {
  return within({ from: view.from + by, to: view.to + by }, events);
}

/** Turns the page, so to speak, when the cursor has left the viewport; else leaves it alone. */
export function follow(view: Viewport, events: number, at: number): Viewport {
  if (at >= view.from && at <= view.to) return view;
  const length = view.to - view.from;
  const share = at > view.to ? FOLLOW_SHARE : 1 - FOLLOW_SHARE;
  return within({ from: at - length * share, to: at + length * (1 - share) }, events);
}

function within({ from, to }: Viewport, events: number): Viewport {
  const longest = whole(events).to;
  const length = Math.min(to - from, longest);
  const start = Math.min(Math.max(from, 0), longest - length);
  return { from: start, to: start + length };
}

/** The events of a run as a list, a page at a time: pure functions of where the cursor is. */

/** Events on a page. */
export const EVENTS_A_PAGE = 50;

/** The page with the event that leads to a position. */
export function pageOf(at: number): number {
  return Math.floor(Math.max(0, at - 1) / EVENTS_A_PAGE);
}

/** How many pages a run has; one where nothing has happened. */
export function pagesOf(events: number): number {
  return Math.max(1, Math.ceil(events / EVENTS_A_PAGE));
}

/** Which events are on a page: from one index to before another. */
export function eventsOn(page: number, events: number): { readonly from: number; readonly to: number } {
  return { from: Math.min(page * EVENTS_A_PAGE, events), to: Math.min((page + 1) * EVENTS_A_PAGE, events) };
}

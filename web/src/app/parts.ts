/** The parts of the page that nobody needs in order to walk through a run. */
import { effect, type Signal } from "@preact/signals";
import { part } from "./part";

export const Outcomes = part(async () => (await import("./outcomes-room")).OutcomesRoom);
export const Overlay = part(async () => (await import("./overlay-room")).OverlayRoom);
export const Tcp = part(async () => (await import("./tcp-chapter")).TcpChapter);
export const TcpRun = part(async () => (await import("./tcp-chapter")).TcpRun);
export const TcpShare = part(async () => (await import("./tcp-chapter")).TcpShareRoom);

/**
 * Has what every chapter offers at hand once there is a moment to look at and the browser has nothing else to do, so that
 * it opens at once. What does not come is asked for again when it is wanted.
 */
export function loadAhead(moment: Signal<unknown>): void {
  const load = () => void Promise.allSettled([Outcomes.load(), Overlay.load()]);
  const done = effect(() => {
    if (moment.value === undefined) return;
    // Safari does not tell when it is idle.
    if ("requestIdleCallback" in globalThis) requestIdleCallback(load);
    else setTimeout(load, 1_000);
    queueMicrotask(() => done());
  });
}

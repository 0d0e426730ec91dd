/**
 * Draws a step once. The moment at the cursor is there a little after the cursor has moved; to draw the cursor first, or
 * the stretch that the timeline turns to with it, would make, lay out and paint the page twice for every step, and the
 * second time is what the reader waits for.
 */
import { batch, effect, type Signal } from "@preact/signals";
import type { Viewport } from "../state/viewport";

export interface Drawn {
  readonly run: Signal<unknown>;
  readonly at: Signal<number>;
  readonly stride: Signal<number>;
  readonly viewport: Signal<Viewport>;
  readonly moment: Signal<{ readonly at: number } | undefined>;
  readonly drawnAt: Signal<number>;
  readonly drawnStride: Signal<number>;
  readonly drawnViewport: Signal<Viewport>;
}

/** Runs as long as the page does. A moment that takes longer than a frame is not waited for. */
export function drawWithMoments(store: Drawn, nextFrame: (callback: () => void) => void): void {
  let waiting = false;
  let drawn: unknown;
  const draw = () =>
    batch(() => {
      store.drawnAt.value = store.at.peek();
      store.drawnStride.value = store.stride.peek();
      store.drawnViewport.value = store.viewport.peek();
    });
  effect(() => {
    const [run, at, viewport, moment] = [store.run.value, store.at.value, store.viewport.value, store.moment.value];
    // Of another run the old position is none.
    const isOther = run !== drawn;
    drawn = run;
    if (moment?.at === at || isOther) return draw();
    // Before the first moment nothing is drawn that could be drawn twice.
    if (!moment) store.drawnViewport.value = viewport;
    if (waiting) return;
    waiting = true;
    // The first frame may be the one that is being made.
    nextFrame(() =>
      nextFrame(() => {
        waiting = false;
        draw();
      }),
    );
  });
}

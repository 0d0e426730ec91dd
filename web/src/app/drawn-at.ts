/**
 * Draws a step once. The moment at the cursor is there a little after the cursor has moved; to draw the cursor first would
 * lay out and paint the page twice for every step, and the second time is what the reader waits for.
 */
import { effect, type Signal } from "@preact/signals";

export interface Drawn {
  readonly at: Signal<number>;
  readonly moment: Signal<{ readonly at: number } | undefined>;
  readonly drawnAt: Signal<number>;
}

/** Runs as long as the page does. A moment that takes longer than a frame is not waited for. */
export function drawWithMoments(store: Drawn, nextFrame: (callback: () => void) => void): void {
  let waiting = false;
  effect(() => {
    const at = store.at.value;
    if (store.moment.value?.at === at) store.drawnAt.value = at;
    else if (!waiting) {
      waiting = true;
      // The first frame may be the one that is being made.
      nextFrame(() =>
        nextFrame(() => {
          waiting = false;
          store.drawnAt.value = store.at.peek();
        }),
      );
    }
  });
}

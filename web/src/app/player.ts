/** Plays a run: so many steps a second, as the screen is refreshed. */
import { effect, type Signal } from "@preact/signals";

/** What can be played: runs of programs, and sessions that were recorded. */
export interface Played {
  readonly playing: Signal<boolean>;
  readonly speed: Signal<number>;
  readonly at: Signal<number>;
  readonly run: Signal<{ readonly events: number } | undefined>;
}

/** Runs as long as the page does. */
export function startPlayer(store: Played, cursor: { seek(position: number): void; pause(): void }): void {
  effect(() => {
    if (!store.playing.value) return;
    const speed = store.speed.value;
    let due = 0;
    let before: number | undefined;
    let frame = requestAnimationFrame(function tick(now) {
      due += before === undefined ? 0 : ((now - before) / 1000) * speed;
      before = now;
      const steps = Math.floor(due);
      if (steps > 0) {
        due -= steps;
        cursor.seek(store.at.peek() + steps);
        if (store.at.peek() >= (store.run.peek()?.events ?? 0)) {
          cursor.pause();
          return;
        }
      }
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  });
}

/**
 * In real time: the program at hand on an event loop, as it would run in any page.
 *
 * What comes of it is a run like any other, which is opened: its order is recorded and replays. A run that is opened
 * meanwhile stops it.
 */
import { effect } from "@preact/signals";
import type { LoopAnswer, LoopLine } from "../core/event-loop";
import type { Actions } from "./actions";
import type { Store } from "./store";

/** A program under way in real time. */
export interface RealTimeUnderWay {
  readonly elapsedMs: number;
  /** The program waits for the reader to press its button. */
  readonly waitsForReader: boolean;
}

/** How much faster than real the program's time can pass. */
export const REAL_TIME_SPEEDS = [1, 10, 100] as const;

export class RealTime {
  constructor(
    private readonly store: Store,
    private readonly line: LoopLine,
    private readonly actions: Pick<Actions, "askedFor" | "refuseDraft" | "openRun">,
  ) {
    effect(() => {
      void store.run.value;
      if (store.realTime.peek()) this.stop();
    });
  }

  /** Runs what the form says. */
  start(): void {
    const { store } = this;
    const spec = this.actions.askedFor();
    if (!spec) return;
    store.notice.value = undefined;
    store.realTime.value = { elapsedMs: 0, waitsForReader: false };
    this.line.run(spec, store.realTimeSpeed.value, (answer) => this.#hear(answer));
  }

  /** The reader presses the button that the program waits for. */
  press(): void {
    this.line.press();
  }

  /** Leaves it; the run at hand stays. */
  stop(): void {
    this.line.stop();
    this.store.realTime.value = undefined;
  }

  setSpeed(speed: number): void {
    this.store.realTimeSpeed.value = speed;
  }

  #hear(answer: LoopAnswer): void {
    const { store, actions } = this;
    switch (answer.type) {
      case "state":
        store.realTime.value = { elapsedMs: answer.elapsedMs, waitsForReader: answer.waitsForReader };
        return;
      case "done":
        store.realTime.value = undefined;
        void actions.openRun(answer.spec);
        return;
      case "refused":
        store.realTime.value = undefined;
        actions.refuseDraft(answer.refusal);
        return;
      case "broken":
        store.realTime.value = undefined;
        store.notice.value = { kind: "loopBroke", reason: answer.reason };
    }
  }
}

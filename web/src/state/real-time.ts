/**
 * In real time: the program at hand on an event loop, as it would run in any page.
 *
 * What comes of it is a run like any other, which is opened: its order is recorded and replays, and when the reader
 * stops it, what comes after is first come, first served. A run that is opened meanwhile ends it.
 */
import { effect } from "@preact/signals";
import type { LoopAnswer, LoopLine } from "../core/event-loop";
import type { RunSpec, RunSummary } from "../core/wire";
import type { Form } from "./actions/form";
import type { Runs } from "./actions/runs";
import type { Store } from "./store";

/** A program under way in real time. */
export interface RealTimeUnderWay {
  readonly elapsedMs: number;
  /** The program waits for the reader to press its button. */
  readonly waitsForReader: boolean;
}

/** A program that has run in real time, and is open as a run. */
export interface RealTimeOver {
  readonly run: RunSummary;
  readonly elapsedMs: number;
  /** It is the run that was open before, step by step. */
  readonly same: boolean;
}

/** How much faster than real the program's time can pass. */
export const REAL_TIME_SPEEDS = [1, 10, 100] as const;

export class RealTime {
  constructor(
    private readonly store: Store,
    private readonly line: LoopLine,
    private readonly form: Pick<Form, "askedFor" | "refuse">,
    private readonly runs: Pick<Runs, "openRun">,
  ) {
    effect(() => {
      void store.run.value;
      if (store.realTime.peek()) this.#leave();
    });
  }

  /** Runs what the form says. */
  start(): void {
    const { store } = this;
    const spec = this.form.askedFor();
    if (!spec) return;
    store.notice.value = undefined;
    store.realTime.value = { elapsedMs: 0, waitsForReader: false };
    this.line.run(spec, store.realTimeSpeed.value, (answer) => this.#hear(answer));
  }

  /** The reader presses the button that the program waits for. */
  press(): void {
    this.line.press();
  }

  /** Waits no longer: what has happened is opened. */
  stop(): void {
    this.line.stop();
  }

  setSpeed(speed: number): void {
    this.store.realTimeSpeed.value = speed;
  }

  /** Nothing of it is opened; the run at hand stays. */
  #leave(): void {
    this.line.leave();
    this.store.realTime.value = undefined;
  }

  /** Opens what was recorded, and says how it went: a run that is over at once looks like none. */
  async #open(spec: RunSpec, elapsedMs: number): Promise<void> {
    const { store, runs } = this;
    const before = store.run.value;
    await runs.openRun(spec);
    const run = store.run.value;
    // Refused, or overtaken by another one.
    if (!run || run === before || store.underWay.value !== undefined) return;
    store.realTimeOver.value = { run, elapsedMs, same: run.digest === before?.digest };
  }

  #hear(answer: LoopAnswer): void {
    const { store, form } = this;
    switch (answer.type) {
      case "state":
        store.realTime.value = { elapsedMs: answer.elapsedMs, waitsForReader: answer.waitsForReader };
        return;
      case "done":
        store.realTime.value = undefined;
        void this.#open(answer.spec, answer.elapsedMs);
        return;
      case "refused":
        store.realTime.value = undefined;
        form.refuse(answer.refusal);
        return;
      case "broken":
        store.realTime.value = undefined;
        store.notice.value = { kind: "loopBroke", reason: answer.reason };
    }
  }
}

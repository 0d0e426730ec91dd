/**
 * The page's end of the line to a program on an event loop of its own, in real time. Each run has a worker: a goroutine
 * that never waits keeps neither the page nor *stop* from being heard.
 */
import { type Broken, OneWorker, type WorkerLike } from "./one-worker";
import type { Refused } from "./thrown";
import type { RunSpec } from "./wire";

/** What the worker is told: first what to run and how much faster than real its time passes, then what the reader does. */
export type LoopRequest =
  | { readonly type: "run"; readonly spec: RunSpec; readonly speed: number }
  | { readonly type: "press" }
  /** Wait no longer: what has happened is told by `done`. */
  | { readonly type: "stop" };

/** What the worker tells. After `done`, `refused` and `broken` it tells nothing more. */
export type LoopAnswer =
  | { readonly type: "state"; readonly elapsedMs: number; readonly waitsForReader: boolean }
  /** The run that replays what happened, and how long that took. */
  | { readonly type: "done"; readonly spec: RunSpec; readonly elapsedMs: number }
  | Refused
  | Broken;

export type LoopWorkerLike = WorkerLike<LoopRequest, LoopAnswer>;

/** What the state needs of event loops. */
export interface LoopLine {
  run(spec: RunSpec, speed: number, hear: (answer: LoopAnswer) => void): void;
  press(): void;
  stop(): void;
  leave(): void;
}

export class LoopClient implements LoopLine {
  readonly #worker: OneWorker<LoopRequest, LoopAnswer>;

  constructor(spawn: () => LoopWorkerLike) {
    this.#worker = new OneWorker<LoopRequest, LoopAnswer>(spawn, ({ type }) => type !== "state");
  }

  /** Begins a run; one that is under way is stopped. */
  run(spec: RunSpec, speed: number, hear: (answer: LoopAnswer) => void): void {
    this.#worker.begin({ type: "run", spec, speed }, hear);
  }

  /** The reader presses the button that the program waits for. */
  press(): void {
    this.#worker.tell({ type: "press" });
  }

  /** Asks for what has happened so far, as the run's end. */
  stop(): void {
    this.#worker.tell({ type: "stop" });
  }

  /** Ends what is under way; nothing more is heard of it. */
  leave(): void {
    this.#worker.end();
  }
}

/** A worker that runs a program on its event loop. */
export function spawnLoop(): LoopWorkerLike {
  return new Worker(new URL("./event-loop-worker.ts", import.meta.url), {
    type: "module",
    name: "event loop",
  }) as LoopWorkerLike;
}

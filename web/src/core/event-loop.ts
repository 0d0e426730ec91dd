/**
 * The page's end of the line to a program on an event loop of its own, in real time. Each run has a worker: a goroutine
 * that never waits keeps neither the page nor *stop* from being heard.
 */
import type { Refusal, RunSpec } from "./wire";

/** What the worker is told: first what to run and how much faster than real its time passes, then what the reader does. */
export type LoopRequest =
  | { readonly type: "run"; readonly spec: RunSpec; readonly speed: number }
  | { readonly type: "press" };

/** What the worker tells. After `done`, `refused` and `broken` it tells nothing more. */
export type LoopAnswer =
  | { readonly type: "state"; readonly elapsedMs: number; readonly waitsForReader: boolean }
  /** The run that replays what happened. */
  | { readonly type: "done"; readonly spec: RunSpec }
  | { readonly type: "refused"; readonly refusal: Refusal }
  | { readonly type: "broken"; readonly reason: string };

/** What is needed of a worker. */
export interface LoopWorkerLike {
  postMessage(message: LoopRequest): void;
  terminate(): void;
  onmessage: ((event: { readonly data: LoopAnswer }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** What the state needs of event loops. */
export interface LoopLine {
  run(spec: RunSpec, speed: number, hear: (answer: LoopAnswer) => void): void;
  press(): void;
  stop(): void;
}

export class LoopClient implements LoopLine {
  #worker: LoopWorkerLike | undefined;

  constructor(private readonly spawn: () => LoopWorkerLike) {}

  /** Begins a run; one that is under way is stopped. */
  run(spec: RunSpec, speed: number, hear: (answer: LoopAnswer) => void): void {
    this.stop();
    const worker = this.spawn();
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (data.type !== "state") this.stop();
      hear(data);
    };
    worker.onerror = ({ message }) => {
      this.stop();
      hear({ type: "broken", reason: message ?? "the worker could not be started" });
    };
    worker.postMessage({ type: "run", spec, speed });
  }

  /** The reader presses the button that the program waits for. */
  press(): void {
    this.#worker?.postMessage({ type: "press" });
  }

  /** Ends the run under way. Nothing more is heard of it. */
  stop(): void {
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  }
}

/** A worker that runs a program on its event loop. */
export function spawnLoop(): LoopWorkerLike {
  return new Worker(new URL("./event-loop-worker.ts", import.meta.url), {
    type: "module",
    name: "event loop",
  }) as LoopWorkerLike;
}

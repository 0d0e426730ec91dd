/**
 * The page's end of the line to an exploration. Each has a worker of its own, so that neither drawing nor stepping waits
 * for it and *cancel* takes effect at once: the worker is ended, and what it has told stays.
 */
import type { ExploreProgress, ExploreReport, ExploreSpec, Refusal } from "./wire";

/** What the worker tells. After `done`, `refused` and `broken` it tells nothing more. */
export type ExploreAnswer =
  | { readonly type: "progress"; readonly progress: ExploreProgress; readonly elapsedMs: number }
  | { readonly type: "report"; readonly report: ExploreReport }
  | { readonly type: "done" }
  | { readonly type: "refused"; readonly refusal: Refusal }
  | { readonly type: "broken"; readonly reason: string };

/** What is needed of a worker. */
export interface ExploreWorkerLike {
  postMessage(message: ExploreSpec): void;
  terminate(): void;
  onmessage: ((event: { readonly data: ExploreAnswer }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** What the state needs of explorations. */
export interface ExploreLine {
  explore(spec: ExploreSpec, hear: (answer: ExploreAnswer) => void): void;
  cancel(): void;
}

export class ExploreClient implements ExploreLine {
  #worker: ExploreWorkerLike | undefined;

  constructor(private readonly spawn: () => ExploreWorkerLike) {}

  /** Begins an exploration; one that is under way is cancelled. */
  explore(spec: ExploreSpec, hear: (answer: ExploreAnswer) => void): void {
    this.cancel();
    const worker = this.spawn();
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (data.type !== "progress" && data.type !== "report") this.cancel();
      hear(data);
    };
    worker.onerror = ({ message }) => {
      this.cancel();
      hear({ type: "broken", reason: message ?? "the worker could not be started" });
    };
    worker.postMessage(spec);
  }

  /** Ends the exploration under way. Nothing more is heard of it. */
  cancel(): void {
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  }
}

/** A worker that explores with the real core. */
export function spawnExplorer(): ExploreWorkerLike {
  return new Worker(new URL("./explore-worker.ts", import.meta.url), {
    type: "module",
    name: "explorer",
  }) as ExploreWorkerLike;
}

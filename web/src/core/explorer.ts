/**
 * The page's end of the line to an exploration. Each has a worker of its own, so that neither drawing nor stepping waits
 * for it and *cancel* takes effect at once: the worker is ended, and what it has told stays.
 */
import { type Broken, OneWorker, type WorkerLike } from "./one-worker";
import type { Refused } from "./thrown";
import type { ExploreProgress, ExploreReport, ExploreSpec } from "./wire";

/** What the worker tells. After `done`, `refused` and `broken` it tells nothing more. */
export type ExploreAnswer =
  | { readonly type: "progress"; readonly progress: ExploreProgress; readonly elapsedMs: number }
  | { readonly type: "report"; readonly report: ExploreReport }
  | { readonly type: "done" }
  | Refused
  | Broken;

export type ExploreWorkerLike = WorkerLike<ExploreSpec, ExploreAnswer>;

/** What the state needs of explorations. */
export interface ExploreLine {
  explore(spec: ExploreSpec, hear: (answer: ExploreAnswer) => void): void;
  cancel(): void;
}

export class ExploreClient implements ExploreLine {
  readonly #worker: OneWorker<ExploreSpec, ExploreAnswer>;

  constructor(spawn: () => ExploreWorkerLike) {
    this.#worker = new OneWorker<ExploreSpec, ExploreAnswer>(
      spawn,
      ({ type }) => type !== "progress" && type !== "report",
    );
  }

  /** Begins an exploration; one that is under way is cancelled. */
  explore(spec: ExploreSpec, hear: (answer: ExploreAnswer) => void): void {
    this.#worker.begin(spec, hear);
  }

  cancel(): void {
    this.#worker.end();
  }
}

/** A worker that explores with the real core. */
export function spawnExplorer(): ExploreWorkerLike {
  return new Worker(new URL("./explore-worker.ts", import.meta.url), {
    type: "module",
    name: "explorer",
  }) as ExploreWorkerLike;
}

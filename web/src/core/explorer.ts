/**
 * The page's end of the line to an exploration. Each has a worker of its own, so that neither drawing nor stepping waits
 * for it and *cancel* takes effect at once: the worker is ended, and what it has told stays.
 *
 * Those that search parts of it are ended in the same way. They are the page's and not that worker's: in Firefox a worker
 * that ends while one of its own starts leaves both behind.
 */
import { type Broken, OneWorker, type WorkerLike } from "./one-worker";
import type { Refused } from "./thrown";
import type { ExploreProgress, ExploreReport, ExploreSpec } from "./wire";

/** Once the search is over, what was found is looked at more closely: how often in all, and how often from now on. */
export interface Closer {
  readonly left: number;
  readonly all: number;
}

/** What the worker is told: what to explore, and when it has asked for others who search, its lines to them. */
export type ExploreRequest =
  | { readonly type: "explore"; readonly spec: ExploreSpec }
  | { readonly type: "lines"; readonly lines: readonly MessagePort[] };

/** What the worker tells. After `done`, `refused` and `broken` it tells nothing more. */
export type ExploreAnswer =
  | { readonly type: "progress"; readonly progress: ExploreProgress; readonly elapsedMs: number }
  | { readonly type: "report"; readonly report: ExploreReport }
  | ({ readonly type: "closer" } & Closer)
  | { readonly type: "done" }
  | Refused
  | Broken;

/** It asks for others who search, once at most. */
export interface AsksForOthers {
  readonly type: "others";
}

export type ExploreWorkerLike = WorkerLike<ExploreRequest, ExploreAnswer | AsksForOthers>;

/** A worker that searches parts. It hears of what, and answers, on the line that it is given. */
export type SearcherLike = Pick<WorkerLike<MessagePort, never>, "postMessage" | "terminate">;

/** So many search beside each other, at most: each takes some megabytes. */
const MOST_SEARCHERS = 8;

/** What the state needs of explorations. */
export interface ExploreLine {
  explore(spec: ExploreSpec, hear: (answer: ExploreAnswer) => void): void;
  cancel(): void;
}

export class ExploreClient implements ExploreLine {
  readonly #worker: OneWorker<ExploreRequest, ExploreAnswer | AsksForOthers>;
  #searchers: readonly SearcherLike[] = [];

  constructor(
    spawn: () => ExploreWorkerLike,
    private readonly spawnSearcher: () => SearcherLike,
    private readonly cores: number,
  ) {
    this.#worker = new OneWorker<ExploreRequest, ExploreAnswer | AsksForOthers>(spawn, isLast);
  }

  /** Begins an exploration; one that is under way is cancelled. */
  explore(spec: ExploreSpec, hear: (answer: ExploreAnswer) => void): void {
    this.cancel();
    this.#worker.begin({ type: "explore", spec }, (answer) => {
      if (answer.type === "others") return this.#giveOthers();
      if (isLast(answer)) this.cancel();
      hear(answer);
    });
  }

  cancel(): void {
    this.#worker.end();
    for (const searcher of this.#searchers) searcher.terminate();
    this.#searchers = [];
  }

  #giveOthers(): void {
    const count = this.cores > 1 ? Math.min(this.cores, MOST_SEARCHERS) : 0;
    const lines: MessagePort[] = [];
    this.#searchers = Array.from({ length: count }, () => {
      const { port1, port2 } = new MessageChannel();
      const searcher = this.spawnSearcher();
      searcher.postMessage(port1, [port1]);
      lines.push(port2);
      return searcher;
    });
    this.#worker.tell({ type: "lines", lines }, lines);
  }
}

function isLast({ type }: ExploreAnswer | AsksForOthers): boolean {
  return type === "done" || type === "refused" || type === "broken";
}

/** A worker that explores with the real core. */
export function spawnExplorer(): ExploreWorkerLike {
  return new Worker(new URL("./explore-worker.ts", import.meta.url), {
    type: "module",
    name: "explorer",
  }) as ExploreWorkerLike;
}

/** A worker that searches parts with the real core. */
export function spawnSearcher(): SearcherLike {
  return new Worker(new URL("./part-worker.ts", import.meta.url), { type: "module", name: "searcher" });
}

/**
 * The page's end of the line to the core: calls as promises, runs with progress and *cancel*.
 *
 * When the core traps, the worker is replaced, everything under way is rejected with `CoreRestarted`, and the watcher
 * hears why. The new core knows no run: whoever owns the run has to ask for it again. A worker that breaks before it has
 * ever answered is not replaced, since the next one would break in the same way.
 */
import type { Answer, Method, Methods, Request } from "./protocol";
import type { Refusal, RunSpec, RunSummary } from "./wire";

/** The core understood and said no. */
export class CoreRefused extends Error {
  override readonly name = "CoreRefused";
  constructor(readonly refusal: Refusal) {
    super(refusal.message.en);
  }
}

/** The core trapped and was replaced while this was under way. */
export class CoreRestarted extends Error {
  override readonly name = "CoreRestarted";
}

/** A run was cancelled, or a newer one took its place. */
export class RunCancelled extends Error {
  override readonly name = "RunCancelled";
}

/** What the client needs of a worker. */
export interface WorkerLike {
  postMessage(message: Request): void;
  terminate(): void;
  onmessage: ((event: { readonly data: Answer }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: Error): void;
  onProgress?: (events: number) => void;
}

/** Hears what became of the core. */
export interface CoreWatcher {
  restarted(reason: string): void;
  failed(reason: string): void;
}

/** A run that has been asked for. */
export interface RunUnderWay {
  readonly summary: Promise<RunSummary>;
  cancel(): void;
}

export class CoreClient {
  #worker: WorkerLike;
  #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #hasAnswered = false;

  constructor(
    private readonly spawn: () => WorkerLike,
    private readonly watcher: CoreWatcher,
  ) {
    this.#worker = this.#start();
  }

  call<M extends Method>(method: M, ...args: Parameters<Methods[M]>): Promise<ReturnType<Methods[M]>> {
    const id = this.#takeId();
    const answer = new Promise<ReturnType<Methods[M]>>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
    });
    this.#worker.postMessage({ type: "call", id, method, args });
    return answer;
  }

  run(spec: RunSpec, onProgress: (events: number) => void): RunUnderWay {
    const id = this.#takeId();
    const summary = new Promise<RunSummary>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject, onProgress });
    });
    this.#worker.postMessage({ type: "run", id, spec });
    return { summary, cancel: () => this.#worker.postMessage({ type: "cancel", id }) };
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  #start(): WorkerLike {
    const worker = this.spawn();
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = ({ message }) => this.#replace(message ?? "the worker could not be started");
    return worker;
  }

  #hear(answer: Answer): void {
    if (answer.type === "broken") {
      this.#replace(answer.reason);
      return;
    }
    this.#hasAnswered = true;
    const waiting = this.#waiting.get(answer.id);
    if (!waiting) return;
    if (answer.type === "progress") {
      waiting.onProgress?.(answer.events);
      return;
    }
    this.#waiting.delete(answer.id);
    switch (answer.type) {
      case "value":
        waiting.resolve(answer.value);
        break;
      case "finished":
        waiting.resolve(answer.summary);
        break;
      case "cancelled":
        waiting.reject(new RunCancelled());
        break;
      case "refused":
        waiting.reject(new CoreRefused(answer.refusal));
        break;
    }
  }

  #replace(reason: string): void {
    this.#worker.onmessage = null;
    this.#worker.onerror = null;
    this.#worker.terminate();
    const interrupted = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of interrupted) reject(new CoreRestarted(reason));
    if (!this.#hasAnswered) {
      this.watcher.failed(reason);
      return;
    }
    this.#hasAnswered = false;
    this.#worker = this.#start();
    this.watcher.restarted(reason);
  }
}

declare global {
  /** The worker that a script in the page's head has started already (`web/build/early.ts`), until it is taken over. */
  var chanscopeCore: Worker | undefined;
}

/** The worker that holds the real core. */
export function spawnCore(): WorkerLike {
  const started = globalThis.chanscopeCore;
  globalThis.chanscopeCore = undefined;
  if (started) return started as WorkerLike;
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "core" }) as WorkerLike;
}

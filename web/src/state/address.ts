/**
 * The page's address: the fragment names the run and the moment.
 *
 * A new run is a new entry of the history, so *Back* returns to the run before. Stepping replaces the entry, and not more
 * often than browsers allow (Safari refuses more than 100 changes in 30 seconds).
 */
export interface History {
  pushState(data: unknown, unused: string, url: string): void;
  replaceState(data: unknown, unused: string, url: string): void;
}

export interface Timers {
  set(callback: () => void, delayMs: number): number;
  clear(handle: number): void;
}

const SHORTEST_PAUSE_MS = 400;

export class Address {
  #pending: string | undefined;
  #timer: number | undefined;

  constructor(
    private readonly history: History,
    private readonly timers: Timers,
  ) {}

  /** A new entry; drops a replacement that was still to come, since it was of the run before. */
  push(fragment: string): void {
    this.drop();
    this.history.pushState(null, "", fragment);
  }

  /** Replaces the entry at once, and drops what was still to come. */
  replaceNow(fragment: string): void {
    this.drop();
    this.history.replaceState(null, "", fragment);
  }

  /** Replaces the entry soon; of several wishes the last one counts. */
  replaceSoon(fragment: string): void {
    this.#pending = fragment;
    this.#timer ??= this.timers.set(() => this.#flush(), SHORTEST_PAUSE_MS);
  }

  #flush(): void {
    const fragment = this.#pending;
    this.drop();
    if (fragment !== undefined) this.history.replaceState(null, "", fragment);
  }

  /** Leaves the entry as it is, and drops what was still to come. */
  drop(): void {
    if (this.#timer !== undefined) this.timers.clear(this.#timer);
    this.#timer = undefined;
    this.#pending = undefined;
  }
}

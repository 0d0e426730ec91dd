/**
 * The parts of an exploration, searched beside each other. Whoever searches has a worker and an instance of the core of
 * its own; it is given some executions of one part at a time, and tells soon what they came to, or as many of them as it
 * has run. So there is one bound on executions for all of them, and one place that knows what is left to do.
 */
import type { Broken } from "./one-worker";
import type { Refused } from "./thrown";
import type { ExploreSpec, PartFound } from "./wire";

/** What a searcher is told: first what to divide, then what to search. */
export type PartRequest =
  | {
      readonly type: "divide";
      /** The core, compiled once for all. */
      readonly module: WebAssembly.Module;
      readonly spec: ExploreSpec;
      /** Among how many. */
      readonly workers: number;
    }
  | { readonly type: "search"; readonly part: number; readonly executions: number }
  | { readonly type: "end" };

/** What it answers, once to each but the last. */
export type PartAnswer =
  | { readonly type: "divided"; readonly parts: number }
  | { readonly type: "found"; readonly found: readonly PartFound[] }
  | Refused
  | Broken;

/** The line to a searcher. Where it does not start nothing is ever heard. */
export interface PartLine {
  postMessage(request: PartRequest): void;
  close(): void;
  onmessage: ((event: { readonly data: PartAnswer }) => void) | null;
}

interface Searcher {
  readonly line: PartLine;
  /** It has divided the program. */
  ready: boolean;
  /** The part that it has begun. */
  part: number | undefined;
  /** Executions that it has been given and not answered for; none while it waits. */
  given: number;
}

/** What is done with what was found; answers whether to go on. */
type Join = (found: PartFound) => boolean;

interface Search {
  readonly join: Join;
  /** The first part that nobody has begun. */
  next: number;
  /** Executions that may still be given. */
  left: number;
  resolve(): void;
  reject(why: unknown): void;
}

export class Searchers {
  /** How many parts there are to search, once somebody has divided the program: none when nobody can. */
  readonly divided: Promise<number>;
  readonly #all = new Set<Searcher>();
  #parts: number | undefined;
  #tellParts: (parts: number) => void = () => {};
  #search: Search | undefined;

  /** Has each of them divide the program. */
  constructor(lines: readonly PartLine[], module: WebAssembly.Module, spec: ExploreSpec) {
    this.divided = new Promise((resolve) => {
      this.#tellParts = resolve;
    });
    for (const line of lines) {
      const searcher: Searcher = { line, ready: false, part: undefined, given: 0 };
      line.onmessage = ({ data }) => {
        try {
          this.#hear(searcher, data);
        } catch (thrown) {
          this.#search?.reject(thrown);
        }
      };
      this.#all.add(searcher);
      line.postMessage({ type: "divide", module, spec, workers: lines.length });
    }
    if (lines.length === 0) this.#tellParts(0);
  }

  /**
   * Searches them all, with so many executions at most. Rejects when a part is lost: then something is wrong with the core,
   * or there is no memory left.
   */
  search(executions: number, join: Join): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#search = { join, next: 0, left: executions, resolve, reject };
      this.#giveAll();
    });
  }

  end(): void {
    this.#search = undefined;
    for (const searcher of [...this.#all]) this.#lose(searcher);
  }

  #hear(searcher: Searcher, answer: PartAnswer): void {
    switch (answer.type) {
      case "divided":
        if (answer.parts !== (this.#parts ?? answer.parts)) throw new Error("one program was divided in two ways");
        this.#parts = answer.parts;
        this.#tellParts(answer.parts);
        searcher.ready = true;
        break;
      case "found":
        this.#found(searcher, answer.found);
        break;
      case "refused":
        this.#broken(searcher, answer.refusal.message.en);
        return;
      case "broken":
        this.#broken(searcher, answer.reason);
        return;
    }
    this.#giveAll();
  }

  #found(searcher: Searcher, found: readonly PartFound[]): void {
    const search = this.#search;
    if (!search) return;
    search.left += searcher.given;
    searcher.given = 0;
    for (const more of found) {
      search.left -= more.executions;
      if (more.over) searcher.part = undefined;
      if (!search.join(more)) {
        search.left = 0;
        return;
      }
    }
  }

  /** Gives everybody who waits something to do. When nobody has anything to do it is the end. */
  #giveAll(): void {
    const search = this.#search;
    if (!search) return;
    for (const searcher of this.#all) this.#give(searcher, search);
    const all = [...this.#all];
    if (all.some(({ given }) => given > 0)) return;
    this.#search = undefined;
    if (search.left > 0 && search.next < (this.#parts ?? 0)) search.reject(new Error("nobody is left to search"));
    else search.resolve();
  }

  #give(searcher: Searcher, search: Search): void {
    if (!searcher.ready || searcher.given > 0 || search.left === 0) return;
    if (searcher.part === undefined) {
      if (search.next === this.#parts) return;
      searcher.part = search.next++;
    }
    // The others get theirs, and what is not run soon is given again.
    searcher.given = Math.ceil(search.left / this.#all.size);
    search.left -= searcher.given;
    searcher.line.postMessage({ type: "search", part: searcher.part, executions: searcher.given });
  }

  #broken(searcher: Searcher, reason: string): void {
    this.#lose(searcher);
    if (this.#all.size === 0) this.#tellParts(0);
    if (searcher.part === undefined) this.#giveAll();
    else this.#search?.reject(new Error(reason));
  }

  #lose(searcher: Searcher): void {
    this.#all.delete(searcher);
    searcher.line.onmessage = null;
    searcher.line.postMessage({ type: "end" });
    searcher.line.close();
  }
}

/**
 * Which core is asked: the small one, which knows the first program alone, or the one with every program, which is loaded
 * when the other refuses for want of the program. Whatever is asked about a run is asked of the core that has it.
 */
import { isRefusal } from "./thrown";
import type { Refusal } from "./wire";

/** Gets a core ready. */
export type Load<Core> = () => Promise<Core>;

export class Programs<Core extends { free(): void }> {
  /** The one that has the last finished run. */
  #asked: Promise<Core>;
  #every: Promise<Core> | undefined;

  constructor(
    private readonly load: Readonly<Record<"first" | "every", Load<Core>>>,
    begin: "first" | "every",
  ) {
    this.#asked = load[begin]();
    if (begin === "every") this.#every = this.#asked;
  }

  /** The core that has the last finished run. */
  get asked(): Promise<Core> {
    return this.#asked;
  }

  /** Asks something for which a program has to be known; gives back who has answered, too. */
  async ask<Answer>(question: (core: Core) => Answer): Promise<{ readonly core: Core; readonly answer: Answer }> {
    const core = await this.#asked;
    try {
      return { core, answer: question(core) };
    } catch (thrown) {
      if (this.#asked === this.#every || !isRefusal(thrown) || thrown.kind !== "program") throw thrown;
    }
    const every = await this.#loadEvery();
    return { core: every, answer: question(every) };
  }

  /** A run has finished: it is what is asked about from now on. */
  async finished(core: Core): Promise<void> {
    const before = await this.#asked;
    if (before === core || !this.#every) return;
    this.#asked = this.#every;
    before.free();
  }

  /** A module that does not come, say because its host is gone, is a refusal: what is at hand goes on. */
  #loadEvery(): Promise<Core> {
    this.#every ??= this.load.every().catch((error: unknown) => {
      this.#every = undefined;
      throw notLoaded(error);
    });
    return this.#every;
  }
}

function notLoaded(error: unknown): Refusal {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: "load",
    field: null,
    message: { en: `the other programs could not be loaded: ${reason}`, zh: `无法加载其他程序：${reason}` },
  };
}

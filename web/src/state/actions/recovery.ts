/** What is tried when the core traps: less each time, since the page would otherwise restart for ever. */
import type { Store } from "../store";
import type { Runs } from "./runs";

/** How often the core has trapped since the reader last did something. */
export class Traps {
  #inARow = 0;

  /** What trapped before says nothing about what the reader does now. */
  readerWentOn(): void {
    this.#inARow = 0;
  }

  /** The core has trapped once more: what to try now, if anything. */
  next(): "moment" | "run" | "default" | undefined {
    this.#inARow += 1;
    return ([undefined, "moment", "run", "default"] as const)[this.#inARow];
  }
}

export class Recovery {
  constructor(
    private readonly store: Store,
    private readonly traps: Traps,
    private readonly runs: Runs,
  ) {}

  /**
   * The core was replaced. The run at hand is asked for again where it was; should that trap too, from its beginning;
   * then the default run; then nothing.
   */
  async restarted(reason: string): Promise<void> {
    const { store } = this;
    const last = store.run.value?.spec;
    const next = this.traps.next();
    if (!next) {
      this.failed(reason);
      return;
    }
    store.notice.value = { kind: "restarted", reason };
    const first = store.catalogue.value[0]?.presets[0]?.spec;
    const spec = next === "default" ? first : (last ?? first);
    const at = next === "moment" ? store.at.value : 0;
    const keepView = next === "moment" && store.run.value !== undefined;
    if (spec) await this.runs.open(spec, { at, history: "replace", revived: true, keepView });
  }

  failed(reason: string): void {
    this.store.phase.value = "failed";
    this.store.notice.value = { kind: "failed", reason };
  }
}

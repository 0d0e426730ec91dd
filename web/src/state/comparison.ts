/**
 * Another run of the program at hand, beside it: asked for, drawn over the same steps, told, and given up.
 *
 * It lives in the core until another run is opened. Its address is part of the page's, so that both can be shared.
 */
import { effect } from "@preact/signals";
import { CoreRefused } from "../core/client";
import { Latest } from "../core/latest";
import type { Comparison, EventInfo, Language, Refusal, RunSpec, WindowData, WindowQuery } from "../core/wire";
import { EVERY_GOROUTINE, rowsOf, windowQuery } from "./lanes";
import type { CoreLine } from "./questions";
import { type Named, nameAll } from "./roles";
import type { Room, Store, Stretch } from "./store";

/** The other run, and what is shown of it. */
export interface Compared {
  readonly comparison: Comparison;
  readonly named: readonly Named[];
  /** Its address; none where it is too long for one. */
  readonly fragment: string | undefined;
}

export class Comparisons {
  readonly #stretches: Latest<WindowQuery, WindowData>;
  readonly #steps: Latest<{ at: number; language: Language }, EventInfo[]>;

  constructor(
    private readonly store: Store,
    private readonly core: CoreLine,
    failed: (error: unknown) => void,
  ) {
    const report = (error: unknown) => {
      // The run at hand was replaced, and the other one with it, while the question was under way.
      if (!(error instanceof CoreRefused)) failed(error);
    };
    this.#stretches = new Latest(
      (query) => core.call("otherWindow", query),
      (data, query) => {
        store.otherStretch.value = { query, data } satisfies Stretch;
      },
      report,
    );
    this.#steps = new Latest(
      ({ at, language }) => core.call("otherLog", at - 1, at, language),
      ([event]) => {
        store.otherEvent.value = event;
      },
      report,
    );
    effect(() => {
      const compared = store.compared.value;
      const [room, viewport] = [store.otherRoom.value, store.viewport.value];
      if (!compared || room.pixels < 1) return;
      const rows = rowsOf(compared.comparison.other, compared.named, EVERY_GOROUTINE);
      this.#stretches.want(windowQuery(rows, room, viewport, compared.comparison.other.events));
    });
    effect(() => {
      const [compared, at, language] = [store.compared.value, store.at.value, store.language.value];
      store.otherEvent.value = undefined;
      if (compared && at > 0 && at <= compared.comparison.other.events) this.#steps.want({ at, language });
    });
  }

  /** Runs the other run, and gives back why it does not go. */
  async begin(spec: RunSpec, fragment: string | undefined): Promise<Refusal | undefined> {
    try {
      const comparison = await this.core.call("compare", spec);
      this.store.otherStretch.value = undefined;
      this.store.compared.value = { comparison, named: nameAll(comparison.other.lanes), fragment };
      return undefined;
    } catch (error) {
      if (error instanceof CoreRefused) return error.refusal;
      throw error;
    }
  }

  /** How much room its timeline has. */
  setRoom(room: Room): void {
    this.store.otherRoom.value = room;
  }
}

/**
 * Another run of the program at hand, beside it: asked for, drawn over the same steps, told, and given up.
 *
 * It lives in the core until another run is opened. Its address is part of the page's, so that both can be shared.
 */
import { effect } from "@preact/signals";
import { CoreRefused } from "../../core/client";
import { Latest } from "../../core/latest";
import type { Comparison, EventInfo, Language, Refusal, RunSpec, WindowData, WindowQuery } from "../../core/wire";
import { fragmentOf } from "../compare-link";
import { EVERY_GOROUTINE, rowsOf, windowQuery } from "../lanes";
import type { CoreLine, Questions } from "../questions";
import { type Named, nameAll } from "../roles";
import type { Room, Store, Stretch } from "../store";
import { withoutView } from "../view-link";
import { fits, pan, type Viewport, whole } from "../viewport";
import type { Cursor } from "./cursor";
import { report } from "./report";

/** The other run, and what is shown of it. */
export interface Compared {
  readonly comparison: Comparison;
  readonly named: readonly Named[];
  /** Its address; none where it is too long for one. */
  readonly fragment: string | undefined;
}

/** How the address of two runs has them shown. */
export interface Linked {
  /** What both have in view. */
  readonly stretch: Viewport | undefined;
  /** The address cannot be followed in full: it stays as it is, and so does what is said of it. */
  readonly keep: boolean;
}

export class Comparisons {
  readonly #stretches: Latest<WindowQuery, WindowData>;
  readonly #steps: Latest<{ at: number; language: Language }, EventInfo[]>;

  constructor(
    private readonly store: Store,
    private readonly core: CoreLine,
    private readonly questions: Questions,
    private readonly cursor: Cursor,
  ) {
    const failed = (error: unknown) => {
      // A refusal: the run at hand was replaced, and the other one with it, while the question was under way.
      if (!(error instanceof CoreRefused)) report(store, error);
    };
    this.#stretches = new Latest(
      (query) => core.call("otherWindow", query),
      (data, query) => {
        store.otherStretch.value = { query, data } satisfies Stretch;
      },
      failed,
    );
    this.#steps = new Latest(
      ({ at, language }) => core.call("otherLog", at - 1, at, language),
      ([event]) => {
        store.otherEvent.value = event;
      },
      failed,
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

  /**
   * Puts the run of an address beside the one at hand. Answers why that cannot be, for whoever asked to tell it. `linked`:
   * where a link to both asks for it.
   */
  async compareWith(pasted: string, linked?: Linked): Promise<Refusal | undefined> {
    try {
      const fragment = withoutView(fragmentOf(pasted));
      const place = await this.core.call("readLink", fragment);
      if (place) await this.#putBeside(place.spec, fragment, linked);
    } catch (error) {
      if (error instanceof CoreRefused) return error.refusal;
      report(this.store, error);
    }
    return undefined;
  }

  /** Puts a run beside the one at hand. */
  async compareRun(spec: RunSpec, fragment: string | undefined): Promise<void> {
    try {
      await this.#putBeside(spec, fragment);
    } catch (error) {
      report(this.store, error, "badOther");
    }
  }

  async #putBeside(spec: RunSpec, fragment: string | undefined, linked?: Linked): Promise<void> {
    const { store } = this;
    const stretch = linked?.stretch;
    this.cursor.pause();
    if (!linked?.keep) store.notice.value = undefined;
    const comparison = await this.core.call("compare", spec);
    store.otherStretch.value = undefined;
    const before = store.extent.value;
    store.compared.value = { comparison, named: nameAll(comparison.other.lanes), fragment };
    if (stretch && fits(stretch, store.extent.value)) {
      store.viewport.value = stretch;
      store.zoomed.value = true;
      this.questions.stretch();
    } else this.#fitViewport(before);
    if (!linked?.keep) this.questions.fragment(store.at.value);
  }

  end(): void {
    const before = this.store.extent.value;
    this.store.compared.value = undefined;
    this.#fitViewport(before);
    this.questions.fragment(this.store.at.value);
  }

  /** Whoever has seen all of the run sees all of both, and nothing beyond the run once it stands alone. */
  #fitViewport(before: number): void {
    const { viewport, extent } = this.store;
    const { from, to } = viewport.value;
    const sawAll = from === 0 && to >= before;
    viewport.value = sawAll ? whole(extent.value) : pan(viewport.value, extent.value, 0);
    this.questions.stretch();
  }

  /** How much room the other run's timeline has. */
  setRoom(room: Room): void {
    this.store.otherRoom.value = room;
  }
}

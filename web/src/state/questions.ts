/**
 * What the page keeps asking the core about the run at hand: each kind of question is under way at most once, and of
 * several wishes only the last is asked.
 */
import { CoreRefused, type RunUnderWay } from "../core/client";
import { Latest } from "../core/latest";
import type { Method, Methods } from "../core/protocol";
import type {
  Around,
  EventInfo,
  Language,
  Moment,
  Moves,
  Refusal,
  RunSpec,
  RunSummary,
  WindowData,
  WindowQuery,
} from "../core/wire";
import { windowQuery } from "./lanes";
import { Moments } from "./moments";
import { eventsOn, pageOf } from "./pages";
import type { Store } from "./store";

/** What the state needs of the line to the core. */
export interface CoreLine {
  call<M extends Method>(method: M, ...args: Parameters<Methods[M]>): Promise<ReturnType<Methods[M]>>;
  run(spec: RunSpec, onProgress: (events: number) => void): RunUnderWay;
}

/** Who hears what does not go into the store. */
export interface QuestionsWatcher {
  fragment(fragment: string): void;
  failed(error: unknown): void;
}

interface Place {
  readonly at: number;
  readonly language: Language;
}

export class Questions {
  readonly #moments: Moments;
  readonly #moves: Latest<Place, Moves>;
  readonly #stretches: Latest<WindowQuery, WindowData>;
  /** What was asked for last: a step most often stays in the same one. */
  #stretch: { readonly run: RunSummary; readonly key: string } | undefined;
  readonly #pointing: Latest<Place, Moment>;
  readonly #nearby: Latest<Place, EventInfo[]>;
  readonly #fragments: Latest<{ readonly run: RunSummary | undefined; readonly at: number }, string>;
  readonly #around: Latest<number, Around | Refusal>;
  readonly #journeys: Latest<number, number[] | Refusal>;

  constructor(
    private readonly store: Store,
    core: CoreLine,
    watcher: QuestionsWatcher,
  ) {
    const ask = <Wish, Answer>(how: (wish: Wish) => Promise<Answer>, give: (answer: Answer, wish: Wish) => void) =>
      new Latest(how, give, (error) => watcher.failed(error));
    this.#moments = new Moments(
      store,
      (at, language) => core.call("moment", at, language),
      (error) => watcher.failed(error),
    );
    this.#moves = ask(
      ({ at, language }) => core.call("moves", at, store.everyStep.value, language),
      (moves) => {
        store.moves.value = store.byHand.value ? moves : undefined;
      },
    );
    this.#stretches = ask(
      (query) => core.call("window", query),
      (data, query) => {
        store.stretch.value = { query, data };
      },
    );
    this.#pointing = ask(
      ({ at, language }) => core.call("moment", at, language),
      (moment) => {
        store.pointed.value = moment;
      },
    );
    this.#nearby = ask(
      ({ at, language }) => {
        const { from, to } = eventsOn(store.listPage.value ?? pageOf(at), store.run.value?.events ?? 0);
        return core.call("log", from, to, language);
      },
      (events) => {
        store.nearby.value = events;
      },
    );
    this.#around = ask(
      (at) => core.call("around", at).catch(refusalOf),
      (answer, at) => {
        store.around.value = { at, answer };
      },
    );
    this.#journeys = ask(
      (at) => core.call("journey", at).catch(refusalOf),
      (answer, at) => {
        store.journey.value = { at, answer };
      },
    );
    this.#fragments = ask(
      ({ at }) => core.call("writeLink", at, false),
      (fragment, { run, at }) => {
        // What was asked of the run before can be answered of the next one, whose address it is not.
        if (run === store.run.value && at === store.at.value) watcher.fragment(fragment);
      },
    );
  }

  /** The moment at the cursor, and whatever else is shown of it. */
  moment(): void {
    const { store } = this;
    this.#moments.show();
    if (store.byHand.value) this.moves();
    this.lens();
    if (store.listOpen.value) this.nearby();
  }

  /** What the timeline marks around the cursor. */
  lens(): void {
    const { lens, at } = this.store;
    if (at.value === 0) return;
    if (lens.value === "order") this.#around.want(at.value);
    else if (lens.value === "value") this.#journeys.want(at.value);
  }

  moves(): void {
    this.#moves.want(this.#cursor());
  }

  nearby(): void {
    this.#nearby.want(this.#cursor());
  }

  /** What the timeline has room for, of the stretch in view. */
  stretch(): void {
    const { run, room, viewport, rows } = this.store;
    if (!run.value || room.value.pixels < 1) return;
    const query = windowQuery(rows.value, room.value, viewport.value, run.value.events);
    const key = JSON.stringify(query);
    if (this.#stretch?.run === run.value && this.#stretch.key === key) return;
    this.#stretch = { run: run.value, key };
    this.#stretches.want(query);
  }

  /** What is going on at a position that the reader points at, or no longer points at. */
  pointing(at: number | undefined): void {
    const { pointed, language } = this.store;
    if (at === undefined) {
      this.#pointing.forget();
      pointed.value = undefined;
    } else if (pointed.value?.at !== at) {
      this.#pointing.want({ at, language: language.value });
    }
  }

  /** The address of a position of the run. */
  fragment(at: number): void {
    this.#fragments.want({ run: this.store.run.value, at });
  }

  #cursor(): Place {
    return { at: this.store.at.value, language: this.store.language.value };
  }
}

/** A refusal is an answer where it belongs beside the question. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof CoreRefused) return error.refusal;
  throw error;
}

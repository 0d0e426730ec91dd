/**
 * Runs: asked for, stopped, and shown when they have finished. Until then the run before stays, and so it does when the
 * core refuses or the reader stops it.
 */
import { batch } from "@preact/signals";
import { CoreRefused, RunCancelled, type RunUnderWay } from "../../core/client";
import type { Refusal, RunSpec, RunSummary } from "../../core/wire";
import type { Address } from "../address";
import type { KnownPrograms } from "../catalogue";
import { draftOf } from "../draft";
import { EVERY_GOROUTINE } from "../lanes";
import type { CoreLine, Questions } from "../questions";
import type { LoadFiles } from "../scenario-files";
import type { Store } from "../store";
import { asShown, type View } from "../view-link";
import { fits, follow, opening, pan } from "../viewport";
import type { Cursor } from "./cursor";
import type { Traps } from "./recovery";
import { report } from "./report";

/** How a run is opened. */
export interface Opening {
  /** The position to look at. */
  readonly at: number;
  /**
   * A new run is a new entry in the history, unless it is what the address already says. An address that cannot be
   * followed is kept until the reader moves on, so that it can be mended.
   */
  readonly history: "push" | "replace" | "keep";
  /** Keep the stretch in view: the run is a variation of the one before. */
  readonly keepView?: boolean;
  /** The run is asked for again after the core was replaced. */
  readonly revived?: boolean;
  /** The digest that a link carried. */
  readonly digest?: string | null;
  /** Another run is to come beside it: the address has both, and is written again once both are there. */
  readonly awaitsOther?: boolean;
  /** How a link has it shown; else as the run before, as far as that goes. */
  readonly view?: View | undefined;
}

export interface RunsEffects {
  readonly core: CoreLine;
  readonly address: Address;
  readonly programs: KnownPrograms;
  readonly loadFiles: LoadFiles;
  /** A run takes the place of a chapter that is none. */
  leaveBeside(): void;
}

export class Runs {
  #underWay: RunUnderWay | undefined;

  constructor(
    private readonly store: Store,
    private readonly effects: RunsEffects,
    private readonly questions: Questions,
    private readonly cursor: Cursor,
    private readonly traps: Traps,
  ) {}

  /** Runs `spec` and shows it. Gives back the core's refusal, if any. */
  async open(spec: RunSpec, how: Opening): Promise<Refusal | undefined> {
    const { store, effects } = this;
    this.#underWay?.cancel();
    if (!how.revived) {
      this.traps.readerWentOn();
      effects.leaveBeside();
    }
    this.cursor.pause();
    const underWay = effects.programs.run(effects.core, spec, (events) => {
      if (this.#underWay === underWay) store.underWay.value = events;
    });
    this.#underWay = underWay;
    store.underWay.value = 0;
    try {
      const run = await underWay.summary;
      this.#show(run, how);
      // Another run was asked for too late to stop this one: the core has this one now, and will have that one's address.
      if (this.#underWay === underWay) await this.#writeAddress(how);
      return undefined;
    } catch (error) {
      if (error instanceof CoreRefused) return error.refusal;
      report(store, error);
      return undefined;
    } finally {
      if (this.#underWay === underWay) {
        this.#underWay = undefined;
        store.underWay.value = undefined;
      }
    }
  }

  /** Opens a run from its beginning: a preset, a link in the words, a chapter. */
  async openRun(spec: RunSpec): Promise<void> {
    this.store.notice.value = undefined;
    const refusal = await this.open(spec, { at: 0, history: "push" });
    if (refusal) this.store.notice.value = { kind: "refused", refusal };
  }

  /** Opens a run at a moment of it; in the run at hand, only goes there. */
  async openAt(spec: RunSpec, at: number, digest: string): Promise<void> {
    const { store } = this;
    if (store.run.value?.digest === digest) {
      this.cursor.pause();
      this.cursor.seek(at);
      return;
    }
    store.notice.value = undefined;
    const refusal = await this.open(spec, { at, history: "push", digest });
    if (refusal) store.notice.value = { kind: "refused", refusal };
  }

  async openDefault(): Promise<void> {
    const spec = this.store.catalogue.value[0]?.presets[0]?.spec;
    if (!spec) return;
    const refusal = await this.open(spec, { at: 0, history: "replace" });
    if (refusal) this.store.notice.value = { kind: "refused", refusal };
  }

  /** Opens a run in place of one that cannot be, under the address that asked for that. */
  async openInstead(
    spec = this.store.catalogue.value[0]?.presets[0]?.spec,
    { at, view }: Pick<Opening, "at" | "view"> = { at: 0 },
  ): Promise<void> {
    if (!spec) return;
    const refusal = await this.open(spec, { at, view, history: "keep" });
    if (refusal) this.store.notice.value = { kind: "refused", refusal };
  }

  /** Leaves the reader with what there was: the run at hand, under its own address, or else the default run. */
  async stay(): Promise<void> {
    const { store, effects } = this;
    if (!store.run.value) return this.openDefault();
    try {
      effects.address.replaceNow(asShown(store, await effects.core.call("writeLink", store.at.value, false)));
    } catch (error) {
      report(store, error);
    }
  }

  /** Stops the run under way. One that was over before the core heard of it is what the core has now, and is shown. */
  async cancel(): Promise<void> {
    const underWay = this.#underWay;
    if (!underWay) return;
    underWay.cancel();
    const stopped = await underWay.summary.then(
      () => false,
      (error) => error instanceof RunCancelled,
    );
    if (stopped && !this.#underWay) await this.stay();
  }

  #show(run: RunSummary, { at, history, keepView, view }: Opening): void {
    const { store } = this;
    const beyond = at > run.events;
    // A run in place of another need not have the step of that one.
    const instead = history === "keep";
    const position = beyond ? (instead ? 0 : run.events) : at;
    // Whoever pressed play meanwhile meant the run before.
    this.cursor.pause();
    batch(() => {
      const changesScenario = store.run.value?.spec.scenario !== run.spec.scenario;
      store.run.value = run;
      store.stretch.value = undefined;
      store.compared.value = undefined;
      store.around.value = undefined;
      store.journey.value = undefined;
      if (view) {
        store.lens.value = view.lens;
        store.listOpen.value = view.list;
        store.everyStep.value = view.everyStep;
      }
      const lanes = view?.lanes ?? (changesScenario ? EVERY_GOROUTINE : store.laneChoice.value);
      const noSuchLanes = run.processors === 0 && lanes.by === "processor";
      store.laneChoice.value = noSuchLanes ? { ...lanes, by: "goroutine" } : lanes;
      if (!keepView) store.quarry.value = { type: "notable" };
      store.pointed.value = undefined;
      store.draftErrors.value = {};
      const scenario = store.scenario.value;
      if (scenario) store.draft.value = draftOf(run.spec, scenario.fields);
      if (changesScenario) void this.#loadFiles();
      if (keepView) {
        store.viewport.value = follow(pan(store.viewport.value, run.events, 0), run.events, position);
      } else {
        const chosen = view?.stretch && fits(view.stretch, run.events) ? view.stretch : undefined;
        store.viewport.value = chosen ?? opening(run.events, position, store.room.value.pixels);
        store.zoomed.value = chosen !== undefined;
      }
      this.cursor.put(position, keepView ? position - store.at.value : 0);
      if (beyond && !instead) store.notice.value = { kind: "beyond", step: at, events: run.events };
    });
    this.questions.stretch();
  }

  async #writeAddress({ history, digest, awaitsOther }: Opening): Promise<void> {
    const { store, effects } = this;
    if (history === "keep" || awaitsOther) {
      effects.address.drop();
      if (digest != null) await this.#compare(digest);
      return;
    }
    const written = effects.core.call("writeLink", store.at.value, false);
    // Asked in the same breath: later the core may have another run.
    const compared = digest == null ? undefined : this.#compare(digest);
    const fragment = asShown(store, await written);
    if (history === "push") effects.address.push(fragment);
    else effects.address.replaceNow(fragment);
    await compared;
  }

  /** Says where the run at hand differs from the one that was shared. */
  async #compare(digest: string): Promise<void> {
    const { store, effects } = this;
    try {
      const difference = await effects.core.call("compareDigest", digest);
      if (difference) store.notice.value = { kind: "differs", difference };
    } catch (error) {
      if (error instanceof CoreRefused) store.notice.value = { kind: "uncompared", refusal: error.refusal };
      else report(store, error);
    }
  }

  async #loadFiles(): Promise<void> {
    const { store, effects } = this;
    const folder = store.scenario.value?.folder;
    if (folder === undefined) return;
    store.files.value = undefined;
    store.guesses.value = new Set();
    const files = await effects.loadFiles(folder).catch(() => undefined);
    if (store.scenario.value?.folder === folder) store.files.value = files ?? null;
  }
}

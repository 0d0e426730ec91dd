/**
 * What can be done on the page. Every action goes through here; views only call back.
 *
 * Effects are handed in (`Effects`), so that all of it runs in a test without a browser.
 */
import { batch } from "@preact/signals";
import { CoreRefused, CoreRestarted, RunCancelled, type RunUnderWay } from "../core/client";
import type { EventInfo, Language, Place, Quarry, Refusal, RunSpec, RunSummary } from "../core/wire";
import type { Address } from "./address";
import { baseOf } from "./base";
import { fragmentOf, joinCompared, splitCompared } from "./compare-link";
import { Comparisons } from "./comparison";
import { type Draft, draftOf, errorsOf, readDraft } from "./draft";
import { iframeOf } from "./iframe";
import { EVERY_GOROUTINE, type LaneChoice } from "./lanes";
import type { Preferences, Theme } from "./preferences";
import { type CoreLine, Questions } from "./questions";
import type { LoadFiles } from "./scenario-files";
import type { Lens, Notice, Room, SourceChoice, Store } from "./store";
import { readTraceFile, writeChromeTrace, writeTraceFile } from "./trace-file";
import { follow, opening, pan, type Viewport, whole, zoom } from "./viewport";

/** Events that a file lists: more would be hundreds of megabytes. The run itself is in it all the same. */
const MOST_EVENTS_IN_A_FILE = 200_000;

/** Chapters that are no program: they have addresses beside those of runs. */
export interface Beside {
  /** Whether a fragment is an address of theirs, which is opened then. */
  open(fragment: string): boolean;
  /** A run takes their place. */
  leave(): void;
}

export interface Effects {
  readonly core: CoreLine;
  readonly address: Address;
  readonly preferences: Preferences;
  readonly loadFiles: LoadFiles;
  /** The page's address without its query and its fragment. */
  readonly pageUrl: () => string;
  readonly systemTheme: () => Theme;
  readonly beside?: Beside;
}

interface Opening {
  /** The position to look at. */
  readonly at: number;
  /** A new run is a new entry in the history, unless it is what the address already says. */
  readonly history: "push" | "replace";
  /** Keep the stretch in view: the run is a variation of the one before. */
  readonly keepView?: boolean;
  /** The run is asked for again after the core was replaced. */
  readonly revived?: boolean;
  /** The digest that a link carried. */
  readonly digest?: string | null;
}

export class Actions {
  #underWay: RunUnderWay | undefined;
  /** The run to ask for again when the core has been replaced. */
  #again: { spec: RunSpec; at: number } | undefined;
  /** How often the core has trapped since the reader last did something. */
  #trapsInARow = 0;

  /** What the address says, of which the last word counts. */
  #wanted = "";
  readonly #questions: Questions;
  readonly #comparisons: Comparisons;

  constructor(
    private readonly store: Store,
    private readonly effects: Effects,
  ) {
    this.#questions = new Questions(store, effects.core, {
      fragment: (fragment) => effects.address.replaceSoon(this.#withOther(fragment)),
      failed: (error) => this.#fail(error),
    });
    this.#comparisons = new Comparisons(store, effects.core, (error) => this.#fail(error));
  }

  // ------------------------------------------------------------------ runs

  /** Loads the catalogue and opens what the address says. */
  async start(fragment: string): Promise<void> {
    this.#wanted = fragment;
    try {
      this.store.catalogue.value = await this.effects.core.call("catalogue");
      this.store.phase.value = "ready";
      await this.openAddress(this.#wanted);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Opens the run and the moment of a fragment. When it is damaged says so; the run at hand stays, if there is one. */
  async openAddress(fragment: string): Promise<void> {
    this.#wanted = fragment;
    // The address can change while the core is being got ready; `start` opens the last one.
    if (this.store.phase.value === "starting" || this.effects.beside?.open(fragment)) return;
    this.store.notice.value = undefined;
    let place: Place | undefined;
    const compared = splitCompared(fragment);
    try {
      place = await this.effects.core.call("readLink", compared.fragment);
    } catch (error) {
      if (!(error instanceof CoreRefused)) {
        this.#fail(error);
        return;
      }
      this.store.notice.value = { kind: "badLink", refusal: error.refusal };
      await this.#stay();
      return;
    }
    if (!place) {
      await this.#openDefault();
      return;
    }
    const { spec, at, digest } = place;
    const refusal = await this.#open(spec, { at, history: "replace", digest });
    if (refusal) {
      this.store.notice.value = { kind: "badLink", refusal };
      await this.#stay();
    } else if (compared.other !== undefined) await this.compareWith(compared.other);
  }

  /** Opens a run from its beginning: a preset, a link in the words, a chapter. */
  async openRun(spec: RunSpec): Promise<void> {
    this.store.notice.value = undefined;
    const refusal = await this.#open(spec, { at: 0, history: "push" });
    if (refusal) this.store.notice.value = { kind: "refused", refusal };
  }

  /** Opens a run at a moment of it; in the run at hand, only goes there. */
  async openAt(spec: RunSpec, at: number, digest: string): Promise<void> {
    const { store } = this;
    if (store.run.value?.digest === digest) {
      this.pause();
      this.seek(at);
      return;
    }
    store.notice.value = undefined;
    const refusal = await this.#open(spec, { at, history: "push", digest });
    if (refusal) store.notice.value = { kind: "refused", refusal };
  }

  /** Opens what a link inside the page says, as a new entry of the history. */
  async openLink(fragment: string): Promise<void> {
    this.store.notice.value = undefined;
    try {
      const place = await this.effects.core.call("readLink", fragment);
      if (!place) return;
      const refusal = await this.#open(place.spec, { at: place.at, history: "push", digest: place.digest });
      if (refusal) this.store.notice.value = { kind: "refused", refusal };
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Runs what the form says. Errors appear beside their rows and the run at hand stays. */
  async runDraft(): Promise<void> {
    const spec = this.askedFor();
    if (!spec) return;
    this.store.notice.value = undefined;
    const refusal = await this.#open(spec, { at: 0, history: "push" });
    if (refusal) this.refuseDraft(refusal);
  }

  /** The run that the form says; undefined when it says none, and the rows then say why. */
  askedFor(): RunSpec | undefined {
    const { store } = this;
    const scenario = store.scenario.value;
    if (!scenario) return undefined;
    const read = readDraft(store.draft.value, scenario);
    if (read.ok) return read.spec;
    store.draftErrors.value = read.errors;
    return undefined;
  }

  /** What was asked for in the form is refused: beside its row, or for the whole page where it is nobody's. */
  refuseDraft(refusal: Refusal): void {
    const { store } = this;
    const errors = errorsOf(refusal, store.draft.value);
    store.draftErrors.value = errors;
    if (Object.keys(errors).length === 0) store.notice.value = { kind: "refused", refusal };
  }

  editDraft(change: Draft): void {
    const { store } = this;
    store.draft.value = { ...store.draft.value, ...change };
    const errors = { ...store.draftErrors.value };
    for (const name of Object.keys(change)) delete errors[name];
    store.draftErrors.value = errors;
  }

  resetDraft(): void {
    const { run, scenario, draft, draftErrors } = this.store;
    if (run.value && scenario.value) draft.value = draftOf(run.value.spec, scenario.value.fields);
    draftErrors.value = {};
  }

  cancelRun(): void {
    if (!this.#underWay) return;
    this.#underWay.cancel();
    void this.#stay();
  }

  /** Leaves the reader with what there was: the run at hand, under its own address, or else the default run. */
  async #stay(): Promise<void> {
    const { store, effects } = this;
    if (!store.run.value) return this.#openDefault();
    try {
      effects.address.replaceNow(this.#withOther(await effects.core.call("writeLink", store.at.value, false)));
    } catch (error) {
      this.#fail(error);
    }
  }

  async #openDefault(): Promise<void> {
    const spec = this.store.catalogue.value[0]?.presets[0]?.spec;
    if (!spec) return;
    const refusal = await this.#open(spec, { at: 0, history: "replace" });
    if (refusal) this.store.notice.value = { kind: "refused", refusal };
  }

  /** Runs `spec` and shows it. Until it has finished, the run before stays. Gives back the core's refusal, if any. */
  async #open(spec: RunSpec, opening_: Opening): Promise<Refusal | undefined> {
    const { store, effects } = this;
    this.#underWay?.cancel();
    if (!opening_.revived) {
      this.#trapsInARow = 0;
      effects.beside?.leave();
    }
    this.pause();
    const underWay = effects.core.run(spec, (events) => {
      if (this.#underWay === underWay) store.underWay.value = events;
    });
    this.#underWay = underWay;
    store.underWay.value = 0;
    try {
      const run = await underWay.summary;
      await this.#show(run, opening_);
      return undefined;
    } catch (error) {
      if (error instanceof CoreRefused) return error.refusal;
      this.#fail(error);
      return undefined;
    } finally {
      if (this.#underWay === underWay) {
        this.#underWay = undefined;
        store.underWay.value = undefined;
      }
    }
  }

  async #show(run: RunSummary, { at, history, keepView, digest }: Opening): Promise<void> {
    const { store, effects } = this;
    const position = Math.min(at, run.events);
    this.#again = { spec: run.spec, at: position };
    batch(() => {
      const changesScenario = store.run.value?.spec.scenario !== run.spec.scenario;
      store.run.value = run;
      store.stretch.value = undefined;
      store.compared.value = undefined;
      store.around.value = undefined;
      store.journey.value = undefined;
      if (changesScenario) store.laneChoice.value = EVERY_GOROUTINE;
      else if (run.processors === 0 && store.laneChoice.value.by === "processor") this.setLanes({ by: "goroutine" });
      if (!keepView) store.quarry.value = { type: "notable" };
      store.pointed.value = undefined;
      store.draftErrors.value = {};
      const scenario = store.scenario.value;
      if (scenario) store.draft.value = draftOf(run.spec, scenario.fields);
      if (changesScenario) void this.#loadFiles();
      store.viewport.value = keepView
        ? follow(store.viewport.value, run.events, position)
        : opening(run.events, position, store.room.value.pixels || 1_000);
      this.#moveTo(position, keepView ? position - store.at.value : 0);
    });
    this.#questions.stretch();
    const fragment = await effects.core.call("writeLink", position, false);
    if (history === "push") effects.address.push(fragment);
    else effects.address.replaceNow(fragment);
    if (digest != null) {
      await this.#compare(digest);
    }
  }

  /** Says where the run at hand differs from the one that was shared. */
  async #compare(digest: string): Promise<void> {
    const { store, effects } = this;
    try {
      const difference = await effects.core.call("compareDigest", digest);
      if (difference) store.notice.value = { kind: "differs", difference };
    } catch (error) {
      if (error instanceof CoreRefused) store.notice.value = { kind: "uncompared", refusal: error.refusal };
      else this.#fail(error);
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

  // ------------------------------------------------------------------ moments

  /** Goes to a position and writes it into the address. */
  seek(position: number): void {
    const { store } = this;
    const run = store.run.value;
    if (!run || !Number.isFinite(position)) return;
    const at = Math.min(Math.max(0, Math.round(position)), run.events);
    if (at === store.at.value) return;
    this.#trapsInARow = 0;
    batch(() => {
      store.viewport.value = follow(store.viewport.value, run.events, at);
      this.#moveTo(at, at - store.at.value);
    });
    this.#questions.stretch();
    this.#again = { spec: run.spec, at };
    this.#questions.fragment(at);
  }

  step(by: number): void {
    this.pause();
    this.seek(this.store.at.value + by);
  }

  /** Says what *next* and *previous* look for; for a goroutine, its lane is marked. */
  follow(quarry: Quarry): void {
    this.store.quarry.value = quarry;
    this.store.foundNothing.value = undefined;
  }

  /** Goes to the next or the previous event that is looked for; when there is none, says so and stays. */
  async findNext(backward: boolean): Promise<void> {
    const { store, effects } = this;
    if (!store.run.value) return;
    this.pause();
    try {
      const found = await effects.core.call("find", { quarry: store.quarry.value, from: store.at.value, backward });
      if (found === undefined) store.foundNothing.value = backward ? "backward" : "forward";
      else this.seek(found);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Goes to the next event of any of these lines of the program, or to the first one after the last. */
  async findLines(lines: readonly number[]): Promise<void> {
    const { store, effects } = this;
    if (!store.run.value || lines.length === 0) return;
    this.pause();
    const nearest = async (from: number) => {
      const asked = lines.map((line) =>
        effects.core.call("find", { quarry: { type: "line", line }, from, backward: false }),
      );
      return (await Promise.all(asked)).filter((found) => found !== undefined).sort((a, b) => a - b)[0];
    };
    try {
      const found = (await nearest(store.at.value)) ?? (await nearest(0));
      if (found === undefined) store.foundNothing.value = "forward";
      else this.seek(found);
    } catch (error) {
      this.#fail(error);
    }
  }

  #moveTo(at: number, stride: number): void {
    this.store.at.value = at;
    this.store.foundNothing.value = undefined;
    this.store.stride.value = stride;
    this.#questions.moment();
  }

  play(): void {
    const { store } = this;
    const run = store.run.value;
    if (!run) return;
    if (store.at.value >= run.events) this.seek(0);
    store.playing.value = true;
  }

  pause(): void {
    this.store.playing.value = false;
  }

  setSpeed(stepsPerSecond: number): void {
    this.store.speed.value = stepsPerSecond;
  }

  // ------------------------------------------------------------------ by hand

  setByHand(on: boolean): void {
    const { store } = this;
    this.pause();
    store.byHand.value = on;
    store.moves.value = undefined;
    if (on) this.#questions.moves();
  }

  /** Takes a choice: the run is the same up to here and goes on differently. */
  async choose(choice: string): Promise<void> {
    const { store, effects } = this;
    const moves = store.moves.value;
    if (!moves) return;
    const taken = moves.moves.find((move) => move.choice === choice)?.taken;
    if (taken) {
      this.seek(moves.at + 1);
      return;
    }
    try {
      const spec = await effects.core.call("choose", moves.at, choice);
      const refusal = await this.#open(spec, { at: moves.at + 1, history: "push", keepView: true });
      if (refusal) store.notice.value = { kind: "refused", refusal };
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The same run as its strategy alone would have it. */
  async forgetChoices(): Promise<void> {
    const { store } = this;
    const run = store.run.value;
    if (!run) return;
    const at = run.spec.deviations[0]?.at ?? store.at.value;
    await this.#open({ ...run.spec, deviations: [] }, { at, history: "push", keepView: true });
  }

  // ------------------------------------------------------------------ timeline

  /** Comes closer (`factor` above 1) or goes away, around a position; around the cursor where none is given. */
  zoomBy(factor: number, around?: number): void {
    const { run, viewport, at } = this.store;
    if (run.value) this.#setViewport(zoom(viewport.value, run.value.events, factor, around ?? at.value));
  }

  panBy(events: number): void {
    const { run, viewport } = this.store;
    if (run.value) this.#setViewport(pan(viewport.value, run.value.events, events));
  }

  showWhole(): void {
    const { run } = this.store;
    if (run.value) this.#setViewport(whole(run.value.events));
  }

  #setViewport(viewport: Viewport): void {
    this.store.viewport.value = viewport;
    this.#questions.stretch();
  }

  /** Changes what lanes stand for, or which are shown. */
  setLanes(change: Partial<LaneChoice>): void {
    const { laneChoice } = this.store;
    laneChoice.value = { ...laneChoice.value, ...change };
    this.#questions.stretch();
  }

  /** Folds the goroutines of a role into one lane, or unfolds them. */
  foldLanes(role: string): void {
    const folded = new Set(this.store.laneChoice.value.folded);
    if (!folded.delete(role)) folded.add(role);
    this.setLanes({ folded });
  }

  /** Marks the order around the step at the cursor, or the way of its value; once more, nothing. */
  setLens(lens: Lens | undefined): void {
    this.store.lens.value = lens;
    this.#questions.lens();
  }

  setRoom(room: Room): void {
    const { store } = this;
    const before = store.room.value;
    if (before.pixels === room.pixels && before.firstLane === room.firstLane && before.endLane === room.endLane) return;
    store.room.value = room;
    const run = store.run.value;
    if (run && before.pixels === 0) store.viewport.value = opening(run.events, store.at.value, room.pixels);
    this.#questions.stretch();
  }

  /** Asks what is going on at a position that the reader points at. */
  point(at: number | undefined): void {
    this.#questions.pointing(at);
  }

  setListOpen(open: boolean): void {
    const { store } = this;
    store.listOpen.value = open;
    if (open) this.#questions.nearby();
  }

  // ------------------------------------------------------------------ two runs

  /** Puts the run of an address, pasted or of an outcome, beside the one at hand. */
  async compareWith(pasted: string): Promise<void> {
    try {
      const fragment = fragmentOf(pasted);
      const place = await this.effects.core.call("readLink", fragment);
      if (place) await this.compareRun(place.spec, fragment);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Puts a run beside the one at hand, and goes to where they part. */
  async compareRun(spec: RunSpec, fragment: string | undefined): Promise<void> {
    const { store } = this;
    this.pause();
    store.notice.value = undefined;
    try {
      const refusal = await this.#comparisons.begin(spec, fragment);
      if (refusal) store.notice.value = { kind: "refused", refusal };
      else this.#questions.fragment(store.at.value);
    } catch (error) {
      this.#fail(error);
    }
  }

  endComparison(): void {
    this.store.compared.value = undefined;
    this.#questions.fragment(this.store.at.value);
  }

  setOtherRoom(room: Room): void {
    this.#comparisons.setRoom(room);
  }

  #withOther(fragment: string): string {
    return joinCompared({ fragment, other: this.store.compared.value?.fragment });
  }

  // ------------------------------------------------------------------ sharing

  /** Says what shared links begin with; what is no address is left standing and not used. */
  setBase(typed: string): void {
    this.store.base.value = typed;
    if (this.store.overlay.value === "share") void this.share();
  }

  async share(): Promise<void> {
    const { store, effects } = this;
    const run = store.run.value;
    if (!run) return;
    this.pause();
    store.shared.value = undefined;
    store.overlay.value = "share";
    try {
      const at = store.at.value;
      const fragment = await effects.core.call("writeLink", at, true);
      const base = baseOf(store.base.value ?? "") ?? effects.pageUrl();
      const url = base + this.#withOther(fragment);
      const title = store.scenario.value?.title[store.language.value] ?? "";
      const sentence = store.moment.value?.event?.sentence.map(({ text }) => text).join("") ?? "";
      const words = sentence ? `${title}: ${sentence}` : title;
      store.shared.value = {
        url,
        markdown: `[${words.replace(/[[\]\\]/g, "\\$&")}](${url})`,
        iframe: iframeOf(`${base}?embed${fragment}`, title),
      };
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The run at hand as a file: our own, or Chrome's. Undefined when the core could not tell it. */
  async file(kind: "trace" | "chrome"): Promise<{ name: string; text: string } | undefined> {
    const { store, effects } = this;
    const run = store.run.value;
    if (!run) return undefined;
    try {
      const events: EventInfo[] = [];
      const end = Math.min(run.events, MOST_EVENTS_IN_A_FILE);
      while (events.length < end) {
        const log = await effects.core.call("log", events.length, end, store.language.value);
        if (log.length === 0) break;
        events.push(...log);
      }
      const text = kind === "trace" ? writeTraceFile(run, store.at.value, events) : writeChromeTrace(run, events);
      return { name: `${run.spec.scenario}.${kind}.json`, text };
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /** Opens one of our files: its run is run again, and compared with what the file says it was. */
  async openFile(text: string): Promise<void> {
    const { store } = this;
    store.notice.value = undefined;
    const read = readTraceFile(text);
    if (!read.ok) {
      store.notice.value = { kind: "badFile", why: read.why };
      return;
    }
    const { spec, at, digest } = read.place;
    const refusal = await this.#open(spec, { at, history: "push", digest });
    if (refusal) store.notice.value = { kind: "refused", refusal };
  }

  // ------------------------------------------------------------------ the page itself

  setLanguage(language: Language): void {
    const { store, effects } = this;
    store.language.value = language;
    effects.preferences.rememberLanguage(language);
    store.pointed.value = undefined;
    if (store.run.value) this.#questions.moment();
  }

  /** Light to dark and back. A choice that is also the system's is forgotten: the page then follows the system again. */
  toggleTheme(): void {
    const { store, effects } = this;
    const system = effects.systemTheme();
    const next: Theme = (store.theme.value ?? system) === "dark" ? "light" : "dark";
    store.theme.value = next === system ? undefined : next;
    effects.preferences.rememberTheme(store.theme.value);
  }

  setSource(source: SourceChoice): void {
    this.store.source.value = source;
  }

  pointAtLabel(label: string | undefined): void {
    this.store.label.value = label;
  }

  openPanel(panel: Store["panel"]["value"]): void {
    this.store.panel.value = panel;
  }

  show(overlay: Store["overlay"]["value"]): void {
    this.store.overlay.value = overlay;
  }

  dismissNotice(): void {
    this.store.notice.value = undefined;
  }

  // ------------------------------------------------------------------ when the core breaks

  /**
   * The core trapped and was replaced. The run at hand is asked for again where it was; should that trap too, from its
   * beginning; then the default run; then nothing, since the page would otherwise restart for ever.
   */
  async restarted(reason: string): Promise<void> {
    const { store, effects } = this;
    const last = this.#again;
    this.#trapsInARow += 1;
    if (this.#trapsInARow > 3) {
      this.failed(reason);
      return;
    }
    store.notice.value = { kind: "restarted", reason };
    try {
      store.catalogue.value = await effects.core.call("catalogue");
      const first = store.catalogue.value[0]?.presets[0]?.spec;
      const spec = this.#trapsInARow < 3 ? (last?.spec ?? first) : first;
      const at = this.#trapsInARow === 1 ? (last?.at ?? 0) : 0;
      if (spec) await this.#open(spec, { at, history: "replace", revived: true });
    } catch (error) {
      this.#fail(error);
    }
  }

  failed(reason: string): void {
    this.store.phase.value = "failed";
    this.store.notice.value = { kind: "failed", reason };
  }

  #fail(error: unknown): void {
    // A restart and a cancelled run are reported where they happen.
    if (error instanceof CoreRestarted || error instanceof RunCancelled) return;
    const notice: Notice =
      error instanceof CoreRefused
        ? { kind: "refused", refusal: error.refusal }
        : { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
    this.store.notice.value = notice;
  }
}

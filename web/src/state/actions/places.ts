/** Places: what an address says is opened, and one that is damaged is told while the page goes on. */
import { CoreRefused } from "../../core/client";
import type { Place, Refusal, RunSpec } from "../../core/wire";
import type { KnownPrograms } from "../catalogue";
import { splitCompared } from "../compare-link";
import type { CoreLine } from "../questions";
import type { Store } from "../store";
import { badView, stretchAsText, type View, viewOf } from "../view-link";
import { fits } from "../viewport";
import type { Comparisons } from "./comparisons";
import { report } from "./report";
import type { Runs } from "./runs";

/** What can be read of a fragment that cannot be followed. */
interface Legible {
  readonly program: string | undefined;
  readonly at: number;
  readonly view: View;
  /** The address of the run to compare with. */
  readonly other: string | undefined;
}

function legibleIn(fragment: string): Pick<Legible, "program" | "at"> {
  const at = /[?&]at=(\d{1,9})(?=&|$)/.exec(fragment)?.[1];
  return { program: /^#\/([\w-]+)/.exec(fragment)?.[1], at: Number(at ?? 0) };
}

export class Places {
  /** What the address says, of which the last word counts. */
  #wanted = "";

  /** `openBeside`: whether a fragment is the address of a chapter that is no program, which is opened then. */
  constructor(
    private readonly store: Store,
    private readonly core: CoreLine,
    private readonly openBeside: (fragment: string) => boolean,
    private readonly programs: KnownPrograms,
    private readonly runs: Runs,
    private readonly comparisons: Comparisons,
  ) {}

  /** Opens the run and the moment of a fragment, or says why that cannot be. */
  async openAddress(fragment: string): Promise<void> {
    const { store, runs } = this;
    this.#wanted = fragment;
    if (this.openBeside(fragment)) return;
    store.notice.value = undefined;
    let place: Place | undefined;
    const compared = splitCompared(fragment);
    const { other } = compared;
    const { view, bad: badWords } = viewOf(compared.fragment, other);
    const bad = compared.bad === undefined ? badWords : [...badWords, badView("with", compared.bad)];
    try {
      // Nothing need be asked about nothing: the core has the default run at once.
      place = fragment === "" ? undefined : await this.core.call("readLink", compared.fragment);
    } catch (error) {
      if (this.#wanted !== fragment) return;
      if (!(error instanceof CoreRefused)) {
        report(store, error);
        return;
      }
      await this.#insteadOf(fragment, { ...legibleIn(compared.fragment), view, other }, error.refusal);
      return;
    }
    // Another address has come while this one was read.
    if (this.#wanted !== fragment) return;
    if (!place) {
      await runs.openDefault();
      return;
    }
    const { spec, at, digest } = place;
    const before = store.run.value;
    const awaitsOther = other !== undefined;
    const refusal = await runs.open(spec, { at, history: "replace", digest, view, awaitsOther });
    if (this.#wanted !== fragment) return;
    if (refusal) {
      await this.#insteadOf(fragment, { program: spec.scenario, at, view, other }, refusal);
      return;
    }
    // Unless it was stopped.
    if (store.run.value === before) return;
    const refused = other === undefined ? undefined : await this.#compareWith(other, view, false);
    if (this.#wanted !== fragment) return;
    if (refused) {
      store.notice.value = { kind: "badOther", refusal: refused };
      return;
    }
    const { stretch } = view;
    // How long the runs are is known only now.
    const missing = stretch && !fits(stretch, store.extent.value);
    const all = missing ? [...bad, badView("view", stretchAsText(stretch))] : bad;
    if (all.length > 0 && !store.notice.value) store.notice.value = { kind: "badView", bad: all };
  }

  /**
   * Says what is wrong with a fragment. Of the program that it names the default run is shown, in the way that it names, at the
   * step and beside the run that it names as far as that can be; else the run at hand stays, if there is one. The address is
   * left as it was typed, until the reader moves on, so that it can be mended.
   */
  async #insteadOf(fragment: string, { program, at, view, other }: Legible, refusal: Refusal): Promise<void> {
    const { store, runs } = this;
    const before = store.run.value;
    const empty = !before;
    store.notice.value = { kind: "badLink", refusal, instead: empty };
    const named = program === undefined ? undefined : await this.#defaultOf(program);
    if (this.#wanted !== fragment) return;
    if (named && !empty) store.notice.value = { kind: "badLink", refusal, instead: true };
    if (!named) {
      if (empty) await runs.openInstead();
      return;
    }
    await runs.openInstead(named, { at, view });
    if (this.#wanted !== fragment || store.run.value === before || other === undefined) return;
    // Of two things that are wrong the first is told.
    await this.#compareWith(other, view, true);
  }

  #compareWith(other: string, { stretch }: View, keep: boolean): Promise<Refusal | undefined> {
    return this.comparisons.compareWith(other, { stretch, keep });
  }

  /** The default run of a program; undefined where there is none of that name. */
  async #defaultOf(program: string): Promise<RunSpec | undefined> {
    const { catalogue } = this.store;
    const known = () => catalogue.value.find(({ id }) => id === program)?.presets[0]?.spec;
    // Where the list does not come, only what the page opens with is known.
    if (!known()) await this.programs.list().catch(() => {});
    return known();
  }

  /** Opens what a link inside the page says, as a new entry of the history. */
  async openLink(fragment: string): Promise<void> {
    const { store } = this;
    store.notice.value = undefined;
    try {
      const place = await this.core.call("readLink", fragment);
      if (!place) return;
      const refusal = await this.runs.open(place.spec, { at: place.at, history: "push", digest: place.digest });
      if (refusal) store.notice.value = { kind: "refused", refusal };
    } catch (error) {
      report(store, error);
    }
  }
}

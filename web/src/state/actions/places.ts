/** Places: what an address says is opened, and one that is damaged is told while the page goes on. */
import { CoreRefused } from "../../core/client";
import type { Place } from "../../core/wire";
import { splitCompared } from "../compare-link";
import type { CoreLine } from "../questions";
import type { Store } from "../store";
import { viewOf } from "../view-link";
import type { Comparisons } from "./comparisons";
import { report } from "./report";
import type { Runs } from "./runs";

export class Places {
  /** What the address says, of which the last word counts. */
  #wanted = "";

  /** `openBeside`: whether a fragment is the address of a chapter that is no program, which is opened then. */
  constructor(
    private readonly store: Store,
    private readonly core: CoreLine,
    private readonly openBeside: (fragment: string) => boolean,
    private readonly runs: Runs,
    private readonly comparisons: Comparisons,
  ) {}

  /**
   * Opens the run and the moment of a fragment. When it is damaged says so: of a program that it names the default run is
   * shown; else the run at hand stays, if there is one.
   */
  async openAddress(fragment: string): Promise<void> {
    const { store, runs } = this;
    this.#wanted = fragment;
    if (this.openBeside(fragment)) return;
    store.notice.value = undefined;
    let place: Place | undefined;
    const compared = splitCompared(fragment);
    const { view, bad } = viewOf(compared.fragment);
    try {
      // Nothing need be asked about nothing: the core has the default run at once.
      place = fragment === "" ? undefined : await this.core.call("readLink", compared.fragment);
    } catch (error) {
      if (this.#wanted !== fragment) return;
      if (!(error instanceof CoreRefused)) {
        report(store, error);
        return;
      }
      store.notice.value = { kind: "badLink", refusal: error.refusal };
      await runs.stay();
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
    const refusal = await runs.open(spec, { at, history: "replace", digest, view });
    if (this.#wanted !== fragment) return;
    if (refusal) {
      const instead = store.catalogue.value.find(({ id }) => id === spec.scenario)?.presets[0]?.spec;
      store.notice.value = { kind: "badLink", refusal, instead: instead !== undefined };
      await (instead ? runs.openInstead(instead) : runs.stay());
      return;
    }
    // Unless it was stopped.
    const stands = store.run.value !== before;
    if (stands && bad.length > 0 && !store.notice.value) store.notice.value = { kind: "badView", bad };
    if (stands && compared.other !== undefined) await this.comparisons.compareWith(compared.other);
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

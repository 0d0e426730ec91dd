/** The form of settings: what it says is read and run, and what is wrong stands beside its row. */
import { batch } from "@preact/signals";
import type { Refusal, RunSpec } from "../../core/wire";
import { type Draft, draftOf, readDraft } from "../draft";
import type { Store } from "../store";
import type { Runs } from "./runs";

export class Form {
  constructor(
    private readonly store: Store,
    private readonly runs: Runs,
  ) {}

  /** Runs what the form says. What is wrong appears beside its rows and the run at hand stays. */
  async run(): Promise<void> {
    const spec = this.askedFor();
    if (!spec) return;
    this.store.notice.value = undefined;
    const refusal = await this.runs.open(spec, { at: 0, history: "push" });
    if (refusal) this.refuse(refusal);
  }

  /** The run that the form says; undefined when it says none, and the rows then say why. */
  askedFor(): RunSpec | undefined {
    const { store } = this;
    const scenario = store.scenario.value;
    if (!scenario) return undefined;
    const read = readDraft(store.draft.value, scenario);
    if (read.ok) return read.spec;
    batch(() => {
      store.draftErrors.value = read.errors;
      store.draftRefusals.value += 1;
    });
    return undefined;
  }

  /** The core refuses what was asked for, though no row is wrong. */
  refuse(refusal: Refusal): void {
    const { store } = this;
    store.draftErrors.value = {};
    store.notice.value = { kind: "refused", refusal };
  }

  edit(change: Draft): void {
    const { store } = this;
    store.draft.value = { ...store.draft.value, ...change };
    const errors = { ...store.draftErrors.value };
    for (const name of Object.keys(change)) delete errors[name];
    store.draftErrors.value = errors;
  }

  /** Says again what the run at hand was run with. */
  reset(): void {
    const { run, scenario, draft, draftErrors } = this.store;
    if (run.value && scenario.value) draft.value = draftOf(run.value.spec, scenario.value.fields);
    draftErrors.value = {};
  }
}

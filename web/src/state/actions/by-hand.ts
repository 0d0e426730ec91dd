/** By hand: the reader chooses who goes on. A choice makes another run, which is the same up to there. */
import type { CoreLine, Questions } from "../questions";
import type { Store } from "../store";
import type { Cursor } from "./cursor";
import { report } from "./report";
import type { Runs } from "./runs";

export class ByHand {
  constructor(
    private readonly store: Store,
    private readonly core: CoreLine,
    private readonly questions: Questions,
    private readonly cursor: Cursor,
    private readonly runs: Runs,
  ) {}

  set(on: boolean): void {
    const { store } = this;
    this.cursor.pause();
    store.byHand.value = on;
    store.moves.value = undefined;
    if (on) this.questions.moves();
  }

  /** Whether small steps are seen one by one, or are taken by themselves. */
  setEveryStep(on: boolean): void {
    const { store, questions } = this;
    store.everyStep.value = on;
    questions.moves();
    if (store.run.value) questions.fragment(store.at.value);
  }

  /** Takes a choice: the run is the same up to here and goes on differently. */
  async choose(choice: string): Promise<void> {
    const { store, core } = this;
    const moves = store.moves.value;
    if (!moves) return;
    const taken = moves.moves.find((move) => move.choice === choice)?.taken;
    if (taken) {
      this.cursor.seek(moves.at + 1);
      return;
    }
    try {
      const spec = await core.call("choose", moves.at, choice);
      const refusal = await this.runs.open(spec, { at: moves.at + 1, history: "push", keepView: true });
      if (refusal) store.notice.value = { kind: "refused", refusal };
    } catch (error) {
      report(store, error);
    }
  }

  /** The same run as its strategy alone would have it. */
  async forgetChoices(): Promise<void> {
    const { store } = this;
    const run = store.run.value;
    if (!run) return;
    const at = run.spec.deviations[0]?.at ?? store.at.value;
    await this.runs.open({ ...run.spec, deviations: [] }, { at, history: "push", keepView: true });
  }
}

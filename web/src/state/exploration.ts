/**
 * What can happen: an exploration of the program at hand with the settings at hand, and what is known of it.
 *
 * There is one at a time. It belongs to a program with its settings: while those change it is out of sight, and one that
 * is under way then ends.
 */
import { effect } from "@preact/signals";
import type { Closer, ExploreAnswer, ExploreLine } from "../core/explorer";
import type { ExploreProgress, ExploreReport, ExploreSpec, OutcomeInfo, Refusal, RunSpec, Words } from "../core/wire";
import type { Runs } from "./actions/runs";
import type { Store } from "./store";

/** An exploration: under way, finished, stopped by the reader, or broken off. */
export interface Explored {
  readonly spec: ExploreSpec;
  readonly phase: "searching" | "done" | "stopped" | "broken";
  readonly progress: ExploreProgress | undefined;
  readonly elapsedMs: number;
  readonly report: ExploreReport | undefined;
  /** How far looking closer is, which comes after the search. */
  readonly closer: Closer | undefined;
}

/** Whether that is all that can happen. What is looked at more closely has been searched to its end, whoever stops then. */
export function isComplete({ phase, report, closer }: Explored): boolean {
  return (phase === "done" || closer !== undefined) && report?.incomplete.length === 0;
}

/** Limits as the reader typed them. */
export interface LimitsDraft {
  readonly executions: string;
  readonly steps: string;
  readonly samples: string;
  /** Nothing for any number. */
  readonly preemptions: string;
  readonly orderOfOutput: boolean;
}

export const USUAL_LIMITS: LimitsDraft = {
  executions: "100000",
  steps: "400",
  samples: "1000",
  preemptions: "",
  orderOfOutput: false,
};

/** What is wrong with limits, by name. */
export type LimitErrors = Readonly<Partial<Record<keyof LimitsDraft, Words>>>;

/** Whether an exploration is of this run's program and settings. */
export function isOf(explored: Pick<ExploreSpec, "scenario" | "config">, run: RunSpec): boolean {
  const names = new Set([...Object.keys(explored.config), ...Object.keys(run.config)]);
  return explored.scenario === run.scenario && [...names].every((name) => explored.config[name] === run.config[name]);
}

export class Explorations {
  constructor(
    private readonly store: Store,
    private readonly line: ExploreLine,
    private readonly runs: Pick<Runs, "openAt">,
  ) {
    effect(() => {
      const run = store.run.value;
      const explored = store.explored.peek();
      if (run && explored?.phase === "searching" && !isOf(explored.spec, run.spec)) this.cancel();
    });
  }

  /** Explores the program at hand within the limits that stand in the form. */
  start(): void {
    const { store } = this;
    const run = store.run.value;
    if (!run) return;
    const limits = store.limits.value;
    const { scenario, config } = run.spec;
    const spec: ExploreSpec = {
      scenario,
      config,
      executions: numberOf(limits.executions),
      steps: numberOf(limits.steps),
      samples: numberOf(limits.samples),
      preemptions: limits.preemptions.trim() === "" ? null : numberOf(limits.preemptions),
      orderOfOutput: limits.orderOfOutput,
    };
    const before = store.explored.value;
    store.limitErrors.value = {};
    store.explored.value = {
      spec,
      phase: "searching",
      progress: undefined,
      elapsedMs: 0,
      report: undefined,
      closer: undefined,
    };
    this.line.explore(spec, (answer) => {
      if (answer.type === "refused") this.#refused(answer.refusal, before);
      else this.#hear(answer);
    });
  }

  /** Ends the exploration under way; what it has found stays, and is said not to be complete. */
  cancel(): void {
    this.line.cancel();
    this.#change({ phase: "stopped" });
  }

  editLimits(change: Partial<LimitsDraft>): void {
    const { limits, limitErrors } = this.store;
    limits.value = { ...limits.value, ...change };
    const errors = { ...limitErrors.value };
    for (const name of Object.keys(change)) delete errors[name as keyof LimitsDraft];
    limitErrors.value = errors;
  }

  /** What the reader thinks of an option of the words' question. */
  guess(option: number, can: boolean): void {
    const guesses = new Set(this.store.guesses.value);
    if (can) guesses.add(option);
    else guesses.delete(option);
    this.store.guesses.value = guesses;
  }

  /** Opens the run that shows an outcome, at the step that matters or at another one of it. */
  open({ spec, digest, at }: OutcomeInfo, where = at): Promise<void> {
    return this.runs.openAt(spec, where, digest);
  }

  #hear(answer: Exclude<ExploreAnswer, { type: "refused" }>): void {
    switch (answer.type) {
      case "progress":
        this.#change({ progress: answer.progress, elapsedMs: answer.elapsedMs });
        break;
      case "report":
        this.#change({ report: answer.report });
        break;
      case "closer":
        this.#change({ closer: { left: answer.left, all: answer.all } });
        break;
      case "done":
        this.#change({ phase: "done" });
        break;
      case "broken":
        this.store.notice.value = { kind: "brokeOff", reason: answer.reason };
        this.#change({ phase: "broken" });
        break;
    }
  }

  /** Nothing was explored: the last exploration stays, and the limit that does not go says why. */
  #refused(refusal: Refusal, before: Explored | undefined): void {
    const { store } = this;
    store.explored.value = before?.phase === "searching" ? { ...before, phase: "stopped" } : before;
    const { field } = refusal;
    if (field === "executions" || field === "steps" || field === "samples" || field === "preemptions") {
      store.limitErrors.value = { [field]: refusal.message };
    } else {
      store.notice.value = { kind: "refused", refusal };
    }
  }

  #change(change: Partial<Explored>): void {
    const { explored } = this.store;
    if (explored.value) explored.value = { ...explored.value, ...change };
  }
}

/** What was typed as a number; what is none is not a number, which the core refuses by name. */
function numberOf(text: string): number {
  const spaceless = text.replace(/[\s\u202f\u00a0]/g, "");
  // A full stop between thousands would be read as the beginning of a fraction.
  if (/^-?\d{1,3}(\.\d{3})+$/.test(spaceless)) return Number.NaN;
  const digits = /^\d{1,3}(,\d{3})+$/.test(spaceless) ? spaceless.replace(/,/g, "") : spaceless;
  return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
}

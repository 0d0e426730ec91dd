/** What an exploration says about an option of a question. */
import type { ExploreReport, OutcomeInfo, VerdictInfo } from "../../core/wire";
import type { Expectation } from "../../state/scenario-files";

export interface Answer {
  /** Inequivalent executions that are as the option says; undefined where not all outcomes can be looked at. */
  readonly count: number | undefined;
  /** The shortest run that shows it, of the outcomes that are listed; undefined when none does. */
  readonly shown: OutcomeInfo | undefined;
}

/** The outcomes that are as the option says, as far as they are known. */
export function answerOf(expects: Expectation, report: ExploreReport): Answer {
  const { outcomes, kinds, total } = report;
  const fitting = outcomes.filter((outcome) => fits(expects, outcome));
  const [shown] = [...fitting].sort((a, b) => a.events - b.events);
  // How they end is known of all; what they print, of those that are listed.
  const counted = expects.type === "ends" ? kinds.filter(({ verdict }) => ends(expects, verdict)) : fitting;
  const whole = expects.type === "ends" || outcomes.length === total;
  return { count: whole ? counted.reduce((sum, { count }) => sum + count, 0) : undefined, shown };
}

function fits(expects: Expectation, { verdict, output, outputLines }: OutcomeInfo): boolean {
  if (expects.type === "ends") return ends(expects, verdict);
  const printed = [...output].sort();
  return outputLines === expects.lines.length && expects.lines.every((line, index) => line === printed[index]);
}

function ends({ how }: Extract<Expectation, { type: "ends" }>, { good, ending }: VerdictInfo): boolean {
  return how === "well" ? good : ending === how;
}

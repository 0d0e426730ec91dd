/** What an exploration says about an option of a question. */
import type { ExploreReport, OutcomeInfo } from "../../core/wire";
import type { Expectation } from "../../state/scenario-files";

export interface Answer {
  /** Inequivalent executions that are as the option says. */
  readonly count: number;
  /** The shortest run that shows it; undefined when none does. */
  readonly shown: OutcomeInfo | undefined;
}

/** The outcomes that are as the option says, as far as they are known. */
export function answerOf(expects: Expectation, report: ExploreReport): Answer {
  const fitting = report.outcomes.filter((outcome) => fits(expects, outcome));
  const [shown] = [...fitting].sort((a, b) => a.events - b.events);
  return { count: fitting.reduce((sum, { count }) => sum + count, 0), shown };
}

function fits(expects: Expectation, { verdict, output, outputLines }: OutcomeInfo): boolean {
  if (expects.type === "ends") return expects.how === "well" ? verdict.good : verdict.ending === expects.how;
  const printed = [...output].sort();
  return outputLines === expects.lines.length && expects.lines.every((line, index) => line === printed[index]);
}

/** The order in which outcomes are listed. */
import type { OutcomeInfo } from "../../core/wire";

/** With more than so many, those that show something wrong stand first. */
const MANY = 8;

/** As the core has them, which begins with the good ones; where there are many, those come last. */
export function inOrder<Outcome extends Pick<OutcomeInfo, "verdict">>(
  outcomes: readonly Outcome[],
): readonly Outcome[] {
  if (outcomes.length <= MANY) return outcomes;
  const isGood = ({ verdict }: Outcome) => verdict.good;
  return [...outcomes.filter((outcome) => !isGood(outcome)), ...outcomes.filter(isGood)];
}

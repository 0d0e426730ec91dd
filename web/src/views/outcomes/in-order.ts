/** The order in which outcomes are listed. */
import type { VerdictInfo } from "../../core/wire";

/** With more than so many, those that show something wrong stand first. */
const MANY = 8;

/**
 * As the core has them, which begins with the good ones; where so many are listed that it is much, those come last. Outcomes,
 * or their kinds.
 */
export function inOrder<Listed extends { readonly verdict: VerdictInfo }>(
  all: readonly Listed[],
  listed = all.length,
): readonly Listed[] {
  if (listed <= MANY) return all;
  const isGood = ({ verdict }: Listed) => verdict.good;
  return [...all.filter((one) => !isGood(one)), ...all.filter(isGood)];
}

/** The order in which outcomes are listed, and their lines of output where those have none of their own. */
import type { OutcomeInfo } from "../../core/wire";

/** With more than so many, those that show something wrong stand first. */
const MANY = 8;

type Listed = Pick<OutcomeInfo, "verdict" | "detail" | "output">;

/** Numbers by what they count, which sorted as text stand 10 before 2. */
const { compare } = new Intl.Collator("en", { numeric: true });

/** Lines of output, by their numbers where their order means nothing. */
export function linesOf({ output }: Pick<OutcomeInfo, "output">, orderOfOutput: boolean): readonly string[] {
  return orderOfOutput ? output : [...output].sort(compare);
}

/**
 * In the order in which they are listed: as the core has them by how they end, by their numbers where they end alike, and
 * where there are many of them the good ones last.
 */
export function inOrder<Outcome extends Listed>(
  outcomes: readonly Outcome[],
  orderOfOutput: boolean,
): readonly Outcome[] {
  const ends = [...new Set(outcomes.map(endOf))];
  const goodLast = outcomes.length > MANY;
  const placed = outcomes.map((outcome) => ({
    outcome,
    last: Number(goodLast && outcome.verdict.good),
    end: ends.indexOf(endOf(outcome)),
    texts: textsOf(outcome, orderOfOutput),
  }));
  placed.sort((a, b) => a.last - b.last || a.end - b.end || compareAll(a.texts, b.texts));
  return placed.map(({ outcome }) => outcome);
}

/** How it ends and what is found, by kind and by who: nothing of that is a text with numbers. */
function endOf({ verdict: { ending, findings } }: Listed): string {
  return JSON.stringify([ending, findings.map(({ kind, goroutines }) => [kind, [...goroutines].sort()])]);
}

/** What tells outcomes apart that end alike. A race tells its steps, which are those of one run and not of the outcome. */
function textsOf(outcome: Listed, orderOfOutput: boolean): readonly string[] {
  const { verdict, detail } = outcome;
  const found = verdict.findings.filter(({ kind }) => kind !== "dataRace").map(({ sentence }) => sentence.en);
  const waiting = verdict.ending === "deadlocked" ? [detail.en] : [];
  return [verdict.sentence.en, ...waiting, ...found, ...linesOf(outcome, orderOfOutput)];
}

/** Of two of which one begins with the other the shorter one comes first. */
function compareAll(some: readonly string[], others: readonly string[]): number {
  const first = some.findIndex((text, nth) => compare(text, others[nth] ?? "") !== 0);
  return first < 0 ? some.length - others.length : compare(some[first] ?? "", others[first] ?? "");
}

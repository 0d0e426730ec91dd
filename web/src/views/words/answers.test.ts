import { expect, it } from "vitest";
import type { ExploreReport, OutcomeInfo } from "../../core/wire";
import type { Expectation } from "../../state/scenario-files";
import { answerOf } from "./answers";

const outcome = (ending: string, output: string[], count: number, events: number, good = false) =>
  ({ verdict: { ending, good }, output, outputLines: output.length, count, events }) as unknown as OutcomeInfo;

const outcomes = [
  outcome("completed", ["b", "a"], 2, 30, true),
  outcome("completed", ["a", "b"], 3, 20),
  outcome("deadlocked", [], 1, 9),
];
const report = { outcomes, kinds: outcomes, total: 3 } as unknown as ExploreReport;

it.each<[Expectation, number, number | undefined]>([
  [{ type: "prints", lines: ["a", "b"] }, 5, 20],
  [{ type: "prints", lines: ["a"] }, 0, undefined],
  [{ type: "prints", lines: ["a", "b", "c"] }, 0, undefined],
  [{ type: "prints", lines: [] }, 1, 9],
  [{ type: "ends", how: "well" }, 2, 30],
  [{ type: "ends", how: "completed" }, 5, 20],
  [{ type: "ends", how: "panicked" }, 0, undefined],
])("%o is what %d executions do", (expects, count, events) => {
  const answer = answerOf(expects, report);
  expect([answer.count, answer.shown?.events]).toEqual([count, events]);
});

it("counts what ends alike where not all of it is listed, and does not count lines that it has not seen", () => {
  const cut = { outcomes: outcomes.slice(1), kinds: outcomes, total: 3 } as unknown as ExploreReport;
  expect(answerOf({ type: "ends", how: "completed" }, cut)).toMatchObject({ count: 5, shown: { events: 20 } });
  expect(answerOf({ type: "prints", lines: ["a", "b"] }, cut)).toMatchObject({
    count: undefined,
    shown: { events: 20 },
  });
  expect(answerOf({ type: "prints", lines: ["c"] }, cut)).toEqual({ count: undefined, shown: undefined });
});

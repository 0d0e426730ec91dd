import { expect, it } from "vitest";
import type { FindingInfo, OutcomeInfo } from "../../core/wire";
import { inOrder, linesOf } from "./in-order";

const words = (text: string) => ({ en: text, zh: text });

const found = (kind: string, goroutine: number, sentence: string) =>
  ({ kind, goroutines: [goroutine], sentence: words(sentence) }) as FindingInfo;

function outcome(output: string[], change: Partial<OutcomeInfo["verdict"]> = {}, detail = "") {
  const verdict = { ending: "completed", sentence: words("main returned"), findings: [], good: true, ...change };
  return { verdict, detail: words(detail), output } as unknown as OutcomeInfo;
}

const printed = (outcomes: readonly OutcomeInfo[], order = false) =>
  inOrder(outcomes, order).map(({ output }) => output.join(" "));

it("lists what went wrong first where there is much, and few by how they end", () => {
  const outcomes = (count: number) =>
    Array.from({ length: count }, (_, nth) =>
      outcome([String(nth)], nth % 3 === 1 ? { good: false, findings: [found("leaked", 1, "")] } : {}),
    );
  expect(printed(outcomes(3))).toEqual(["0", "2", "1"]);
  expect(printed(outcomes(9))).toEqual(["1", "4", "7", "0", "2", "3", "5", "6", "8"]);
});

it.each([
  [
    ["10", "2", "9"],
    ["2", "9", "10"],
  ],
  [
    ["x:1,y:102", "x:1,y:12"],
    ["x:1,y:12", "x:1,y:102"],
  ],
  [
    ["worker 10 is done", "worker 9 is done", "idle"],
    ["idle", "worker 9 is done", "worker 10 is done"],
  ],
])("has what is printed by its numbers: %j", (lines, expected) => {
  expect(printed(lines.map((line) => outcome([line])))).toEqual(expected);
});

it("has lines whose order means nothing by their numbers, and outcomes by such lines", () => {
  const outcomes = [outcome(["10", "2"]), outcome(["10", "9"]), outcome(["2"])];
  expect(inOrder(outcomes, false).map((each) => linesOf(each, false))).toEqual([["2"], ["2", "10"], ["9", "10"]]);
  expect(inOrder(outcomes, true).map((each) => linesOf(each, true))).toEqual([["2"], ["10", "2"], ["10", "9"]]);
});

it("leaves apart what ends in another way, or with somebody else", () => {
  const leaked = (goroutine: number) => ({
    good: false,
    findings: [found("leaked", goroutine, `${goroutine} has leaked`)],
  });
  const outcomes = [
    outcome(["10"]),
    outcome(["9"]),
    outcome(["10"], leaked(2)),
    outcome(["9"], leaked(2)),
    outcome(["10"], leaked(11)),
    outcome(["1"], { ending: "deadlocked", good: false }),
  ];
  expect(printed(outcomes)).toEqual(["9", "10", "9", "10", "10", "1"]);
});

it.each<[string, (value: number) => OutcomeInfo]>([
  ["a panic", (value) => outcome([], { ending: "panicked", sentence: words(`panic in main: ${value}`) })],
  ["an item that is lost", (value) => outcome([], { findings: [found("lostItem", 1, `receives ${value} from ch`)] })],
  ["who waits", (value) => outcome([], { ending: "deadlocked" }, `main wants to send ${value} to ch`)],
])("has values in %s by their numbers", (_, made) => {
  const [ten, two] = [made(10), made(2)];
  expect(inOrder([ten, two], false)).toEqual([two, ten]);
});

it("does not look at the steps of a race, which are those of one of its runs", () => {
  const race = (step: number) => ({ good: false, findings: [found("dataRace", 1, `writes x (step ${step})`)] });
  expect(printed([outcome(["10"], race(3)), outcome(["2"], race(4))])).toEqual(["2", "10"]);
});

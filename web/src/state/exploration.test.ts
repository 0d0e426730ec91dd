import { expect, it } from "vitest";
import type { ExploreAnswer, ExploreLine } from "../core/explorer";
import type { ExploreSpec, OutcomeInfo, RunSpec, RunSummary } from "../core/wire";
import { Explorations } from "./exploration";
import { Store } from "./store";

const words = (text: string) => ({ en: text, zh: text });
const spec = (producers: number): RunSpec => ({
  scenario: "pair",
  config: { producers, wait: true },
  strategy: "random",
  seed: 7,
  deviations: [],
});
const report = {
  executions: 6,
  estimate: null,
  sampled: 0,
  incomplete: [],
  outcomes: [],
  kinds: [],
  sampledCut: 0,
  total: 0,
};

class FakeLine implements ExploreLine {
  readonly asked: ExploreSpec[] = [];
  hear: (answer: ExploreAnswer) => void = () => {};
  cancelled = 0;

  explore(wanted: ExploreSpec, hear: (answer: ExploreAnswer) => void): void {
    this.asked.push(wanted);
    this.hear = hear;
  }
  cancel(): void {
    this.cancelled += 1;
  }
}

function page() {
  const store = new Store();
  const line = new FakeLine();
  const opened: unknown[] = [];
  const explorations = new Explorations(store, line, { openAt: async (...what) => void opened.push(what) });
  const run = (producers: number) => {
    store.run.value = { spec: spec(producers) } as unknown as RunSummary;
  };
  run(2);
  return { store, line, opened, explorations, run };
}

it("explores the settings at hand within the limits of the form, whatever the strategy", () => {
  const { line, explorations } = page();
  explorations.editLimits({ executions: "12 000" });
  explorations.start();
  const { scenario, config } = spec(2);
  expect(line.asked).toEqual([
    { scenario, config, executions: 12_000, steps: 400, samples: 1_000, preemptions: null, orderOfOutput: false },
  ]);
});

it("knows how far looking closer is", () => {
  const { store, line, explorations } = page();
  explorations.start();
  line.hear({ type: "closer", left: 2, all: 5 });
  expect(store.explored.value).toMatchObject({ phase: "searching", closer: { left: 2, all: 5 } });
});

it("keeps what was found when it is stopped", () => {
  const { store, line, explorations } = page();
  explorations.start();
  line.hear({ type: "report", report });
  explorations.cancel();
  expect(line.cancelled).toBe(1);
  expect(store.explored.value).toMatchObject({ phase: "stopped", report });
});

it("ends when the settings change, and is in sight again when they change back", () => {
  const { store, line, explorations, run } = page();
  explorations.start();
  run(2);
  expect(line.cancelled).toBe(0);
  run(3);
  expect(line.cancelled).toBe(1);
  expect(store.exploredHere.value).toBeUndefined();
  run(2);
  expect(store.exploredHere.value?.phase).toBe("stopped");
});

it("says beside its row which limit does not go, and keeps the last exploration", () => {
  const { store, line, explorations } = page();
  explorations.start();
  line.hear({ type: "report", report });
  line.hear({ type: "done" });
  explorations.editLimits({ steps: "many" });
  explorations.start();
  expect(line.asked[1]?.steps).toBeNaN();
  line.hear({ type: "refused", refusal: { kind: "config", field: "steps", message: words("steps: no") } });
  expect(store.limitErrors.value).toEqual({ steps: words("steps: no") });
  expect(store.explored.value).toMatchObject({ phase: "done", report });
  explorations.editLimits({ steps: "4" });
  expect(store.limitErrors.value).toEqual({});
});

it("opens a witness at the step that matters, or where there is no way back", () => {
  const { opened, explorations } = page();
  const outcome = { spec: spec(2), digest: "1abc", at: 9 } as unknown as OutcomeInfo;
  void explorations.open(outcome);
  void explorations.open(outcome, 4);
  expect(opened).toEqual([
    [spec(2), 9, "1abc"],
    [spec(2), 4, "1abc"],
  ]);
});

it("says when it broke off", () => {
  const { store, line, explorations } = page();
  explorations.start();
  line.hear({ type: "broken", reason: "unreachable" });
  expect(store.explored.value?.phase).toBe("broken");
  expect(store.notice.value).toEqual({ kind: "brokeOff", reason: "unreachable" });
});

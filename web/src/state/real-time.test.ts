import { expect, it } from "vitest";
import type { LoopAnswer, LoopLine } from "../core/event-loop";
import type { Refusal, RunSpec, RunSummary } from "../core/wire";
import { RealTime } from "./real-time";
import { Store } from "./store";

const spec: RunSpec = { scenario: "polling", config: { rounds: 3 }, strategy: "random", seed: 7, deviations: [] };
const recorded: RunSpec = { ...spec, deviations: [{ at: 3, choice: "1-input" }] };
const refusal: Refusal = { kind: "field", message: { en: "no", zh: "不" }, field: "rounds" };

class FakeLine implements LoopLine {
  readonly ran: [RunSpec, number][] = [];
  hear: (answer: LoopAnswer) => void = () => {};
  pressed = 0;
  stopped = 0;
  left = 0;

  run(wanted: RunSpec, speed: number, hear: (answer: LoopAnswer) => void): void {
    this.ran.push([wanted, speed]);
    this.hear = hear;
  }
  press(): void {
    this.pressed += 1;
  }
  stop(): void {
    this.stopped += 1;
  }
  leave(): void {
    this.left += 1;
  }
}

function page() {
  const store = new Store();
  const line = new FakeLine();
  const opened: RunSpec[] = [];
  const refused: Refusal[] = [];
  const form = { askedFor: () => spec, refuse: (why: Refusal) => void refused.push(why) };
  const openRun = async (run: RunSpec) => {
    opened.push(run);
    store.run.value = { spec: run, digest: JSON.stringify(run) } as RunSummary;
  };
  const realTime = new RealTime(store, line, form, { openRun });
  return { store, line, opened, refused, realTime };
}

it("runs what the form says at the speed that was chosen, and opens what was recorded", () => {
  const { store, line, opened, realTime } = page();
  realTime.setSpeed(100);
  realTime.start();
  expect(line.ran).toEqual([[spec, 100]]);
  line.hear({ type: "state", elapsedMs: 120, waitsForReader: true });
  expect(store.realTime.value).toEqual({ elapsedMs: 120, waitsForReader: true });
  realTime.press();
  expect(line.pressed).toBe(1);
  line.hear({ type: "done", spec: recorded, elapsedMs: 12 });
  expect(opened).toEqual([recorded]);
  expect(store.realTime.value).toBeUndefined();
});

it("says how it went, and whether it is the run that was open before", async () => {
  const { store, line, realTime } = page();
  for (const same of [false, true]) {
    realTime.start();
    line.hear({ type: "done", spec: recorded, elapsedMs: 12 });
    await Promise.resolve();
    expect(store.realTimeOver.value).toEqual({ run: store.run.value, elapsedMs: 12, same });
  }
});

it("says nothing of a run that is overtaken by another one", async () => {
  const { store, line, realTime } = page();
  realTime.start();
  line.hear({ type: "done", spec: recorded, elapsedMs: 12 });
  store.underWay.value = 0;
  await Promise.resolve();
  expect(store.realTimeOver.value).toBeUndefined();
});

it("runs nothing where the form has an error", () => {
  const store = new Store();
  const line = new FakeLine();
  const form = { askedFor: () => undefined, refuse: () => {} };
  const realTime = new RealTime(store, line, form, { openRun: async () => {} });
  realTime.start();
  expect(line.ran).toEqual([]);
  expect(store.realTime.value).toBeUndefined();
});

it("opens what has happened when it is stopped", () => {
  const { store, line, opened, realTime } = page();
  realTime.start();
  realTime.stop();
  expect([line.stopped, line.left, opened]).toEqual([1, 0, []]);
  line.hear({ type: "done", spec: recorded, elapsedMs: 12 });
  expect(opened).toEqual([recorded]);
  expect(store.realTime.value).toBeUndefined();
});

it("is left when another run is opened, and says nothing of it", () => {
  const { store, line, opened, realTime } = page();
  realTime.start();
  store.run.value = { spec: recorded } as RunSummary;
  expect(line.left).toBe(1);
  expect(store.realTime.value).toBeUndefined();
  store.run.value = { spec } as RunSummary;
  expect([line.left, line.stopped]).toEqual([1, 0]);
  expect(opened).toEqual([]);
});

it("tells a refusal beside the form, and a break for the whole page", () => {
  const { store, line, refused, realTime } = page();
  realTime.start();
  line.hear({ type: "refused", refusal });
  expect(refused).toEqual([refusal]);
  realTime.start();
  line.hear({ type: "broken", reason: "unreachable" });
  expect(store.notice.value).toEqual({ kind: "loopBroke", reason: "unreachable" });
  expect(store.realTime.value).toBeUndefined();
});

/** The same bodies on JavaScript's own event loop, in real time. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, it, vi } from "vitest";
import { Core, initSync } from "../../web/gen/every/every.js";
import { EventLoop, initSync as initLoop } from "../../web/gen/loop/loop.js";
import type { EventInfo, RunSpec, RunSummary, ScenarioInfo } from "../../web/src/core/wire";

beforeAll(() => {
  const module = (name: string) => readFileSync(new URL(`../../web/gen/${name}/${name}_bg.wasm`, import.meta.url));
  initSync({ module: module("every") });
  initLoop({ module: module("loop") });
});

function replayed(spec: RunSpec): { summary: RunSummary; log: readonly EventInfo[] } {
  const core = new Core();
  core.begin(spec);
  while (!core.advance(1_000_000).done);
  const summary: RunSummary = core.summary();
  return { summary, log: core.log(Math.max(0, summary.events - 20), summary.events, "en") };
}

const said = (log: readonly EventInfo[]) => JSON.stringify(log);
const macrotask = () => new Promise((resolve) => setTimeout(resolve, 0));

const polling = (strategy: string): RunSpec => ({
  scenario: "polling",
  config: { rounds: 4000 },
  strategy,
  seed: 0,
  deviations: [],
});

it("hears Cancel while a goroutine polls in a tight loop, where LocalPool does not", async () => {
  const loop = new EventLoop(polling("first-come"));
  const result: Promise<RunSpec> = loop.run(1);
  await macrotask();
  expect(loop.waitsForReader).toBe(true);
  expect(loop.press()).toBe(true);
  const spec = await result;
  expect(said(replayed(spec).log)).toContain("cancelled");
  expect(spec.deviations.some(({ choice }) => choice.endsWith("-input"))).toBe(true);
  // On LocalPool the worker is polled until it has finished: nothing can come in between.
  expect(said(replayed(polling("local-pool")).log)).toContain("finished");
  // Here, whoever presses decides: first come, first served nobody does.
  expect(said(replayed(polling("first-come")).log)).toContain("finished");
});

it("hears a stop that comes between two waits", async () => {
  const waits = {
    scenario: "context-calls",
    config: { after: 60_000 },
    strategy: "first-come",
    seed: 0,
    deviations: [],
  };
  const loop = new EventLoop(waits);
  const result: Promise<RunSpec> = loop.run(1);
  // It has begun, and no timer has gone off.
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  loop.stop();
  expect(replayed(await result).summary.verdict.ending).toBe("completed");
});

it("lets a reader who never presses wait in the background", async () => {
  const loop = new EventLoop({ ...polling("first-come"), config: { rounds: 3 } });
  const spec: RunSpec = await loop.run(1);
  expect(said(replayed(spec).log)).toContain("finished");
  expect(loop.press()).toBe(false);
});

/** What each preset declares, as `docs/chapters.md` lists it. A preset that is explored in a smaller form says so in its name. */
const table: Record<string, { declared: string[] }> = JSON.parse(
  readFileSync(new URL("../golden/explored.json", import.meta.url), "utf8"),
);
const declared = (name: string) => (table[name] ?? table[`${name}, made smaller`])?.declared;

const NAMES: Record<string, string> = {
  dataRace: "data race",
  leaked: "leaked",
  lostItem: "lost item",
  notCancelled: "not cancelled",
};

const verdictOf = ({ verdict }: RunSummary) =>
  [verdict.ending, ...new Set(verdict.findings.map(({ kind }) => NAMES[kind] ?? kind))].join(", ");

it("replays what every program did here, to a verdict that it declares", async () => {
  const catalogue: ScenarioInfo[] = new Core().catalogue();
  let presets = 0;
  for (const scenario of catalogue) {
    for (const { id, spec } of scenario.presets) {
      // Not in the table is what draws for ever, with about a million events: more than is recorded here.
      const verdicts = declared(`${scenario.id}/${id}`);
      if (verdicts === undefined) continue;
      presets += 1;
      const ran: RunSpec = await new EventLoop(spec).run(1e7);
      expect(verdicts, `${scenario.id}/${id}`).toContain(verdictOf(replayed(ran).summary));
    }
  }
  expect(presets).toBe(Object.keys(table).length);
});

it("takes the three seconds of the notes in real time, a tenth of them ten times as fast, and no time for their hour", async () => {
  const notes = new Core().catalogue().find(({ id }: ScenarioInfo) => id === "context-calls");
  const spec: RunSpec = notes.presets.find(({ id }: { id: string }) => id === "notes").spec;
  expect(spec.config).toMatchObject({ after: 3000, rest: 3_600_000 });
  for (const speed of [1, 10]) {
    // The clock of the test is the page's clock: it stands still until it is moved.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      let over = false;
      const run: Promise<RunSpec> = new EventLoop(spec).run(speed);
      const ended = run.then(() => {
        over = true;
      });
      await vi.advanceTimersByTimeAsync(3000 / speed - 1);
      expect(over, `${speed} times as fast`).toBe(false);
      // Beside the timers of the program there is a turn of the loop between them, of no time at all.
      await vi.advanceTimersByTimeAsync(100);
      await ended;
      expect(said(replayed(await run).log)).toContain("A Done");
    } finally {
      vi.useRealTimers();
    }
  }
});

it("records what has happened when it is stopped, and first come, first served from there", async () => {
  const loop = new EventLoop(polling("random"));
  const result: Promise<RunSpec> = loop.run(1);
  await macrotask();
  loop.press();
  loop.stop();
  const spec = await result;
  expect(spec.strategy).toBe("first-come");
  expect(said(replayed(spec).log)).toContain("cancelled");
});

it("refuses a speed at which nothing would ever happen", () => {
  const loop = new EventLoop(polling("first-come"));
  let refusal: unknown;
  try {
    loop.run(0);
  } catch (thrown) {
    refusal = thrown;
  }
  expect(refusal).toMatchObject({ field: "speed" });
});

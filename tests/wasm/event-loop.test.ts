/** The same bodies on JavaScript's own event loop, in real time. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { Core, initSync } from "../../web/gen/core/core.js";
import { EventLoop, initSync as initLoop } from "../../web/gen/loop/loop.js";
import type { EventInfo, RunSpec, RunSummary, ScenarioInfo } from "../../web/src/core/wire";

beforeAll(() => {
  const module = (name: string) => readFileSync(new URL(`../../web/gen/${name}/${name}_bg.wasm`, import.meta.url));
  initSync({ module: module("core") });
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

it("lets a reader who never presses wait in the background", async () => {
  const loop = new EventLoop({ ...polling("first-come"), config: { rounds: 3 } });
  const spec: RunSpec = await loop.run(1);
  expect(said(replayed(spec).log)).toContain("finished");
  expect(loop.press()).toBe(false);
});

it("replays what every program did here, to a verdict that it declares", async () => {
  const catalogue: ScenarioInfo[] = new Core().catalogue();
  for (const scenario of catalogue) {
    const spec = scenario.presets[0]?.spec;
    if (!spec) throw new Error(`${scenario.id} has no run`);
    const first: RunSpec = await new EventLoop(spec).run(1000);
    const { summary } = replayed(first);
    expect(summary.events, scenario.id).toBeGreaterThan(0);
    expect(summary.verdict.ending, scenario.id).not.toBe("cut");
  }
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

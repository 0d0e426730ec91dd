/** What each step lights: a line of the Go program for the line of the Rust that ran, and one that runs as it is set. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readScenario } from "../../web/build/scenarios";
import { Core, initSync } from "../../web/gen/every/every.js";
import type { EventInfo, RunSpec, ScenarioInfo } from "../../web/src/core/wire";
import { programAsSet } from "../../web/src/state/program-as-set";
import { sameLines } from "../../web/src/state/scenario-files";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What the core tells at once, at most. */
const MOST_EVENTS = 4_096;
/** Steps of one act beside each other: a condition in parts, the arms of a loop's head. */
const MOST_LINES = 2;

initSync({ module: readFileSync(here("../../web/gen/every/every_bg.wasm")) });
const catalogue: readonly ScenarioInfo[] = new Core().catalogue();

function firstEvents(spec: RunSpec): { readonly events: readonly EventInfo[]; readonly config: RunSpec["config"] } {
  const core = new Core();
  core.begin(spec);
  while (!core.advance(1_000_000).done);
  const summary = core.summary();
  return { events: core.log(0, Math.min(summary.events, MOST_EVENTS), "en"), config: summary.spec.config };
}

describe.each(catalogue.map((scenario) => [scenario.id, scenario] as const))("%s", (_, scenario) => {
  const files = readScenario(here("../../crate/scenario/src"), scenario.folder);
  it.each(scenario.presets.map((preset) => [preset.title.en, preset] as const))("%s", (_, { spec }) => {
    const { events, config } = firstEvents(spec);
    const go = programAsSet(files.go, config);
    const rust = new Set(events.flatMap(({ site }) => (site ? [site.line] : [])));
    for (const line of rust) {
      const lit = sameLines(files.rust, line, go);
      const what = `body.rs:${line} ${files.rust.lines[line - 1]?.trim()}`;
      expect(lit.length, what).toBeGreaterThan(0);
      expect(lit.length, what).toBeLessThanOrEqual(MOST_LINES);
    }
  });
});

/** The module that the page opens with knows the first program, answers for it like the one with every program, and no other. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Core as First, initSync as initFirst } from "../../web/gen/core/core.js";
import { Core as Every, initSync as initEvery } from "../../web/gen/every/every.js";
import type { RunSpec, ScenarioInfo } from "../../web/src/core/wire";

const here = (path: string) => new URL(path, import.meta.url);
initFirst({ module: readFileSync(here("../../web/gen/core/core_bg.wasm")) });
initEvery({ module: readFileSync(here("../../web/gen/every/every_bg.wasm")) });

const RUNS: Record<string, { spec: RunSpec; events: number; digest: string }> = JSON.parse(
  readFileSync(here("../golden/digests.json"), "utf8"),
);
const [first, ...others]: ScenarioInfo[] = new Every().catalogue();
const ofFirst = Object.entries(RUNS).filter(([, { spec }]) => spec.scenario === first?.id);

it("has runs to repeat, and programs not to know", () => {
  expect(ofFirst.length).toBeGreaterThan(3);
  expect(others.length).toBeGreaterThan(20);
});

it.each(ofFirst)("gives %s the digest that it has natively", (_, { spec, events, digest }) => {
  const core = new First();
  core.begin(spec);
  while (!core.advance(1_000_000).done);
  expect(core.summary()).toMatchObject({ events, digest });
});

it.each(others.map(({ id, presets }) => [id, presets] as const))(
  "does not know %s, which the other does",
  (id, presets) => {
    const refused = expect.objectContaining({ kind: "program", field: null });
    const small = new First();
    expect(() => small.readLink(`#/${id}`)).toThrow(refused);
    expect(() => small.begin(presets[0]?.spec)).toThrow(refused);
    const every = new Every();
    expect(every.readLink(`#/${id}`)).toMatchObject({ spec: { scenario: id } });
    every.begin(presets[0]?.spec);
  },
);

it("says of a link to be compared with that it is of another program, as the other does", () => {
  for (const core of [new First(), new Every()]) {
    core.begin(first?.presets[0]?.spec);
    while (!core.advance(1_000_000).done);
    const message = expect.objectContaining({ en: expect.stringContaining("of different programs, many-to-many and") });
    expect(() => core.compare(others[0]?.presets[0]?.spec)).toThrow(expect.objectContaining({ message }));
  }
});

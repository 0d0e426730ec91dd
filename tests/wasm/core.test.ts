/** The core in WebAssembly answers exactly what it answers natively: the golden files are made by the native tests. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { Core, initSync } from "../../web/gen/every/every.js";
import type { Moment, Refusal, RunSpec, RunSummary } from "../../web/src/core/wire";

const here = (path: string) => new URL(path, import.meta.url);
const golden = (name: string) => JSON.parse(readFileSync(here(`../golden/${name}`), "utf8"));

beforeAll(() => {
  initSync({ module: readFileSync(here("../../web/gen/every/every_bg.wasm")) });
});

function finished(spec: RunSpec): Core {
  const core = new Core();
  core.begin(spec);
  while (!core.advance(1_000_000).done);
  return core;
}

type Recorded = { spec: RunSpec; events: number; digest: string };

const RUNS: Record<string, Recorded> = golden("digests.json");

it("has recorded runs to repeat", () => {
  expect(Object.keys(RUNS).length).toBeGreaterThan(100);
});

it.each(Object.entries(RUNS))("gives %s the digest that it has natively", (_, { spec, events, digest }) => {
  const summary: RunSummary = finished(spec).summary();
  expect({ events: summary.events, digest: summary.digest }).toEqual({ events, digest });
});

/** FNV-1a of 64 bits, as the native test computes it. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}

const SEEDS: Record<string, { spec: RunSpec; seeds: number; digest: string }> = golden("seeds.json");

// A thousand runs each take their time where others use the machine too.
const PATIENCE = { timeout: 60_000 };

it.each(Object.entries(SEEDS))("gives %s the digests that it has natively, seed by seed", PATIENCE, (_, recorded) => {
  const { spec, seeds, digest } = recorded;
  const digests = Array.from({ length: seeds }, (_, seed) => finished({ ...spec, seed }).summary().digest);
  expect(fnv1a(digests.join(" "))).toBe(digest);
});

describe.each(["en", "zh"] as const)("in %s", (language) => {
  it("tells every moment of the default run as it does natively", () => {
    const moments: Record<string, Moment> = golden(`moments.${language}.json`);
    const core = new Core();
    const spec = core.catalogue()[0].presets[0].spec;
    core.begin(spec);
    while (!core.advance(10).done);
    for (const [at, moment] of Object.entries(moments)) expect(core.moment(Number(at), language)).toEqual(moment);
    expect(core.summary().events + 1).toBe(Object.keys(moments).length);
  });
});

it("throws what was wrong as data, and goes on", () => {
  const core = new Core();
  const spec: RunSpec = core.catalogue()[0].presets[0].spec;
  const thrown = (doing: () => unknown): Refusal => {
    try {
      doing();
    } catch (refusal) {
      return refusal as Refusal;
    }
    throw new Error("nothing was thrown");
  };
  const bad = thrown(() => core.begin({ ...spec, config: { producers: 0 } }));
  expect(bad).toMatchObject({ kind: "config", field: "producers" });
  expect(thrown(() => core.begin({} as RunSpec)).kind).toBe("message");
  expect(thrown(() => core.readLink("#/many-to-many?at=x")).kind).toBe("link");
  expect(thrown(() => core.moment(0, "fr"))).toMatchObject({ kind: "message" });
  core.begin(spec);
  expect(core.advance(1_000_000).done).toBe(true);
});

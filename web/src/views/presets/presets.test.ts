import { expect, it } from "vitest";
import type { Field, RunSpec } from "../../core/wire";
import { fragmentOf, isRunOf } from "./presets-view";

const preset: RunSpec = {
  scenario: "many-to-many",
  config: { producers: 3, wait: true },
  strategy: "random",
  seed: 42,
  deviations: [],
};

const number = (name: string, usual: number): Field => ({
  name,
  label: { en: name, zh: name },
  help: { en: "", zh: "" },
  domain: { type: "number", min: 1, max: 9 },
  default: usual,
});
const wait: Field = { ...number("wait", 0), domain: { type: "flag" }, default: false };
const fields = [number("producers", 1), number("consumers", 2), wait];

it("writes a preset's link as links are written", () => {
  expect(fragmentOf(preset)).toBe("#/many-to-many?producers=3&wait=yes&strategy=random&seed=42");
});

it("knows the run of a preset by what the preset says, and by the defaults where it says nothing", () => {
  const current = { ...preset, config: { producers: 3, wait: true, consumers: 2 } };
  const is = (other: Partial<RunSpec>) => isRunOf(preset, { ...current, ...other }, fields);
  expect(is({})).toBe(true);
  expect(is({ seed: 43 })).toBe(false);
  expect(is({ config: { ...current.config, producers: 4 } })).toBe(false);
  expect(is({ config: { ...current.config, consumers: 3 } })).toBe(false);
  expect(is({ deviations: [{ at: 1, choice: "0-spawn" }] })).toBe(false);
});

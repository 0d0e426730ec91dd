import { expect, it } from "vitest";
import type { RunSpec } from "../../core/wire";
import { fragmentOf, isRunOf } from "./presets-view";

const preset: RunSpec = {
  scenario: "many-to-many",
  config: { producers: 3, wait: true },
  strategy: "random",
  seed: 42,
  deviations: [],
};

it("writes a preset's link as links are written", () => {
  expect(fragmentOf(preset)).toBe("#/many-to-many?producers=3&wait=yes&strategy=random&seed=42");
});

it("knows the run of a preset by what the preset says", () => {
  const current = { ...preset, config: { producers: 3, wait: true, consumers: 2 } };
  expect(isRunOf(preset, current)).toBe(true);
  expect(isRunOf(preset, { ...current, seed: 43 })).toBe(false);
  expect(isRunOf(preset, { ...current, config: { ...current.config, producers: 4 } })).toBe(false);
  expect(isRunOf(preset, { ...current, deviations: [{ at: 1, choice: "0-spawn" }] })).toBe(false);
});

import { describe, expect, it } from "vitest";
import type { RunSpec, ScenarioInfo } from "../core/wire";
import { draftOf, errorsOf, isChanged, readDraft } from "./draft";

const words = (text: string) => ({ en: text, zh: text });
const scenario: ScenarioInfo = {
  id: "pair",
  folder: "pair",
  chapter: words("Chapter"),
  title: words("Title"),
  claim: words("Claim"),
  fields: [
    {
      name: "producers",
      label: words("Producers"),
      help: words(""),
      domain: { type: "number", min: 1, max: 200 },
      default: 3,
    },
    { name: "early", label: words("Early check"), help: words(""), domain: { type: "flag" }, default: true },
    {
      name: "values",
      label: words("Values"),
      help: words(""),
      domain: { type: "choice", options: [{ value: "script", label: words("Script") }] },
      default: "script",
    },
  ],
  presets: [],
};
const spec: RunSpec = {
  scenario: "pair",
  config: { producers: 5 },
  strategy: "random",
  seed: 42,
  deviations: [{ at: 3, choice: "0:go" }],
};

describe("a draft", () => {
  it("starts as the run at hand, defaults filled in", () => {
    expect(draftOf(spec, scenario.fields)).toEqual({
      strategy: "random",
      seed: "42",
      producers: "5",
      early: true,
      values: "script",
    });
  });

  it("knows when it differs from the run", () => {
    const draft = draftOf(spec, scenario.fields);
    expect(isChanged(draft, spec, scenario.fields)).toBe(false);
    expect(isChanged({ ...draft, early: false }, spec, scenario.fields)).toBe(true);
  });

  it("reads back as a run without choices by hand", () => {
    expect(readDraft(draftOf(spec, scenario.fields), scenario)).toEqual({
      ok: true,
      spec: {
        scenario: "pair",
        config: { producers: 5, early: true, values: "script" },
        strategy: "random",
        seed: 42,
        deviations: [],
      },
    });
  });

  it("leaves ranges to the core", () => {
    const read = readDraft({ ...draftOf(spec, scenario.fields), producers: "-7" }, scenario);
    expect(read.ok && read.spec.config.producers).toBe(-7);
  });

  it.each(["", "many", "1.5", "1e3", "0x10", "99999999999999999999"])("refuses %j as a number", (typed) => {
    const read = readDraft({ ...draftOf(spec, scenario.fields), producers: typed, seed: typed }, scenario);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(Object.keys(read.errors)).toEqual(["producers", "seed"]);
    expect(read.errors.producers?.en).toBe(`producers: “${typed}” is not a whole number from 1 to 200.`);
  });

  it("puts a refusal at the row that it names, and nowhere else", () => {
    const draft = draftOf(spec, scenario.fields);
    const message = words("producers: 0 is not from 1 to 200");
    expect(errorsOf({ kind: "config", field: "producers", message }, draft)).toEqual({ producers: message });
    expect(errorsOf({ kind: "config", field: null, message }, draft)).toEqual({});
    expect(errorsOf({ kind: "config", field: "elsewhere", message }, draft)).toEqual({});
  });
});

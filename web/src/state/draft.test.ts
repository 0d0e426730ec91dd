import { describe, expect, it } from "vitest";
import type { RunSpec, ScenarioInfo } from "../core/wire";
import { draftOf, isChanged, readDraft } from "./draft";

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

  it.each(["1", " 200 "])("takes %j where numbers are from 1 to 200", (producers) => {
    expect(readDraft({ ...draftOf(spec, scenario.fields), producers }, scenario).ok).toBe(true);
  });

  it.each(["0", "201", "-7"])("refuses %j where numbers are from 1 to 200", (typed) => {
    const read = readDraft({ ...draftOf(spec, scenario.fields), producers: typed }, scenario);
    expect(read).toEqual({ ok: false, errors: { producers: { typed, min: 1, max: 200 } } });
  });

  it.each(["", "many", "1.5", "1e3", "0x10", "99999999999999999999"])(
    "refuses %j as a number, in every row",
    (typed) => {
      const read = readDraft({ ...draftOf(spec, scenario.fields), producers: typed, seed: typed }, scenario);
      const errors = {
        producers: { typed, min: 1, max: 200 },
        seed: { typed, min: 0, max: Number.MAX_SAFE_INTEGER },
      };
      expect(read).toEqual({ ok: false, errors });
    },
  );
});

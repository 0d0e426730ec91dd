import { describe, expect, it } from "vitest";
import type { EventInfo, RunSummary } from "../core/wire";
import {
  LONGEST_FILE_CHARACTERS,
  MOST_DEVIATIONS,
  MOST_SETTINGS,
  readTraceFile,
  writeChromeTrace,
  writeTraceFile,
} from "./trace-file";

const spec = {
  scenario: "pair",
  config: { producers: 3, early: true },
  strategy: "random",
  seed: 7,
  deviations: [{ at: 4, choice: "1-send" }],
};
const run = {
  spec,
  events: 2,
  digest: "1ab",
  lanes: [{ goroutine: 0, path: "0", name: "main", role: "main", parent: null, born: 0, ended: 2, futureBytes: null }],
  verdict: { ending: "completed", sentence: { en: "main returned", zh: "main 返回了" }, findings: [], good: true },
} as unknown as RunSummary;
const event = {
  index: 1,
  goroutine: 0,
  shape: "send",
  value: "5",
  sentence: [{ type: "text", text: "sends" }],
  site: { file: "body.rs", line: 3, column: 5 },
  object: null,
  reached: [],
  processor: null,
};
const events = [event as unknown as EventInfo];

describe("files of a run", () => {
  it("lead back to the run and the moment", () => {
    expect(readTraceFile(writeTraceFile(run, 2, events))).toEqual({ ok: true, place: { spec, at: 2, digest: "1ab" } });
  });

  type File = Record<string, unknown> & { place: Record<string, unknown>; log: Record<string, unknown>[] };
  const changed = (change: (file: File) => void) => {
    const file = JSON.parse(writeTraceFile(run, 2, events));
    change(file);
    return JSON.stringify(file);
  };
  const withSpec = (more: object) => changed((file) => Object.assign(file.place, { spec: { ...spec, ...more } }));
  const withEvent = (more: object) => changed((file) => Object.assign(file.log[0] ?? {}, more));
  const withMore = (more: object) => changed((file) => Object.assign(file, more));
  const deep = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`;
  it.each([
    ["cut off", writeTraceFile(run, 2, events).slice(0, 40), "This file is no JSON, or was cut off: "],
    ["nothing", "", "This file is no JSON, or was cut off: "],
    ["very deep", deep, "This file is no"],
    [
      "very deep inside",
      withMore({}).replace('"site":{', `"site":{"deep":${deep},`).replace('"line":3', '"line":0.5'),
      "",
    ],
    ["null", "null", "This file is no trace of Chanscope: it is null; expected: an object."],
    ["a list", "[]", "This file is no trace of Chanscope: it is a list of 0; expected: an object."],
    [
      "somebody else's",
      '{"traceEvents": []}',
      'This file is no trace of Chanscope: “format” is missing; expected: "chanscope-run".',
    ],
    ["of a later version", withMore({ version: 2 }), "This trace is of another version: “version” is 2; expected: 1."],
    ["without a run", changed(({ place }) => delete place.spec), "“place.spec” is missing; expected: an object."],
    [
      "with a moment before the start",
      changed(({ place }) => Object.assign(place, { at: -1 })),
      "“place.at” is -1; expected: a whole number from 0 to 4\u202f294\u202f967\u202f295.",
    ],
    [
      "with a seed that is none",
      withSpec({ seed: 1.5 }),
      "“place.spec.seed” is 1.5; expected: a whole number from 0 to 9\u202f007\u202f199\u202f254\u202f740\u202f991.",
    ],
    [
      "with a setting that is none",
      withSpec({ config: { producers: 3, early: {} } }),
      "“place.spec.config.early” is an object of 0; expected: a number, text, true or false.",
    ],
    [
      "with a setting of an odd name",
      withSpec({ config: { '<b>".': null } }),
      'This trace is damaged: “place.spec.config["<b>\\"."]” is null; expected: a number, text, true or false.',
    ],
    [
      "with choices that are none",
      withSpec({ deviations: [{ at: 4, choice: "1-send" }, 1] }),
      "“place.spec.deviations[1]” is 1; expected: an object.",
    ],
    ["without its events", withMore({ log: undefined }), "“log” is missing; expected: a list."],
    ["with events that are none", withMore({ log: ["<b>"] }), '“log[0]” is "<b>"; expected: an object.'],
    [
      "with an event at a line that is none",
      withEvent({ site: { file: "body.rs", line: "3", column: 1 } }),
      '“log[0].site.line” is "3"; expected: a whole number from 1 to 4\u202f294\u202f967\u202f295.',
    ],
    [
      "with an event at a place that is none",
      withEvent({ site: "x".repeat(1_000_000) }),
      `This trace is damaged: “log[0].site” is "${"x".repeat(40)}…"; expected: an object, or null.`,
    ],
    ["with more events than it says", withMore({ events: 0 }), "“log” is a list of 1; expected: at most 0 entries."],
    [
      "with a number of events that is none",
      withMore({ events: 1e308 }),
      "“events” is 1e+308; expected: a whole number from 0 to 4\u202f294\u202f967\u202f295.",
    ],
    ["without a verdict", withMore({ verdict: undefined }), "“verdict” is missing; expected: an object."],
    ["with an ending that is none", withMore({ verdict: {} }), "“verdict.ending” is missing; expected: text."],
    ["without lanes", withMore({ lanes: null }), "“lanes” is null; expected: a list."],
  ])("a file that is %s is refused, and told where and why", (_, text, told) => {
    expect(readTraceFile(text)).toMatchObject({ ok: false, why: { en: expect.stringContaining(told) } });
  });

  it("tell in Chinese too what is wrong in them", () => {
    expect(readTraceFile(withEvent({ goroutine: -1 }))).toMatchObject({
      why: { zh: "这份轨迹已损坏：“log[0].goroutine”是 -1；应为从 0 到 4\u202f294\u202f967\u202f295 的整数。" },
    });
    expect(readTraceFile(withEvent({ shape: undefined }))).toMatchObject({
      why: { zh: "这份轨迹已损坏：缺少“log[0].shape”；应为文本。" },
    });
  });

  const settings = (count: number) =>
    withSpec({ config: Object.fromEntries(Array.from({ length: count }, (_, nth) => [`s${nth}`, nth])) });
  const choices = (count: number) =>
    withSpec({ deviations: Array.from({ length: count }, (_, at) => ({ at, choice: "1" })) });
  const at = (position: number) => changed((file) => Object.assign(file.place, { at: position }));
  const long = (characters: number) => writeTraceFile(run, 2, events).padEnd(characters);
  it.each([
    [
      "settings",
      settings,
      MOST_SETTINGS,
      "“place.spec.config” is an object of 1\u202f001; expected: at most 1\u202f000 entries.",
    ],
    [
      "choices",
      choices,
      MOST_DEVIATIONS,
      "“place.spec.deviations” is a list of 1\u202f000\u202f001; expected: at most 1\u202f000\u202f000",
    ],
    ["position", at, 2 ** 32 - 1, "“place.at” is 4294967296; expected: "],
    ["characters", long, LONGEST_FILE_CHARACTERS, "too large"],
  ])("a file is read up to its most %s, and refused from there on", (_, fileOf, most, told) => {
    expect(readTraceFile(fileOf(most)).ok).toBe(true);
    expect(readTraceFile(fileOf(most + 1))).toMatchObject({ ok: false, why: { en: expect.stringContaining(told) } });
  });

  it("carry nothing along that was not asked for", () => {
    const text = changed((file) => Object.assign(file.place, { spec: { ...spec, extra: 1 }, other: 2 }));
    expect(readTraceFile(text)).toEqual({ ok: true, place: { spec, at: 2, digest: "1ab" } });
  });

  it("name a thread a goroutine for Chrome", () => {
    expect(JSON.parse(writeChromeTrace(run, events)).traceEvents).toEqual([
      { ph: "M", name: "thread_name", pid: 1, tid: 0, args: { name: "main" } },
      {
        ph: "X",
        name: "sends",
        cat: "send",
        pid: 1,
        tid: 0,
        ts: 1,
        dur: 1,
        args: { step: 2, value: "5", line: "body.rs:3" },
      },
    ]);
  });
});

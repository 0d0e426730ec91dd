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
  lanes: [{ goroutine: 0, name: "main" }],
  verdict: {},
} as unknown as RunSummary;
const event = { index: 1, goroutine: 0, shape: "send", value: "5", sentence: [{ type: "text", text: "sends" }] };
const events = [event as unknown as EventInfo];

describe("files of a run", () => {
  it("lead back to the run and the moment", () => {
    expect(readTraceFile(writeTraceFile(run, 2, events))).toEqual({ ok: true, place: { spec, at: 2, digest: "1ab" } });
  });

  const changed = (change: (file: Record<string, unknown> & { place: Record<string, unknown> }) => void) => {
    const file = JSON.parse(writeTraceFile(run, 2, events));
    change(file);
    return JSON.stringify(file);
  };
  it.each([
    ["cut off", writeTraceFile(run, 2, events).slice(0, 40), "json"],
    ["nothing", "", "json"],
    ["somebody else's", '{"traceEvents": []}', "format"],
    ["null", "null", "format"],
    ["a list", "[]", "format"],
    ["of a later version", changed((file) => Object.assign(file, { version: 2 })), "format"],
    ["without a run", changed((file) => Object.assign(file.place, { spec: undefined })), "format"],
    ["with a moment before the start", changed((file) => Object.assign(file.place, { at: -1 })), "format"],
    [
      "with a setting that is none",
      changed((file) => Object.assign(file.place, { spec: { ...spec, config: { a: {} } } })),
      "format",
    ],
    [
      "with choices that are none",
      changed((file) => Object.assign(file.place, { spec: { ...spec, deviations: [1] } })),
      "format",
    ],
    ["without its events", changed((file) => Object.assign(file, { log: undefined })), "format"],
    ["with events that are none", changed((file) => Object.assign(file, { log: ["<b>"] })), "format"],
    ["with more events than it says", changed((file) => Object.assign(file, { events: 0 })), "format"],
    ["with a number of events that is none", changed((file) => Object.assign(file, { events: 1e308 })), "format"],
    ["without a verdict", changed((file) => Object.assign(file, { verdict: undefined })), "format"],
    ["without lanes", changed((file) => Object.assign(file, { lanes: null })), "format"],
  ])("a file that is %s is refused", (_, text, why) => {
    expect(readTraceFile(text)).toEqual({ ok: false, why });
  });

  const withSpec = (more: object) => changed((file) => Object.assign(file.place, { spec: { ...spec, ...more } }));
  const settings = (count: number) =>
    withSpec({ config: Object.fromEntries(Array.from({ length: count }, (_, nth) => [`s${nth}`, nth])) });
  const choices = (count: number) =>
    withSpec({ deviations: Array.from({ length: count }, (_, at) => ({ at, choice: "1" })) });
  const at = (position: number) => changed((file) => Object.assign(file.place, { at: position }));
  const long = (characters: number) => writeTraceFile(run, 2, events).padEnd(characters);
  it.each([
    ["settings", settings, MOST_SETTINGS, "format"],
    ["choices", choices, MOST_DEVIATIONS, "format"],
    ["position", at, 2 ** 32 - 1, "format"],
    ["characters", long, LONGEST_FILE_CHARACTERS, "large"],
  ])("a file is read up to its most %s, and refused from there on", (_, fileOf, most, why) => {
    expect(readTraceFile(fileOf(most)).ok).toBe(true);
    expect(readTraceFile(fileOf(most + 1))).toEqual({ ok: false, why });
  });

  it("carry nothing along that was not asked for", () => {
    const text = changed((file) => Object.assign(file.place, { spec: { ...spec, extra: 1 }, other: 2 }));
    expect(readTraceFile(text)).toEqual({ ok: true, place: { spec, at: 2, digest: "1ab" } });
  });

  it("name a thread a goroutine for Chrome", () => {
    expect(JSON.parse(writeChromeTrace(run, events)).traceEvents).toEqual([
      { ph: "M", name: "thread_name", pid: 1, tid: 0, args: { name: "main" } },
      { ph: "X", name: "sends", cat: "send", pid: 1, tid: 0, ts: 1, dur: 1, args: { step: 2, value: "5" } },
    ]);
  });
});

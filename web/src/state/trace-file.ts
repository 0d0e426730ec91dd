/**
 * Files of a run: our own, which can be opened again, and Chrome's trace format for Perfetto and its like.
 *
 * Opening one of ours runs the run again from what made it and compares digests, so the events in it are for other
 * programs and are not read back: nothing in a file can make the page show what the program did not do.
 */
import type { EventInfo, Place, RunSummary, Words } from "../core/wire";
import { noJson, TOO_LARGE, wrongTrace } from "../words/file-trouble";
import { type Check, exactly, flag, list, named, optional, record, setting, text, whole } from "./file-checks";

const FORMAT = "chanscope-run";
const VERSION = 1;

/** The largest file that is opened, in characters. */
export const LONGEST_FILE_CHARACTERS = 64_000_000;
export const MOST_SETTINGS = 1_000;
export const MOST_DEVIATIONS = 1_000_000;

/** The whole of a run as text. `events` may be fewer than there were: the run is named by its spec. */
export function writeTraceFile(run: RunSummary, at: number, events: readonly EventInfo[]): string {
  const { spec, digest, lanes, verdict } = run;
  const file = { format: FORMAT, version: VERSION, place: { spec, at, digest }, events: run.events, verdict, lanes };
  return `${JSON.stringify({ ...file, log: events.map(plain) }, null, 1)}\n`;
}

function plain({ sentence, ...event }: EventInfo) {
  return { ...event, sentence: said(sentence) };
}

const said = (sentence: EventInfo["sentence"]) => sentence.map(({ text }) => text).join("");

/** What a file says was run, or why it is not opened. What the values mean is checked by the core. */
export function readTraceFile(json: string): { ok: true; place: Place } | { ok: false; why: Words } {
  if (json.length > LONGEST_FILE_CHARACTERS) return { ok: false, why: TOO_LARGE };
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch (error) {
    return { ok: false, why: noJson(error) };
  }
  const wrong = WHOLE(file);
  if (wrong) return { ok: false, why: wrongTrace(wrong) };
  const { spec, at, digest } = (file as { place: Place }).place;
  const { scenario, config, strategy, seed, deviations } = spec;
  return { ok: true, place: { spec: { scenario, config, strategy, seed, deviations }, at, digest } };
}

/** Events as Chrome's trace format has them: a thread a goroutine, a microsecond an event. */
export function writeChromeTrace(run: RunSummary, events: readonly EventInfo[]): string {
  const names = run.lanes.map(({ goroutine, name }) => ({
    ph: "M",
    name: "thread_name",
    pid: 1,
    tid: goroutine,
    args: { name },
  }));
  const slices = events.map(({ index, goroutine, sentence, shape, value, site }) => ({
    ph: "X",
    name: said(sentence),
    cat: shape,
    pid: 1,
    tid: goroutine,
    ts: index,
    dur: 1,
    args: { step: index + 1, value, line: site ? `${site.file}:${site.line}` : undefined },
  }));
  return `${JSON.stringify({ displayTimeUnit: "ns", traceEvents: [...names, ...slices] })}\n`;
}

const number = whole(0, 2 ** 32 - 1);
const fromOne = whole(1, 2 ** 32 - 1);

const RUN = record({
  scenario: text,
  config: named(setting, MOST_SETTINGS),
  strategy: text,
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  deviations: list(record({ at: number, choice: text }), MOST_DEVIATIONS),
});

const WORDS = record({ en: text, zh: text });

const LANE = record({
  goroutine: number,
  path: text,
  name: text,
  role: text,
  parent: optional(number),
  born: number,
  ended: optional(number),
  futureBytes: optional(number),
});

const EVENT = record({
  index: number,
  goroutine: number,
  sentence: text,
  site: optional(record({ file: text, line: fromOne, column: fromOne })),
  shape: text,
  object: optional(number),
  reached: list(number),
  value: optional(text),
  processor: optional(number),
});

/** What the page does not read back has to be there all the same: a file that was damaged is not opened as if it were whole. */
const SHELL = record({
  format: exactly(FORMAT),
  version: exactly(VERSION),
  place: record({ spec: RUN, at: number, digest: text }),
  events: number,
  verdict: record({ ending: text, sentence: WORDS, findings: list(record({ kind: text, at: number })), good: flag }),
  lanes: list(LANE),
});

const WHOLE: Check = (file) => SHELL(file) ?? record({ log: list(EVENT, (file as { events: number }).events) })(file);

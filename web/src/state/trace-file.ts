/**
 * Files of a run: our own, which can be opened again, and Chrome's trace format for Perfetto and its like.
 *
 * Opening one of ours runs the run again from what made it and compares digests, so the events in it are for other
 * programs and are not read back: nothing in a file can make the page show what the program did not do.
 */
import type { Deviation, EventInfo, Place, RunSpec, RunSummary, Setting } from "../core/wire";

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

/** What a file says was run; a sentence for the reader where it is none of ours. The core checks the values. */
export function readTraceFile(
  text: string,
): { ok: true; place: Place } | { ok: false; why: "large" | "json" | "format" } {
  if (text.length > LONGEST_FILE_CHARACTERS) return { ok: false, why: "large" };
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return { ok: false, why: "json" };
  }
  if (
    !isRecord(file) ||
    file.format !== FORMAT ||
    file.version !== VERSION ||
    !isRecord(file.place) ||
    !isWhole(file)
  ) {
    return { ok: false, why: "format" };
  }
  const { spec, at, digest } = file.place;
  if (!isSpec(spec) || !isPosition(at) || typeof digest !== "string") return { ok: false, why: "format" };
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What the page does not read back has to be there all the same: a file that was damaged is not opened as if it were whole. */
function isWhole({ events, verdict, lanes, log }: Record<string, unknown>): boolean {
  return isPosition(events) && isRecord(verdict) && isList(lanes) && isList(log) && log.length <= events;
}

function isList(value: unknown): value is readonly Record<string, unknown>[] {
  return Array.isArray(value) && value.every(isRecord);
}

function isPosition(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32;
}

function isSetting(value: unknown): value is Setting {
  return typeof value === "boolean" || typeof value === "number" || typeof value === "string";
}

function isDeviation(value: unknown): value is Deviation {
  return isRecord(value) && isPosition(value.at) && typeof value.choice === "string";
}

function isSpec(value: unknown): value is RunSpec {
  if (!isRecord(value)) return false;
  const { scenario, config, strategy, seed, deviations } = value;
  return (
    typeof scenario === "string" &&
    typeof strategy === "string" &&
    typeof seed === "number" &&
    isRecord(config) &&
    Object.keys(config).length <= MOST_SETTINGS &&
    Object.values(config).every(isSetting) &&
    Array.isArray(deviations) &&
    deviations.length <= MOST_DEVIATIONS &&
    deviations.every(isDeviation)
  );
}

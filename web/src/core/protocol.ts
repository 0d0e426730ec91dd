/**
 * The messages between the page and the worker that holds the core.
 *
 * Every request has an id; every answer carries the id of its request. A run is the one request that answers more than
 * once: with its progress, so that it can be drawn and cancelled, and then with its summary.
 */
import type {
  Around,
  Comparison,
  EventInfo,
  Language,
  Moment,
  Moves,
  Place,
  Refusal,
  RunSpec,
  RunSummary,
  SearchQuery,
  WindowData,
  WindowQuery,
} from "./wire";

/** Where a replay differs from the run that was shared: the events from `from` up to `to` hold the first difference. */
export interface Difference {
  readonly from: number;
  readonly to: number;
}

/** What can be asked of the core besides a run. All of it is about the last finished run. */
export interface Methods {
  moment(at: number, language: Language): Moment;
  log(from: number, to: number, language: Language): EventInfo[];
  find(query: SearchQuery): number | undefined;
  window(query: WindowQuery): WindowData;
  around(at: number): Around;
  journey(at: number): number[];
  compare(spec: RunSpec): Comparison;
  otherWindow(query: WindowQuery): WindowData;
  otherLog(from: number, to: number, language: Language): EventInfo[];
  moves(at: number, every: boolean, language: Language): Moves;
  choose(at: number, choice: string): RunSpec;
  readLink(fragment: string): Place | undefined;
  writeLink(at: number, withDigest: boolean): string;
  compareDigest(digest: string): Difference | undefined;
}

export type Method = keyof Methods;

/** What the page sends. */
export type Request =
  | { readonly type: "call"; readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  | { readonly type: "run"; readonly id: number; readonly spec: RunSpec }
  | { readonly type: "cancel"; readonly id: number };

/** What the worker answers. After `broken` the worker is of no more use. */
export type Answer =
  | { readonly type: "value"; readonly id: number; readonly value: unknown }
  | { readonly type: "progress"; readonly id: number; readonly events: number }
  | { readonly type: "finished"; readonly id: number; readonly summary: RunSummary }
  | { readonly type: "cancelled"; readonly id: number }
  | { readonly type: "refused"; readonly id: number; readonly refusal: Refusal }
  | { readonly type: "broken"; readonly reason: string };

/** Numbers of the panel that are not counts: shares, rates, how far it is. */
import type { ExploreProgress } from "../../core/wire";
import { grouped } from "../../words";

/** A share in percent: two figures, and never 0 or 100 unless it is. */
export function percentOf(part: number, all: number): string {
  if (part === 0 || all === 0) return "0";
  if (part === all) return "100";
  const percent = (100 * part) / all;
  if (percent < 0.1) return "<0.1";
  if (percent > 99.9) return ">99.9";
  return percent < 10 ? percent.toFixed(1) : percent > 99.4 ? percent.toFixed(1) : String(Math.round(percent));
}

/** Executions a second, to two figures, so that it can be read while it changes. */
export function rateOf({ executions }: ExploreProgress, elapsedMs: number): number {
  const rate = executions / Math.max(elapsedMs / 1_000, 0.001);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(rate, 1))) - 1);
  return Math.round(rate / unit) * unit;
}

/** A guess in words, to two figures: more would promise what it cannot hold. */
export function aboutOf(guess: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(guess)) - 1);
  const rounded = Math.round(guess / unit) * unit;
  return rounded < TOLD_IN_FULL ? grouped(rounded) : rounded.toExponential(0).replace("+", "");
}

const TOLD_IN_FULL = 1e15;

/** How much of the search is behind, from 0 to 1, by the guess; undefined while nothing can be guessed. */
export function progressOf({ executions, estimate, over }: ExploreProgress): number | undefined {
  if (over) return 1;
  if (estimate == null || estimate <= 0) return undefined;
  return Math.min(0.99, executions / estimate);
}

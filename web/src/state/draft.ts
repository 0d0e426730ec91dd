/**
 * The form as it is being filled in: what the reader typed, before it is a run.
 *
 * A number that is none, or out of the range that the core declares for it, is refused here and not by asking the core for a
 * run: that is told of one setting at a time, and by the name that it has in a link.
 */
import type { Field, RunSpec, ScenarioInfo, Setting } from "../core/wire";

/** The two rows of every form that are not settings of the scenario. */
export const STRATEGY = "strategy";
export const SEED = "seed";

/** What stands in each row. */
export type Draft = Readonly<Record<string, string | boolean>>;

/** What was typed where a whole number from `min` to `max` belongs. */
export interface NotWhole {
  readonly typed: string;
  readonly min: number;
  readonly max: number;
}

/** What is wrong, by row. */
export type DraftErrors = Readonly<Record<string, NotWhole>>;

export function draftOf(spec: RunSpec, fields: readonly Field[]): Draft {
  const rows: Record<string, string | boolean> = { [STRATEGY]: spec.strategy, [SEED]: String(spec.seed) };
  for (const field of fields) {
    const value = spec.config[field.name] ?? field.default;
    rows[field.name] = typeof value === "boolean" ? value : String(value);
  }
  return rows;
}

export function isChanged(draft: Draft, spec: RunSpec, fields: readonly Field[]): boolean {
  const original = draftOf(spec, fields);
  return Object.entries(draft).some(([name, value]) => original[name] !== value);
}

export type Read = { readonly ok: true; readonly spec: RunSpec } | { readonly ok: false; readonly errors: DraftErrors };

/** The run that the form describes. It starts afresh: choices made by hand belong to the run that they were made in. */
export function readDraft(draft: Draft, scenario: ScenarioInfo): Read {
  const config: Record<string, Setting> = {};
  const errors: Record<string, NotWhole> = {};
  const wholeNumber = (name: string, min: number, max: number) => {
    const typed = String(draft[name] ?? "").trim();
    const number = Number(typed);
    if (/^-?\d+$/.test(typed) && min <= number && number <= max) return number;
    errors[name] = { typed, min, max };
    return 0;
  };
  for (const field of scenario.fields) {
    const { name, domain } = field;
    config[name] =
      domain.type === "number" ? wholeNumber(name, domain.min, domain.max) : (draft[name] ?? field.default);
  }
  const seed = wholeNumber(SEED, 0, Number.MAX_SAFE_INTEGER);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const strategy = String(draft[STRATEGY] ?? "");
  return { ok: true, spec: { scenario: scenario.id, config, strategy, seed, deviations: [] } };
}

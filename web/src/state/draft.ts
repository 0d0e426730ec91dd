/**
 * The form as it is being filled in: what the reader typed, before it is a run.
 *
 * Only what cannot even be a setting (a word where a number belongs) is refused here. Whether a value is in range is the
 * core's to say, in the same words as for a link.
 */
import type { Field, Refusal, RunSpec, ScenarioInfo, Setting, Words } from "../core/wire";

/** The two rows of every form that are not settings of the scenario. */
export const STRATEGY = "strategy";
export const SEED = "seed";

/** What stands in each row. */
export type Draft = Readonly<Record<string, string | boolean>>;

/** What is wrong, by row. */
export type DraftErrors = Readonly<Record<string, Words>>;

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
  const errors: Record<string, Words> = {};
  for (const field of scenario.fields) {
    const typed = draft[field.name] ?? field.default;
    if (field.domain.type !== "number" || typeof typed === "boolean") {
      config[field.name] = typed;
      continue;
    }
    const number = wholeNumber(String(typed));
    if (number === undefined) {
      errors[field.name] = notANumber(field.name, String(typed), field.domain.min, field.domain.max);
    } else {
      config[field.name] = number;
    }
  }
  const seed = wholeNumber(String(draft[SEED] ?? ""));
  if (seed === undefined) errors[SEED] = notANumber(SEED, String(draft[SEED] ?? ""), 0, Number.MAX_SAFE_INTEGER);
  if (seed === undefined || Object.keys(errors).length > 0) return { ok: false, errors };
  const strategy = String(draft[STRATEGY] ?? "");
  return { ok: true, spec: { scenario: scenario.id, config, strategy, seed, deviations: [] } };
}

/** What a refusal says about the form, where it names a row of it. */
export function errorsOf(refusal: Refusal, draft: Draft): DraftErrors {
  const { field } = refusal;
  return field != null && field in draft ? { [field]: refusal.message } : {};
}

function wholeNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^-?\d+$/.test(trimmed)) return undefined;
  const number = Number(trimmed);
  return Number.isSafeInteger(number) ? number : undefined;
}

function notANumber(name: string, typed: string, min: number, max: number): Words {
  return {
    en: `${name}: “${typed}” is not a whole number from ${min} to ${max}.`,
    zh: `${name}：“${typed}” 不是 ${min} 到 ${max} 之间的整数。`,
  };
}

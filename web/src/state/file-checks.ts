/** Checks of what was read from a file: each tells the first thing that is wrong, where it is and what was expected. */
import type { Words } from "../core/wire";
import { EXPECTED } from "../words/file-trouble";

export interface Wrong {
  /** Where, as JavaScript would reach it: `log[12].site`. Empty for the whole. */
  readonly path: string;
  /** Undefined where there is nothing. */
  readonly came: unknown;
  readonly expected: Words;
}

export type Check = (value: unknown) => Wrong | undefined;

const passes =
  (is: (value: unknown) => boolean, expected: Words): Check =>
  (value) =>
    is(value) ? undefined : { path: "", came: value, expected };

export const text = passes((value) => typeof value === "string", EXPECTED.text);
export const flag = passes((value) => typeof value === "boolean", EXPECTED.flag);
export const setting = passes(
  (value) => typeof value === "boolean" || typeof value === "number" || typeof value === "string",
  EXPECTED.setting,
);
const anyList = passes(Array.isArray, EXPECTED.list);
const anyRecord = passes(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  EXPECTED.record,
);

export const exactly = (wanted: string | number) => passes((value) => value === wanted, EXPECTED.exactly(wanted));

export const whole = (least: number, most: number) =>
  passes(
    (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
    EXPECTED.whole(least, most),
  );

/** What need not be there. */
export const optional =
  (check: Check): Check =>
  (value) => {
    const wrong = value === null || value === undefined ? undefined : check(value);
    return wrong?.path === "" ? { ...wrong, expected: EXPECTED.optional(wrong.expected) } : wrong;
  };

export const list =
  (item: Check, most = Number.POSITIVE_INFINITY): Check =>
  (value) => {
    const wrong = anyList(value);
    if (wrong) return wrong;
    const items = value as readonly unknown[];
    if (items.length > most) return { path: "", came: value, expected: EXPECTED.atMost(most) };
    return first(items.length, (nth) => within(`[${nth}]`, item(items[nth])));
  };

/** Fields with names that are known. Others are passed over. */
export const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) => {
    const wrong = anyRecord(value);
    if (wrong) return wrong;
    const checks = Object.entries(fields);
    return first(checks.length, (nth) => {
      const [name, check] = checks[nth] as [string, Check];
      return within(`.${name}`, check((value as Record<string, unknown>)[name]));
    });
  };

/** Fields with any names. */
export const named =
  (item: Check, most: number): Check =>
  (value) => {
    const wrong = anyRecord(value);
    if (wrong) return wrong;
    const fields = Object.entries(value as object);
    if (fields.length > most) return { path: "", came: value, expected: EXPECTED.atMost(most) };
    return first(fields.length, (nth) => {
      const [name, field] = fields[nth] as [string, unknown];
      return within(/^[\w-]{1,40}$/.test(name) ? `.${name}` : `[${JSON.stringify(name.slice(0, 40))}]`, item(field));
    });
  };

function first(count: number, check: (nth: number) => Wrong | undefined): Wrong | undefined {
  for (let nth = 0; nth < count; nth++) {
    const wrong = check(nth);
    if (wrong) return wrong;
  }
  return undefined;
}

const within = (step: string, wrong: Wrong | undefined) => wrong && { ...wrong, path: step + wrong.path };

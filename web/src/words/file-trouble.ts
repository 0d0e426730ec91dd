/** Why a file is not opened, in words: loaded with what reads files. */
import type { Words } from "../core/wire";
import type { Wrong } from "../state/file-checks";
import { grouped } from "./numbers";

/** What comes from a file is told up to so many characters. */
const MOST_CHARACTERS = 40;
/** The browser's own words on text that is no JSON, in characters. */
const MOST_REASON_CHARACTERS = 200;

export const EXPECTED = {
  text: { en: "text", zh: "文本" },
  flag: { en: "true or false", zh: "true 或 false" },
  setting: { en: "a number, text, true or false", zh: "数、文本、true 或 false" },
  list: { en: "a list", zh: "列表" },
  record: { en: "an object", zh: "对象" },
  exactly: (wanted: string | number): Words => {
    const text = JSON.stringify(wanted);
    return { en: text, zh: ` ${text}` };
  },
  whole: (least: number, most: number): Words => ({
    en: `a whole number from ${grouped(least)} to ${grouped(most)}`,
    zh: `从 ${grouped(least)} 到 ${grouped(most)} 的整数`,
  }),
  atMost: (most: number): Words => ({ en: `at most ${grouped(most)} entries`, zh: `至多 ${grouped(most)} 项` }),
  optional: ({ en, zh }: Words): Words => ({ en: `${en}, or null`, zh: `${zh}，或 null` }),
};

export const TOO_LARGE: Words = {
  en: "This file is too large for a trace of Chanscope.",
  zh: "文件太大，不是 Chanscope 的轨迹。",
};

export function noJson(error: unknown): Words {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, MOST_REASON_CHARACTERS);
  return { en: `This file is no JSON, or was cut off: ${reason}.`, zh: `文件不是 JSON，或者被截断了：${reason}。` };
}

export function wrongTrace({ path, came, expected }: Wrong): Words {
  const where = path.replace(/^\./, "");
  const lead = where in LEADS ? LEADS[where as keyof typeof LEADS] : DAMAGED;
  const en = where === "" ? "it" : `“${where}”`;
  const zh = where === "" ? "它" : `“${where}”`;
  if (came === undefined) {
    return {
      en: `${lead.en}: ${en} is missing; expected: ${expected.en}.`,
      zh: `${lead.zh}：缺少${zh}；应为${expected.zh}。`,
    };
  }
  const told = toldOf(came);
  return {
    en: `${lead.en}: ${en} is ${told.en}; expected: ${expected.en}.`,
    zh: `${lead.zh}：${zh}是${told.zh}；应为${expected.zh}。`,
  };
}

const FOREIGN: Words = { en: "This file is no trace of Chanscope", zh: "文件不是 Chanscope 的轨迹" };
const DAMAGED: Words = { en: "This trace is damaged", zh: "这份轨迹已损坏" };
const LEADS = {
  "": FOREIGN,
  format: FOREIGN,
  version: { en: "This trace is of another version", zh: "这份轨迹属于另一个版本" },
};

function toldOf(came: unknown): Words {
  if (Array.isArray(came)) {
    return { en: `a list of ${grouped(came.length)}`, zh: `有 ${grouped(came.length)} 项的列表` };
  }
  if (typeof came === "object" && came !== null) {
    const { length } = Object.keys(came);
    return { en: `an object of ${grouped(length)}`, zh: `有 ${grouped(length)} 项的对象` };
  }
  const whole = typeof came === "string" ? came : String(came);
  const short = whole.length > MOST_CHARACTERS ? `${whole.slice(0, MOST_CHARACTERS)}…` : whole;
  const text = typeof came === "string" ? JSON.stringify(short) : short;
  return { en: text, zh: ` ${text}` };
}

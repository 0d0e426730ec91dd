/** What is wrong with a link to the TCP chapter, or with a session that was to be shown, in words. */
import type { Language } from "../core/wire";
import type { Nowhere, TcpStore } from "../state/tcp/store";
import { grouped, interfaceIn } from "./index";
import { tcpIn } from "./tcp";

const PASSED_OVER: Readonly<Record<Language, (names: readonly string[]) => string>> = {
  en: (names) =>
    `${names.join(", ")} in this link ${names.length === 1 ? "is" : "are"} passed over: a link to this chapter has “at”, “view” (two steps that the session has, such as 3-20) and “session”.`,
  zh: (names) =>
    `链接中的${names.join("、")}已忽略：本章的链接只有“at”、“view”（会话中的两个步数，例如 3-20）和“session”。`,
};

const NO_STEP: Readonly<Record<Language, (came: string, events: string, shown: string) => string>> = {
  en: (came, events, shown) =>
    `“at” in this link: expected a step from 0 to ${events}, found “${came}”. Shown is step ${shown}.`,
  zh: (came, events, shown) =>
    `链接中的“at”：应为 0 到 ${events} 之间的步数，实际是“${came}”。显示的是第 ${shown} 步。`,
};

/** Undefined where nothing is wrong. */
export function tcpTrouble(
  { badSession, nowhere, unknown }: Pick<TcpStore, "badSession" | "nowhere" | "unknown">,
  language: Language,
): string | undefined {
  const told = [
    ...(badSession.value ? [`${tcpIn(language).badSession} ${badSession.value[language]}`] : []),
    ...(nowhere.value ? [noSuchStep(nowhere.value, language)] : []),
    ...(unknown.value.length > 0 ? [PASSED_OVER[language](unknown.value.map((name) => `“${name}”`))] : []),
  ];
  return told.length === 0 ? undefined : told.join(" ");
}

function noSuchStep({ step, events, shown }: Nowhere, language: Language): string {
  if (typeof step === "string") return NO_STEP[language](step, grouped(events), grouped(shown));
  return interfaceIn(language).beyond(step, events);
}

/** What is wrong with a link to the TCP chapter, or with a session that was to be shown, in words. */
import type { Language } from "../core/wire";
import type { TcpStore } from "../state/tcp/store";
import { interfaceIn } from "./index";
import { tcpIn } from "./tcp";

const PASSED_OVER: Readonly<Record<Language, (names: readonly string[]) => string>> = {
  en: (names) =>
    `${names.join(", ")} in this link ${names.length === 1 ? "is" : "are"} passed over: a link to this chapter has “at”, beside it “view” (two steps that the session has, such as 3-20), and “session”.`,
  zh: (names) =>
    `链接中的${names.join("、")}已忽略：本章的链接只有“at”、与它同用的“view”（会话中的两个步数，例如 3-20）和“session”。`,
};

/** Undefined where nothing is wrong. */
export function tcpTrouble(
  { badSession, nowhere, unknown }: Pick<TcpStore, "badSession" | "nowhere" | "unknown">,
  language: Language,
): string | undefined {
  const told = [
    ...(badSession.value ? [`${tcpIn(language).badSession} ${badSession.value[language]}`] : []),
    ...(nowhere.value ? [interfaceIn(language).beyond(nowhere.value.step, nowhere.value.events)] : []),
    ...(unknown.value.length > 0 ? [PASSED_OVER[language](unknown.value.map((name) => `“${name}”`))] : []),
  ];
  return told.length === 0 ? undefined : told.join(" ");
}

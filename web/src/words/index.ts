/** The page's words, by language. What a scenario says of itself comes from its own files. */
import type { Language, Words } from "../core/wire";
import { en, type Interface } from "./en";

export type { Interface } from "./en";
export { grouped, ungrouped } from "./numbers";

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", zh: "中文" };

/** A reader wants one language: those beside English are loaded when they are chosen. */
const OTHERS: Readonly<Partial<Record<Language, () => Promise<Interface>>>> = {
  zh: async () => (await import("./zh")).zh,
};

const loaded: Partial<Record<Language, Interface>> = { en };

/** Has the interface in a language at hand. Fails where it cannot be loaded. */
export async function loadInterface(language: Language): Promise<void> {
  loaded[language] ??= await OTHERS[language]?.();
}

/** The interface in a language that has been loaded. */
export function interfaceIn(language: Language): Interface {
  const found = loaded[language];
  if (!found) throw new Error(`the words in "${language}" have not been loaded`);
  return found;
}

/** A text of the core in a language. */
export function say(words: Words, language: Language): string {
  return words[language];
}

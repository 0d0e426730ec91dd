/** The page's words, by language. What a scenario says of itself comes from its own files. */
import type { Language, Words } from "../core/wire";
import { en, type Interface } from "./en";
import { zh } from "./zh";

export type { Interface } from "./en";
export { grouped, ungrouped } from "./numbers";

const INTERFACES: Readonly<Record<Language, Interface>> = { en, zh };

/** The interface in a language. */
export function interfaceIn(language: Language): Interface {
  return INTERFACES[language];
}

/** A text of the core in a language. */
export function say(words: Words, language: Language): string {
  return words[language];
}

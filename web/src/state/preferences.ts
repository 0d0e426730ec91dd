/**
 * What the reader prefers and the browser remembers: language and theme.
 *
 * Storage may be absent, full or forbidden; the page then works and forgets.
 */
import type { Language } from "../core/wire";

export type Theme = "light" | "dark";

/** A string store that may throw, such as `localStorage`. */
export interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const LANGUAGE_KEY = "chanscope.language";
const THEME_KEY = "chanscope.theme";

export class Preferences {
  /** `storage` is a function because reading the property itself throws where storage is forbidden. */
  constructor(private readonly storage: () => Storage) {}

  /** The language chosen before, or else the first of the browser's that the page speaks. */
  language(browserLanguages: readonly string[]): Language {
    const stored = this.#read(LANGUAGE_KEY);
    if (stored === "en" || stored === "zh") return stored;
    const spoken = browserLanguages.map((tag) => tag.toLowerCase().split("-")[0]);
    return spoken.find((tag) => tag === "en" || tag === "zh") ?? "en";
  }

  rememberLanguage(language: Language): void {
    this.#write(LANGUAGE_KEY, language);
  }

  /** The theme chosen before; without one the page follows the system. */
  theme(): Theme | undefined {
    const stored = this.#read(THEME_KEY);
    return stored === "light" || stored === "dark" ? stored : undefined;
  }

  rememberTheme(theme: Theme | undefined): void {
    this.#write(THEME_KEY, theme);
  }

  #read(key: string): string | null {
    try {
      return this.storage().getItem(key);
    } catch {
      return null;
    }
  }

  #write(key: string, value: string | undefined): void {
    try {
      if (value === undefined) this.storage().removeItem(key);
      else this.storage().setItem(key, value);
    } catch {
      // Forbidden or full: the choice holds until the page is left.
    }
  }
}

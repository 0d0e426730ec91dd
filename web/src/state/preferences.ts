/**
 * What the reader prefers and the browser remembers: language, theme, and whether a letter is a key of the page.
 *
 * What was chosen last is what a new tab begins with. A tab keeps what it has: another one does not change it by a reload.
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
const LETTERS_KEY = "chanscope.letters";
/** What a tab keeps where nothing was chosen: it goes on as browser and system have it. */
const NOTHING_CHOSEN = "none";

export class Preferences {
  /** Storages are functions because reading the property itself throws where storage is forbidden. `tab`: of this tab alone. */
  constructor(
    private readonly storage: () => Storage,
    private readonly tab: () => Storage,
  ) {}

  /** The language chosen before, or else the first of the browser's that the page speaks. */
  language(browserLanguages: readonly string[]): Language {
    const stored = this.#read(LANGUAGE_KEY);
    const chosen = stored === "en" || stored === "zh" ? stored : undefined;
    this.#keep(LANGUAGE_KEY, chosen ?? NOTHING_CHOSEN);
    if (chosen) return chosen;
    const spoken = browserLanguages.map((tag) => tag.toLowerCase().split("-")[0]);
    return spoken.find((tag) => tag === "en" || tag === "zh") ?? "en";
  }

  rememberLanguage(language: Language): void {
    this.#write(LANGUAGE_KEY, language);
    this.#keep(LANGUAGE_KEY, language);
  }

  /** The theme chosen before; without one the page follows the system. */
  theme(): Theme | undefined {
    const stored = this.#read(THEME_KEY);
    const theme = stored === "light" || stored === "dark" ? stored : undefined;
    this.#keep(THEME_KEY, theme ?? NOTHING_CHOSEN);
    return theme;
  }

  rememberTheme(theme: Theme | undefined): void {
    this.#write(THEME_KEY, theme);
    this.#keep(THEME_KEY, theme ?? NOTHING_CHOSEN);
  }

  /** Whether keys of one letter or sign do something, which they do unless they were switched off. */
  letterKeys(): boolean {
    const stored = this.#read(LETTERS_KEY);
    const letters = stored === "off" ? "off" : "on";
    this.#keep(LETTERS_KEY, letters);
    return letters === "on";
  }

  rememberLetterKeys(on: boolean): void {
    this.#write(LETTERS_KEY, on ? undefined : "off");
    this.#keep(LETTERS_KEY, on ? "on" : "off");
  }

  #read(key: string): string | null {
    return attempt(() => this.tab().getItem(key)) ?? attempt(() => this.storage().getItem(key)) ?? null;
  }

  /** For this tab alone. */
  #keep(key: string, value: string): void {
    attempt(() => this.tab().setItem(key, value));
  }

  #write(key: string, value: string | undefined): void {
    attempt(() => (value === undefined ? this.storage().removeItem(key) : this.storage().setItem(key, value)));
  }
}

function attempt<Answer>(what: () => Answer): Answer | undefined {
  try {
    return what();
  } catch {
    // Forbidden or full: the choice holds until the page is left.
    return undefined;
  }
}

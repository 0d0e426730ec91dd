/** The page itself: its language, its theme, and which of its parts are open. */
import type { Language } from "../../core/wire";
import type { KnownPrograms } from "../catalogue";
import type { Preferences, Theme } from "../preferences";
import type { Questions } from "../questions";
import type { SourceChoice, Store } from "../store";

export class Page {
  constructor(
    private readonly store: Store,
    private readonly preferences: Preferences,
    private readonly systemTheme: () => Theme,
    private readonly questions: Questions,
    private readonly programs: KnownPrograms,
    private readonly loadWords: (language: Language) => Promise<void>,
  ) {}

  /** Takes another language, once its words have been loaded. */
  async setLanguage(language: Language): Promise<void> {
    const { store } = this;
    if (!(await this.#hasLoaded(this.loadWords(language)))) return;
    store.language.value = language;
    this.preferences.rememberLanguage(language);
    store.pointed.value = undefined;
    if (store.run.value) this.questions.moment();
  }

  /** Light to dark and back. A choice that is also the system's is forgotten: the page then follows the system again. */
  toggleTheme(): void {
    const { store } = this;
    const system = this.systemTheme();
    const next: Theme = (store.theme.value ?? system) === "dark" ? "light" : "dark";
    store.theme.value = next === system ? undefined : next;
    this.preferences.rememberTheme(store.theme.value);
  }

  setLetterKeys(on: boolean): void {
    this.store.letterKeys.value = on;
    this.preferences.rememberLetterKeys(on);
  }

  setSource(source: SourceChoice): void {
    this.store.source.value = source;
  }

  pointAtLabel(label: string | undefined): void {
    this.store.label.value = label;
  }

  /** Keeps the lines of a label lit; once more, no longer. */
  keepLabel(label: string): void {
    const { keptLabel } = this.store;
    keptLabel.value = keptLabel.value === label ? undefined : label;
  }

  openPanel(panel: Store["panel"]["value"]): void {
    this.store.panel.value = panel;
  }

  show(overlay: Store["overlay"]["value"]): void {
    this.store.overlay.value = overlay;
  }

  /** Shows the list of all chapters, once it has been loaded. */
  async showChapters(): Promise<void> {
    if (await this.#hasLoaded(this.programs.list())) this.show("chapters");
  }

  /** Tells that a part of the page does not come. */
  notLoaded(error: unknown): void {
    const { store } = this;
    const reason = error instanceof Error ? error.message : String(error);
    store.overlay.value = undefined;
    store.notice.value = { kind: "notLoaded", reason };
  }

  dismissNotice(): void {
    this.store.notice.value = undefined;
  }

  async #hasLoaded(loading: Promise<void>): Promise<boolean> {
    try {
      await loading;
      return true;
    } catch (error) {
      this.notLoaded(error);
      return false;
    }
  }
}

/** The page itself: its language, its theme, and which of its parts are open. */
import type { Language } from "../../core/wire";
import type { Preferences, Theme } from "../preferences";
import type { Questions } from "../questions";
import type { SourceChoice, Store } from "../store";

export class Page {
  constructor(
    private readonly store: Store,
    private readonly preferences: Preferences,
    private readonly systemTheme: () => Theme,
    private readonly questions: Questions,
  ) {}

  setLanguage(language: Language): void {
    const { store } = this;
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

  setSource(source: SourceChoice): void {
    this.store.source.value = source;
  }

  pointAtLabel(label: string | undefined): void {
    this.store.label.value = label;
  }

  openPanel(panel: Store["panel"]["value"]): void {
    this.store.panel.value = panel;
  }

  show(overlay: Store["overlay"]["value"]): void {
    this.store.overlay.value = overlay;
  }

  dismissNotice(): void {
    this.store.notice.value = undefined;
  }
}

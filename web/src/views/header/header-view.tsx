/** The head of the page: where one is, the language, the theme, and the way to share. */
import type { Language, Words } from "../../core/wire";
import { Icon, Logo } from "../../design/icons";
import { type Interface, LANGUAGE_NAMES, say } from "../../words";
import "./header.css";

export interface HeaderProps {
  readonly words: Interface;
  readonly language: Language;
  readonly dark: boolean;
  readonly place: { readonly chapter: Words; readonly title: Words } | undefined;
  readonly canShare: boolean;
  onChapters(): void;
  onLanguage(language: Language): void;
  onTheme(): void;
  onHelp(): void;
  onShare(): void;
}

const LANGUAGES: readonly Language[] = ["en", "zh"];

export function HeaderView({ words, language, dark, place, canShare, ...does }: HeaderProps) {
  const themeName = dark ? words.themeToLight : words.themeToDark;
  return (
    <header class="header">
      <span class="header-brand">
        <Logo />
        <span class="header-product">{words.product}</span>
      </span>
      <button
        type="button"
        class="header-place"
        title={words.chapters}
        data-testid="chapters"
        onClick={does.onChapters}
      >
        {place ? (
          <>
            <span class="header-chapter">{say(place.chapter, language)}</span>
            <span class="header-slash" aria-hidden="true">
              /
            </span>
          </>
        ) : null}
        <span class="header-title">
          <b>{place ? say(place.title, language) : words.chapters}</b>
          <Icon name="chevron" />
        </span>
      </button>
      <div class="header-actions">
        <fieldset class="header-languages">
          <legend class="unseen">{words.language}</legend>
          {LANGUAGES.map((each) => (
            <button
              key={each}
              type="button"
              lang={each}
              title={LANGUAGE_NAMES[each]}
              aria-pressed={language === each}
              data-testid={`language-${each}`}
              onClick={() => does.onLanguage(each)}
            >
              {each === "en" ? "EN" : "中文"}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          class="button button-quiet"
          title={themeName}
          aria-label={themeName}
          data-testid="theme"
          onClick={does.onTheme}
        >
          <Icon name="theme" />
        </button>
        <button
          type="button"
          class="button button-quiet header-help"
          title={words.help}
          aria-label={words.help}
          data-testid="help"
          onClick={does.onHelp}
        >
          <Icon name="keys" />
        </button>
        <button
          type="button"
          class="button button-now"
          aria-label={words.share}
          data-testid="share"
          disabled={!canShare}
          onClick={does.onShare}
        >
          <span class="header-share-long">{words.share}</span>
          <span class="header-share-short">{words.shareShort}</span>
        </button>
      </div>
    </header>
  );
}

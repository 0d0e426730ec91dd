/** All chapters and their scenarios. */

import { useState } from "preact/hooks";
import type { Language, ScenarioInfo } from "../../core/wire";
import { Dialog } from "../../design/dialog";
import { type Interface, say } from "../../words";
import "./chapters.css";

/** What the list says of a place. */
type Listed = Pick<ScenarioInfo, "id" | "chapter" | "title" | "claim">;

export interface ChaptersProps {
  readonly words: Interface;
  readonly language: Language;
  readonly catalogue: readonly ScenarioInfo[];
  readonly current: string | undefined;
  /** Chapters that are no program. */
  readonly beside: readonly Listed[];
  onOpen(scenario: ScenarioInfo): void;
  onBeside(listed: Listed): void;
  /** Shows the keys: narrow screens have no button for them. */
  onHelp(): void;
  onClose(): void;
}

export function ChaptersView(props: ChaptersProps) {
  const { words, language, catalogue, current, beside, onOpen, onBeside, onHelp, onClose } = props;
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const chapters = new Map<string, { listed: Listed; open(): void }[]>();
  const list = (listed: Listed, open: () => void) => {
    const chapter = say(listed.chapter, language);
    const text = [chapter, say(listed.title, language), say(listed.claim, language), listed.id].join(" ");
    if (!text.toLowerCase().includes(wanted)) return;
    chapters.set(chapter, [...(chapters.get(chapter) ?? []), { listed, open }]);
  };
  for (const scenario of catalogue) list(scenario, () => onOpen(scenario));
  for (const listed of beside) list(listed, () => onBeside(listed));
  return (
    <Dialog title={words.chapters} closeName={words.close} kind="start" onClose={onClose}>
      <p class="soft">{words.tagline}</p>
      <input
        class="input chapters-find"
        type="search"
        placeholder={words.findChapter}
        aria-label={words.findChapter}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <p class="soft chapters-none" role="status">
        {chapters.size === 0 ? words.noChapter(typed) : ""}
      </p>
      {[...chapters].map(([chapter, scenarios]) => (
        <section key={chapter} class="chapter">
          <h3 class="section-title">{chapter}</h3>
          <ul>
            {scenarios.map(({ listed: scenario, open }) => (
              <li key={scenario.id}>
                <a
                  class="chapter-scenario"
                  href={`#/${scenario.id}`}
                  aria-current={scenario.id === current ? "page" : undefined}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    open();
                  }}
                >
                  <b>{say(scenario.title, language)}</b>
                  {scenario.id === current ? <span class="chapter-here">{words.outcomes.shown}</span> : null}
                  <span class="soft">{say(scenario.claim, language)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <button type="button" class="button chapters-keys" data-testid="chapters-keys" onClick={onHelp}>
        {words.keys}
      </button>
    </Dialog>
  );
}

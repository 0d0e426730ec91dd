/** All chapters and their scenarios. */

import type { Language, ScenarioInfo } from "../../core/wire";
import { Dialog } from "../../design/dialog";
import { type Interface, say } from "../../words";
import "./chapters.css";

export interface ChaptersProps {
  readonly words: Interface;
  readonly language: Language;
  readonly catalogue: readonly ScenarioInfo[];
  readonly current: string | undefined;
  onOpen(scenario: ScenarioInfo): void;
  onClose(): void;
}

export function ChaptersView({ words, language, catalogue, current, onOpen, onClose }: ChaptersProps) {
  const chapters = new Map<string, ScenarioInfo[]>();
  for (const scenario of catalogue) {
    const chapter = say(scenario.chapter, language);
    chapters.set(chapter, [...(chapters.get(chapter) ?? []), scenario]);
  }
  return (
    <Dialog title={words.chapters} closeName={words.close} kind="start" onClose={onClose}>
      <p class="soft">{words.tagline}</p>
      {[...chapters].map(([chapter, scenarios]) => (
        <section key={chapter} class="chapter">
          <h3 class="section-title">{chapter}</h3>
          <ul>
            {scenarios.map((scenario) => (
              <li key={scenario.id}>
                <a
                  class="chapter-scenario"
                  href={`#/${scenario.id}`}
                  aria-current={scenario.id === current ? "page" : undefined}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    onOpen(scenario);
                  }}
                >
                  <b>{say(scenario.title, language)}</b>
                  <span class="soft">{say(scenario.claim, language)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}

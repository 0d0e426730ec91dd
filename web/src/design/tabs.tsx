/**
 * Tabs as the ARIA practices have them: one stop of the Tab key, arrows go from tab to tab and open it, and the panel is
 * named by the tab that is open. Whoever has the tabs draws the panel, with [`panelOf`] on it.
 */
import type { ComponentChildren } from "preact";
import { neighbour } from "./tab-keys";
import "./tabs.css";

export interface TabsProps<Name extends string> {
  /** What the ids of tabs and panel begin with: one of its own on the page. */
  readonly id: string;
  /** Names the list. */
  readonly label: string;
  readonly tabs: readonly { readonly name: Name; readonly text: ComponentChildren; readonly title?: string }[];
  readonly open: Name;
  /** In a line of text, or as wide as the screen, for thumbs. */
  readonly kind: "line" | "bar";
  onOpen(name: Name): void;
}

export function Tabs<Name extends string>({ id, label, tabs, open, kind, onOpen }: TabsProps<Name>) {
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }, at: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = neighbour(event.key, at, tabs.length);
    const tab = next === undefined ? undefined : tabs[next];
    if (next === undefined || !tab) return;
    // The page's own arrows step along the run.
    event.preventDefault();
    onOpen(tab.name);
    (event.currentTarget.parentElement?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div class={`tabs tabs-${kind}`} role="tablist" aria-label={label}>
      {tabs.map(({ name, text, title }, at) => (
        <button
          key={name}
          type="button"
          role="tab"
          class="tab"
          id={`${id}-${name}`}
          title={title}
          aria-selected={name === open}
          aria-controls={name === open ? `${id}-panel` : undefined}
          tabIndex={name === open ? 0 : -1}
          data-testid={`${id}-${name}`}
          onClick={() => onOpen(name)}
          onKeyDown={(event) => onKeyDown(event, at)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}

/** What makes an element the panel of these tabs. */
export function panelOf(id: string, open: string) {
  return { id: `${id}-panel`, role: "tabpanel", "aria-labelledby": `${id}-${open}` } as const;
}

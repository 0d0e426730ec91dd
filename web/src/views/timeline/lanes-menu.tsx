/** What lanes stand for, which of them are shown, and which are folded into one. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { LanesBy } from "../../core/wire";
import { Icon } from "../../design/icons";
import type { Fold, LaneChoice } from "../../state/lanes";
import { MOST_ONLY } from "../../state/view-link";
import type { Interface } from "../../words";

export interface LanesProps {
  readonly choice: LaneChoice;
  readonly folds: readonly Fold[];
  /** What lanes can stand for in this run. */
  readonly kinds: readonly LanesBy[];
  onChange(change: Partial<LaneChoice>): void;
  onFold(role: string): void;
}

export interface LanesMenuProps extends LanesProps {
  readonly words: Interface;
  readonly turned: boolean;
  /** Room of the lanes' names, which it leaves in sight. */
  readonly namesPx: number;
}

export function LanesMenu({ words, choice, folds, kinds, turned, namesPx, onChange, onFold }: LanesMenuProps) {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const changed = choice.by !== "goroutine" || choice.filter !== "" || folds.some(({ folded }) => folded);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape in any of its controls closes it
    <div
      class="lanes-menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        type="button"
        class={changed ? "timeline-tool is-changed" : "timeline-tool"}
        title={words.lanes.title}
        aria-label={words.lanes.title}
        aria-expanded={open}
        data-testid="lanes"
        ref={button}
        onClick={() => setOpen(!open)}
      >
        <Icon name="funnel" />
      </button>
      {open ? (
        <fieldset
          class={turned ? "lanes-panel lanes-panel-turned" : "lanes-panel"}
          style={{ "--names": `${namesPx}px` }}
          aria-label={words.lanes.title}
        >
          <label class="lanes-line">
            <span>{words.lanes.by}</span>
            <select
              class="input"
              data-testid="lanes-by"
              value={choice.by}
              onChange={(event) => onChange({ by: event.currentTarget.value as LanesBy })}
            >
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {words.lanes.kinds[kind]}
                </option>
              ))}
            </select>
          </label>
          <label class="lanes-line">
            <span>{words.lanes.filter}</span>
            <input
              class="input"
              type="search"
              data-testid="lanes-filter"
              maxLength={MOST_ONLY}
              value={choice.filter}
              onInput={(event) => onChange({ filter: event.currentTarget.value })}
            />
          </label>
          {folds.length > 0 ? (
            <fieldset class="lanes-folds">
              <legend>{words.lanes.fold}</legend>
              {folds.map(({ role, members, folded }) => (
                <label key={role} class="lanes-fold">
                  <input type="checkbox" checked={folded} onChange={() => onFold(role)} />
                  {role} <span class="faint">×{members.length}</span>
                </label>
              ))}
            </fieldset>
          ) : null}
        </fieldset>
      ) : null}
    </div>
  );
}

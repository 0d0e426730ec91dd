/** What the program has printed so far. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { OutputLine } from "../../core/wire";
import { useLateRows } from "../../design/late-rows";
import type { Named } from "../../state/roles";
import type { Interface } from "../../words";
import { type Rows, rowsFor } from "./rows";
import "./output.css";

export interface OutputProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  readonly lines: readonly OutputLine[];
  /** How many lines there have been. */
  readonly total: number;
  /** The position of the cursor. */
  readonly at: number;
  onSeek(position: number): void;
}

export function OutputView({ words, named, lines, total, at, onSeek }: OutputProps) {
  const section = useRef<HTMLElement>(null);
  const rows = useLateRows(section, lines, words);
  const seek = useRef(onSeek);
  seek.current = onSeek;
  const scroller = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // In the frame, where the page is laid out anyway; and not for steps that print nothing.
    const frame = requestAnimationFrame(() => {
      box.scrollTop = box.scrollHeight;
    });
    return () => cancelAnimationFrame(frame);
  }, [total, lines.at(-1)?.event]);
  const kept = useRef<Rows>({ firstLine: 0, firstRow: 0 });
  kept.current = rowsFor(kept.current, total - lines.length, lines.length);
  const { firstRow } = kept.current;
  return (
    <section class="output" data-testid="output" ref={section}>
      <h2 class="section-title">
        {words.output}{" "}
        {total > 0 ? (
          <span class="output-count">
            {lines.length < total ? words.outputShown(lines.length, total) : words.outputLines(total)}
          </span>
        ) : null}
      </h2>
      {total === 0 ? (
        <p class="faint">{words.noOutput}</p>
      ) : (
        <ol class="output-lines" ref={scroller}>
          {lines.map((line, nth) => {
            const [key, who, changed] = [firstRow + nth, named[line.goroutine], line.event === at - 1];
            return rows.row(key, [line, who], changed, () => (
              <li data-row={key} data-changed={changed ? "" : undefined}>
                <button
                  type="button"
                  class={`output-line role-${who?.hue ?? 0}`}
                  title={`${who?.name ?? ""} · ${words.showAt(line.event + 1)}`}
                  onClick={() => seek.current(line.event + 1)}
                >
                  {line.text}
                </button>
              </li>
            ));
          })}
        </ol>
      )}
    </section>
  );
}

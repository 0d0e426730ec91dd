/**
 * The outcomes that were found, the first of them at once and the others when they are asked for: a row is a picture, a
 * sentence and some buttons, and hundreds of them are neither read nor quickly drawn.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ExploreReport, ExploreSpec } from "../../core/wire";
import { inOrder } from "./in-order";
import { type Copied, OutcomeRow, type RowCallbacks, type RowProps } from "./outcome-row";
import { rowsAtFirst } from "./rows-at-first";

export interface ListProps extends Omit<RowProps, "outcome" | "orderOfOutput" | "copied" | "onCopy">, RowCallbacks {
  readonly report: ExploreReport;
  /** What was searched: of another search the list begins anew. */
  readonly ofSearch: ExploreSpec;
}

export function OutcomeList({ ofSearch, onCopy, ...row }: ListProps) {
  const { words, report, current } = row;
  const outcomes = inOrder(report.outcomes);
  const list = useRef<HTMLUListElement>(null);
  const [copied, setCopied] = useState<Copied | undefined>(undefined);
  const copy = (link: string) => void onCopy(link).then((done) => setCopied({ link, done }));
  const [allOf, setAllOf] = useState<ExploreSpec | undefined>(undefined);
  /** The first row that was asked for, from which the keyboard goes on. */
  const next = useRef(0);
  const open = outcomes.findIndex(({ digest }) => digest === current);
  const shown = allOf === ofSearch ? outcomes.length : rowsAtFirst(outcomes.length, open);
  useEffect(() => {
    if (allOf) list.current?.children[next.current]?.querySelector("button")?.focus();
  }, [allOf]);
  return (
    <>
      <ul class="outcomes-list" ref={list}>
        {outcomes.slice(0, shown).map((outcome) => (
          <OutcomeRow
            key={outcome.number}
            {...row}
            outcome={outcome}
            orderOfOutput={ofSearch.orderOfOutput}
            copied={copied}
            onCopy={copy}
          />
        ))}
      </ul>
      {shown < outcomes.length ? (
        <button
          type="button"
          class="button outcomes-others"
          data-testid="outcomes-others"
          onClick={() => {
            next.current = shown;
            setAllOf(ofSearch);
          }}
        >
          {words.outcomes.others(outcomes.length - shown)}
        </button>
      ) : null}
    </>
  );
}

/** Who there is at this moment, and what each is doing or waiting for. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { GoroutineInfo } from "../../core/wire";
import { useLateRows } from "../../design/late-rows";
import { Sentence } from "../../design/sentence";
import type { Named } from "../../state/roles";
import { grouped, type Interface } from "../../words";
import { revealWithin } from "./reveal";
import "./goroutines.css";

export interface GoroutinesProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  readonly goroutines: readonly GoroutineInfo[];
  /** Those that are seen here to be blocked for ever. */
  readonly leaked?: ReadonlySet<number>;
}

/** With more than this many there is a field to find one. */
const MANY = 12;

export function GoroutinesView({ words, named, goroutines: told, leaked }: GoroutinesProps) {
  const goroutines = useMemo(
    () =>
      told.map((goroutine) =>
        leaked?.has(goroutine.id) && goroutine.status === "parked"
          ? { ...goroutine, status: "leaked" as const }
          : goroutine,
      ),
    [told, leaked],
  );
  const [typed, setTyped] = useState("");
  const many = goroutines.length > MANY;
  const wanted = many ? typed.trim().toLowerCase() : "";
  const shown = goroutines.filter(({ id, status }) => {
    const text = `${named[id]?.name ?? ""} ${status} ${words.statuses[status]}`.toLowerCase();
    return text.includes(wanted);
  });
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useLateRows(scroller, goroutines, words);
  useEffect(() => {
    const box = scroller.current;
    const row = box?.querySelector<HTMLElement>("[data-changed]");
    if (!box || !row) return;
    return revealWithin(box, row);
  }, [goroutines]);
  return (
    <section class={many ? "goroutines goroutines-many" : "goroutines"}>
      <header class="goroutines-head">
        <h2 class="section-title">
          {words.goroutines} {many ? <span class="goroutines-count">{grouped(goroutines.length)}</span> : null}
        </h2>
        {many ? (
          <input
            class="goroutines-filter"
            type="search"
            placeholder={words.filter}
            aria-label={words.filter}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        ) : null}
      </header>
      <div class="goroutines-rows" ref={scroller} tabIndex={many ? 0 : undefined}>
        {goroutines.length === 0 ? <p class="faint">{words.nothingYet}</p> : null}
        {goroutines.length > 0 && shown.length === 0 ? <p class="faint">{words.nothingMatches(typed)}</p> : null}
        <table
          class="goroutines-table"
          data-testid="goroutine-table"
          style={many ? { "--longest-name": longestOf(named) } : undefined}
        >
          <thead class="unseen">
            <tr>
              <th scope="col">{words.goroutine}</th>
              <th scope="col">{words.doing}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((goroutine) => {
              const { id, changed } = goroutine;
              const who = named[id];
              // What the step changed is scrolled into view.
              return rows.row(id, [goroutine, who], changed, () => rowOf(words, goroutine, who));
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Characters of the longest name. */
function longestOf(named: readonly Named[]): number {
  return named.reduce((longest, { name }) => Math.max(longest, name.length), 0);
}

function rowOf(words: Interface, { id, status, doing, changed }: GoroutineInfo, who: Named | undefined) {
  return (
    <tr
      class={`goroutine is-${status} role-${who?.hue ?? 0}`}
      data-row={id}
      data-goroutine={id}
      data-status={status}
      data-changed={changed ? "" : undefined}
    >
      <th scope="row">
        <span
          class={`status status-${status}`}
          role="img"
          aria-label={words.statuses[status]}
          title={words.statuses[status]}
        />
        {who?.name ?? id}
      </th>
      <td>
        <Sentence parts={doing} named={[]} />
      </td>
    </tr>
  );
}

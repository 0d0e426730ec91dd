/** What is said beside the timeline of the event at the cursor: what is ordered with it, or the way of its value. */
import type { Named } from "../../state/roles";
import { grouped, type Interface } from "../../words";

export interface LensProps {
  /** What the timeline marks; nothing when undefined. */
  readonly lens: "order" | "value" | undefined;
  /** Why it cannot be said. */
  readonly refused: string | undefined;
  /** Goroutines by how their events stand to this one. */
  readonly told:
    | { readonly before: readonly number[]; readonly after: readonly number[]; readonly concurrent: readonly number[] }
    | undefined;
  /** Stretches that are concurrent with it. */
  readonly stretches: readonly { readonly goroutine: number; readonly from: number; readonly to: number }[];
  /** Positions after the events that had the value, in order. */
  readonly journey: readonly number[];
  onLens(lens: "order" | "value" | undefined): void;
}

/** Names beyond so many are counted. */
const MOST_NAMES = 6;
const MOST_STOPS = 24;

export function LensView({
  words,
  named,
  at,
  lens,
  refused,
  told,
  journey,
  onSeek,
}: LensProps & { words: Interface; named: readonly Named[]; at: number; onSeek(position: number): void }) {
  if (lens === undefined) return null;
  const names = (ids: readonly number[]) => {
    if (ids.length === 0) return words.lens.nobody;
    const shown = ids.slice(0, MOST_NAMES).map((id) => named[id]?.name ?? "");
    return [...shown, ...(ids.length > MOST_NAMES ? [words.more(ids.length - MOST_NAMES)] : [])].join(", ");
  };
  return (
    <div class="lens" role="status" data-testid="lens">
      {refused !== undefined ? <p>{refused}</p> : null}
      {lens === "order" && told ? (
        <dl class="lens-order">
          <dt>{words.lens.before}</dt>
          <dd>{names(told.before)}</dd>
          <dt>{words.lens.after}</dt>
          <dd>{names(told.after)}</dd>
          <dt>{words.lens.concurrent}</dt>
          <dd>{names(told.concurrent)}</dd>
        </dl>
      ) : null}
      {lens === "value" && refused === undefined ? (
        <p class="lens-way">
          <span class="faint">{journey.length === 0 ? words.lens.noValue : words.lens.way}</span>
          {journey.slice(0, MOST_STOPS).map((position) => (
            <button
              key={position}
              type="button"
              class="lens-stop"
              aria-current={position === at ? "step" : undefined}
              onClick={() => onSeek(position)}
            >
              {grouped(position)}
            </button>
          ))}
          {journey.length > MOST_STOPS ? <span class="faint">{words.more(journey.length - MOST_STOPS)}</span> : null}
        </p>
      ) : null}
    </div>
  );
}

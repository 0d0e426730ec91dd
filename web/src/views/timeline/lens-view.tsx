/** What is said below the timeline of the event at the cursor: what is ordered with it, or the way of its value. */
import type { Named } from "../../state/roles";
import { grouped, type Interface } from "../../words";

/** A stretch of a goroutine's steps, from one position to another. */
interface Steps {
  readonly goroutine: number;
  readonly from: number;
  readonly to: number;
}

export interface LensProps {
  /** What the timeline marks; nothing when undefined. */
  readonly lens: "order" | "value" | undefined;
  /** Why it cannot be said. */
  readonly refused: string | undefined;
  /** By goroutine: the last step before this one, the first after it, and those that are neither. */
  readonly told:
    | {
        readonly before: readonly { readonly goroutine: number; readonly at: number }[];
        readonly after: readonly { readonly goroutine: number; readonly at: number }[];
        readonly concurrent: readonly Steps[];
      }
    | undefined;
  /** Stretches that are concurrent with it. */
  readonly stretches: readonly Steps[];
  /** Positions after the events that had the value, in order. */
  readonly journey: readonly number[];
  onLens(lens: "order" | "value" | undefined): void;
}

/** Names beyond so many are counted. */
const MOST_NAMES = 6;
const MOST_STOPS = 24;

type LensViewProps = LensProps & {
  readonly words: Interface;
  readonly named: readonly Named[];
  readonly at: number;
  onSeek(position: number): void;
};

export function LensView(props: LensViewProps) {
  const { words, at, lens, refused, told, journey, onSeek } = props;
  if (lens === undefined) return null;
  return (
    <div class="lens" role="status" data-testid="lens">
      {refused !== undefined ? <p>{refused}</p> : null}
      {lens === "order" && told ? (
        <>
          <dl class="lens-order">
            <Group {...props} name={words.lens.before} steps={told.before.map(single)} />
            <Group
              {...props}
              name={words.lens.concurrent}
              steps={told.concurrent.map(({ goroutine, from, to }) => ({ goroutine, from: from + 1, to }))}
            />
            <Group {...props} name={words.lens.after} steps={told.after.map(single)} />
          </dl>
          <p class="lens-legend faint">{words.lens.legend}</p>
        </>
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

function single({ goroutine, at }: { readonly goroutine: number; readonly at: number }): Steps {
  return { goroutine, from: at, to: at };
}

/** Goroutines that stand to the step in one way, each with where, and the way there. */
function Group({
  words,
  named,
  name,
  steps,
  onSeek,
}: Pick<LensViewProps, "words" | "named" | "onSeek"> & { name: string; steps: readonly Steps[] }) {
  return (
    <div class="lens-group">
      <dt>{name}</dt>
      <dd>
        {steps.length === 0 ? words.lens.nobody : null}
        {steps.slice(0, MOST_NAMES).map(({ goroutine, from, to }) => (
          <button
            key={goroutine}
            type="button"
            class={`lens-step role-${named[goroutine]?.hue ?? 0}`}
            title={words.showAt(from)}
            onClick={() => onSeek(from)}
          >
            <span class="dot" /> {named[goroutine]?.name}{" "}
            <span class="lens-stop">{from === to ? grouped(from) : `${grouped(from)}–${grouped(to)}`}</span>
          </button>
        ))}
        {steps.length > MOST_NAMES ? <span class="faint">{words.more(steps.length - MOST_NAMES)}</span> : null}
      </dd>
    </div>
  );
}

/** A channel as a pipe: senders wait at its left end, receivers at its right, a cap on the left end closes it. A nil one is none. */
import type { ObjectState } from "../../core/wire";
import { insideOf } from "./slots";
import type { WaitersProps } from "./waiters";

export interface PipeProps extends Omit<WaitersProps, "waiters"> {
  readonly name: string;
  readonly changed: boolean;
  readonly channel: Extract<ObjectState, { kind: "channel" }>;
  /** Whether this step put a value in or took one out. */
  readonly passed: "in" | "out" | undefined;
  /** What passed is seen to move. */
  readonly moving: boolean;
}

/** Lines of waiting goroutines at an end; the last line counts those for whom there is no line. */
const WAITER_LINES = 2;

export function Pipe({ name, changed, channel, passed, moving, ...waiting }: PipeProps) {
  const { words } = waiting;
  const { capacity, length, closed, senders, receivers } = channel;
  const fill = capacity === null ? "nil" : capacity === 0 ? words.unbuffered : words.filled(length, capacity);
  return (
    <div class="pipe" data-changed={changed ? "" : undefined} data-channel={name} data-length={length}>
      <p class="pipe-head">
        <span class="pipe-name">{name}</span>
        <span class="faint pipe-fill">
          {fill}
          {closed ? <b class="pipe-closed"> · {words.closed}</b> : null}
        </span>
      </p>
      <div class={senders.length > 0 ? "pipe-row has-senders" : "pipe-row"}>
        <End {...waiting} waiters={senders} side="left" />
        <div class={`pipe-body${closed ? " is-closed" : ""}${capacity === null ? " is-nil" : ""}`}>
          {capacity === null ? null : (
            <Inside words={words} capacity={capacity} channel={channel} passed={passed} moving={moving} />
          )}
        </div>
        <End {...waiting} waiters={receivers} side="right" />
      </div>
    </div>
  );
}

function Inside({
  words,
  capacity,
  channel: { length, buffer },
  passed,
  moving,
}: Pick<PipeProps, "words" | "channel" | "passed" | "moving"> & { capacity: number }) {
  const inside = insideOf(capacity, length, buffer);
  switch (inside.type) {
    case "joint":
      return <span class="pipe-joint" />;
    case "filling":
      return (
        <span class="filling">
          <span class="filling-level" style={{ inlineSize: `${inside.share * 100}%` }} />
          {length > inside.head.length ? "…" : null}
          <span class="filling-head">
            {inside.head.map((value, nth) => (
              <span key={nth}>{value}</span>
            ))}
          </span>
        </span>
      );
    case "slots": {
      const { slots } = inside;
      const newest = slots.findIndex((slot) => slot !== undefined);
      const vacated = passed === "out" ? (newest < 0 ? capacity : newest) - 1 : -1;
      return (
        <>
          {slots.map((value, place) => {
            const is = ["slot"];
            if (value !== undefined) is.push("is-full");
            if (passed === "in" && place === newest) is.push("is-now");
            if (place === vacated) is.push("is-vacated");
            if (moving && value !== undefined) {
              if (passed === "in" && place === newest) is.push("is-arriving");
              if (passed === "out") is.push("is-shifting");
            }
            return (
              <span key={`${length} ${place}`} class={is.join(" ")}>
                {value ?? <span class="unseen">{words.emptySlot}</span>}
              </span>
            );
          })}
        </>
      );
    }
  }
}

/** Who waits at an end, each as a pill: dashed while it waits, solid once it can go on. */
function End({ words, named, waiters, woken, side }: WaitersProps & { side: "left" | "right" }) {
  const nameOf = (id: number) => named[id]?.name ?? String(id);
  const still = waiters.filter((id) => !woken.has(id));
  const title = (side === "left" ? words.waitToSend : words.waitToReceive)(still.map(nameOf).join(", "));
  const shown = waiters.length > WAITER_LINES ? WAITER_LINES - 1 : waiters.length;
  const rest = waiters.slice(shown);
  const pill = (key: number, role: number, ids: readonly number[], text: string) => {
    const free = ids.every((id) => woken.has(id));
    return (
      <span key={key} class="waiter">
        <span class={`chip role-${role}${free ? " is-woken" : ""}`}>{text}</span>
        {free ? <span class="faint">{words.canGoOn("")}</span> : null}
      </span>
    );
  };
  return (
    <div class={`waiters waiters-${side}`} title={still.length > 0 ? title : undefined}>
      {waiters.slice(0, shown).map((id) => pill(id, named[id]?.hue ?? 0, [id], nameOf(id)))}
      {rest.length > 0 ? pill(-1, 0, rest, words.more(rest.length)) : null}
    </div>
  );
}

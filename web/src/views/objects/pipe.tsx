/** A channel as a pipe: senders wait at its left end, receivers at its right, a cap on the left end closes it. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { ObjectState } from "../../core/wire";
import type { Named } from "../../state/roles";
import type { Interface } from "../../words";
import { insideOf } from "./slots";

export interface PipeProps {
  readonly words: Interface;
  readonly named: readonly Named[];
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

export function Pipe({ words, named, name, changed, channel, passed, moving }: PipeProps) {
  const { capacity, length, closed, senders, receivers } = channel;
  const fill = capacity === 0 ? words.unbuffered : words.filled(length, capacity);
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
        <Waiters words={words} named={named} ids={senders} side="left" />
        <div class={closed ? "pipe-body is-closed" : "pipe-body"}>
          <Inside words={words} channel={channel} passed={passed} moving={moving} />
        </div>
        <Waiters words={words} named={named} ids={receivers} side="right" />
      </div>
    </div>
  );
}

function Inside({ words, channel, passed, moving }: Pick<PipeProps, "words" | "channel" | "passed" | "moving">) {
  const { capacity, length, buffer } = channel;
  const inside = insideOf(capacity, length, buffer);
  switch (inside.type) {
    case "joint":
      return <span class="pipe-joint" />;
    case "filling":
      return <Filling share={inside.share} head={inside.head} />;
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

function Filling({ share, head }: { share: number; head: readonly string[] }) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    ref.current?.style.setProperty("inline-size", `${share * 100}%`);
  }, [share]);
  return (
    <span class="filling">
      <span class="filling-level" ref={ref} />
      <span class="filling-head">{head.join(" · ")}</span>
    </span>
  );
}

function Waiters({
  words,
  named,
  ids,
  side,
}: {
  words: Interface;
  named: readonly Named[];
  ids: readonly number[];
  side: "left" | "right";
}) {
  const names = ids.map((id) => named[id]?.name ?? String(id)).join(", ");
  const title = side === "left" ? words.waitToSend(names) : words.waitToReceive(names);
  const shown = ids.length > WAITER_LINES ? WAITER_LINES - 1 : ids.length;
  const chips = ids.slice(0, shown).map((id) => (
    <span key={id} class={`chip role-${named[id]?.hue ?? 0}`}>
      {named[id]?.name ?? id}
    </span>
  ));
  if (ids.length > shown) {
    chips.push(
      <span key="more" class="chip role-0">
        {words.more(ids.length - shown)}
      </span>,
    );
  }
  return (
    <div class={`waiters waiters-${side}`} title={ids.length > 0 ? title : undefined}>
      {chips}
    </div>
  );
}

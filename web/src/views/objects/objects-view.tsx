/** The things that goroutines share at this moment: channels as pipes, contexts as a tree, then variables and counters. */
import type { EventInfo, ObjectInfo, ObjectState, Part, WholeValue } from "../../core/wire";
import { Sentence } from "../../design/sentence";
import { type ContextInfo, ContextTree } from "./context-tree";
import { Pipe } from "./pipe";
import { Waiters, type WaitersProps } from "./waiters";
import { Whole } from "./whole";
import "./objects.css";

/** What is told of everybody who waits. */
type Waiting = Omit<WaitersProps, "waiters">;

export interface ObjectsProps extends Omit<Waiting, "woken"> {
  readonly objects: readonly ObjectInfo[];
  /** Values in them that are too long to be shown there. */
  readonly whole: readonly WholeValue[];
  /** Goroutines that have parked and can go on; nobody where that is not told. */
  readonly woken?: ReadonlySet<number>;
  /** The step that led here. */
  readonly event: EventInfo | undefined;
  /** The moment was reached by one step forward: what moved is seen to move. */
  readonly moving: boolean;
}

type Of<Kind extends ObjectState["kind"]> = Omit<ObjectInfo, "state"> & {
  readonly state: Extract<ObjectState, { kind: Kind }>;
};

const NOBODY: ReadonlySet<number> = new Set();

export function ObjectsView({ words, named, objects, whole, woken = NOBODY, event, moving }: ObjectsProps) {
  const waiting: Waiting = { words, named, woken };
  const channels = objects.filter((object): object is Of<"channel"> => object.state.kind === "channel");
  const contexts = objects.filter((object): object is ContextInfo => object.state.kind === "context");
  const others = objects.filter(({ state }) => state.kind !== "channel" && state.kind !== "context");
  return (
    <>
      {channels.length > 0 ? (
        <section class="objects">
          <h2 class="section-title">{words.channels}</h2>
          {channels.map(({ id, name, changed, state }) => (
            <Pipe
              key={id}
              {...waiting}
              name={name}
              changed={changed}
              channel={state}
              passed={event?.object === id ? passedBy(event) : undefined}
              moving={moving}
            />
          ))}
        </section>
      ) : null}
      {contexts.length > 0 ? (
        <section class="objects" data-testid="contexts">
          <h2 class="section-title">{words.contexts}</h2>
          <ContextTree {...waiting} contexts={contexts} />
        </section>
      ) : null}
      {others.length > 0 ? (
        <section class="objects">
          <h2 class="section-title">{words.otherObjects}</h2>
          <dl class="objects-list">
            {others.map((object) => (
              <Other key={object.id} {...waiting} object={object} />
            ))}
          </dl>
        </section>
      ) : null}
      <Whole words={words} objects={objects} values={whole} />
    </>
  );
}

/** Names with commas between them. */
function listed(names: readonly Part[]): readonly Part[] {
  return names.flatMap((name, nth) => (nth === 0 ? [name] : [{ type: "text", text: ", " } as const, name]));
}

/** Which way a value passed in a step. */
function passedBy({ shape, value }: EventInfo): "in" | "out" | undefined {
  if (value == null) return undefined;
  return shape === "send" ? "in" : shape === "receive" ? "out" : undefined;
}

function Other({ object, ...waiting }: Waiting & { object: ObjectInfo }) {
  return (
    <div class="objects-row" data-object={object.id} data-changed={object.changed ? "" : undefined}>
      <dt>{object.name}</dt>
      <dd>
        <Inside {...waiting} state={object.state} />
      </dd>
    </div>
  );
}

/** A queue as channels have them: what was stored last stands on the left, and goes on to memory at the right. */
function StoreBuffer({ words, stores, onTheirWay }: Pick<Waiting, "words"> & Of<"storeBuffer">["state"]) {
  const slots = stores.map((store, nth) =>
    nth < onTheirWay ? (
      <span key={nth} class="slot is-full is-leaving" title={words.onItsWay}>
        {store} <span class="unseen">{words.onItsWay}</span>
      </span>
    ) : (
      <span key={nth} class="slot is-full">
        {store}
      </span>
    ),
  );
  return (
    <span class="objects-slots">
      {stores.length > 0 ? slots.reverse() : <span class="slot faint">{words.emptySlot}</span>}
    </span>
  );
}

function Inside({ state, ...waiting }: Waiting & { state: ObjectState }) {
  const { words, named } = waiting;
  switch (state.kind) {
    case "waitGroup":
      return (
        <>
          <span class="code">{state.count}</span> <span class="faint">{words.waitGroup}</span>
          <Waiters {...waiting} waiters={state.waiters} />
        </>
      );
    case "variable": {
      const writer = state.writer == null ? undefined : named[state.writer];
      return (
        <>
          <span class="code">{state.value === "" ? '""' : state.value}</span>
          {writer ? (
            <span class="faint">
              {" "}
              {words.writtenBy} <span class={`objects-writer role-${writer.hue}`}>{writer.name}</span>
            </span>
          ) : null}
          {state.holders.length > 0 ? (
            <span class="objects-holders faint">
              {words.heldBy} <Sentence parts={listed(state.holders)} named={named} />
            </span>
          ) : null}
        </>
      );
    }
    case "storeBuffer":
      return (
        <>
          <StoreBuffer words={words} {...state} />
          <Waiters {...waiting} waiters={state.waiters} />
        </>
      );
    case "told":
      return (
        <>
          <Sentence parts={state.sentence} named={named} />
          <Waiters {...waiting} waiters={state.waiters} />
        </>
      );
    case "channel":
    case "context":
      return null;
  }
}

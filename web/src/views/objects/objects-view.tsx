/** The things that goroutines share at this moment: channels as pipes, contexts as a tree, then variables and counters. */
import type { EventInfo, ObjectInfo, ObjectState, Part, WholeValue } from "../../core/wire";
import { Sentence } from "../../design/sentence";
import type { Named } from "../../state/roles";
import type { Interface } from "../../words";
import { type ContextInfo, ContextTree } from "./context-tree";
import { Pipe } from "./pipe";
import { Waiters } from "./waiters";
import { Whole } from "./whole";
import "./objects.css";

export interface ObjectsProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  readonly objects: readonly ObjectInfo[];
  /** Values in them that are too long to be shown there. */
  readonly whole: readonly WholeValue[];
  /** The step that led here. */
  readonly event: EventInfo | undefined;
  /** The moment was reached by one step forward: what moved is seen to move. */
  readonly moving: boolean;
}

type Of<Kind extends ObjectState["kind"]> = Omit<ObjectInfo, "state"> & {
  readonly state: Extract<ObjectState, { kind: Kind }>;
};

export function ObjectsView({ words, named, objects, whole, event, moving }: ObjectsProps) {
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
              words={words}
              named={named}
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
          <ContextTree words={words} named={named} contexts={contexts} />
        </section>
      ) : null}
      {others.length > 0 ? (
        <section class="objects">
          <h2 class="section-title">{words.otherObjects}</h2>
          <dl class="objects-list">
            {others.map((object) => (
              <Other key={object.id} words={words} named={named} object={object} />
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

function Other({ words, named, object }: { words: Interface; named: readonly Named[]; object: ObjectInfo }) {
  return (
    <div class="objects-row" data-object={object.id} data-changed={object.changed ? "" : undefined}>
      <dt>{object.name}</dt>
      <dd>
        <Inside words={words} named={named} state={object.state} />
      </dd>
    </div>
  );
}

function Inside({ words, named, state }: { words: Interface; named: readonly Named[]; state: ObjectState }) {
  switch (state.kind) {
    case "waitGroup":
      return (
        <>
          <span class="code">{state.count}</span> <span class="faint">{words.waitGroup}</span>
          <Waiters words={words} named={named} waiters={state.waiters} />
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
    case "told":
      return (
        <>
          <Sentence parts={state.sentence} named={named} />
          <Waiters words={words} named={named} waiters={state.waiters} />
        </>
      );
    case "channel":
    case "context":
      return null;
  }
}

/** The contexts as the tree along which cancellation flows down: each hangs below what it was derived from. */
import type { ObjectInfo, ObjectState } from "../../core/wire";
import { Sentence } from "../../design/sentence";
import type { Named } from "../../state/roles";
import type { Interface } from "../../words";
import { Waiters } from "./waiters";

export type ContextInfo = Omit<ObjectInfo, "state"> & {
  readonly state: Extract<ObjectState, { kind: "context" }>;
};

export interface ContextTreeProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  readonly contexts: readonly ContextInfo[];
  /** Whose children are shown; undefined for what hangs below nothing. */
  readonly below?: number;
}

export function ContextTree({ words, named, contexts, below }: ContextTreeProps) {
  const here = contexts.filter(({ state }) => (state.parent ?? undefined) === below);
  if (here.length === 0) return null;
  return (
    <ul class="contexts">
      {here.map(({ id, name, changed, state }) => (
        <li key={id}>
          <div
            class={state.cancelled ? "objects-row is-cancelled" : "objects-row"}
            data-object={id}
            data-changed={changed ? "" : undefined}
          >
            <span class="contexts-name">{name}</span>
            <span class="contexts-inside">
              <Sentence parts={state.sentence} named={named} />
              <Waiters words={words} named={named} waiters={state.waiters} />
            </span>
          </div>
          <ContextTree words={words} named={named} contexts={contexts} below={id} />
        </li>
      ))}
    </ul>
  );
}

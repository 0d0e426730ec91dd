/** The contexts as the tree along which cancellation flows down: each hangs below what it was derived from. */
import type { ObjectInfo, ObjectState } from "../../core/wire";
import { Sentence } from "../../design/sentence";
import { Waiters, type WaitersProps } from "./waiters";

export type ContextInfo = Omit<ObjectInfo, "state"> & {
  readonly state: Extract<ObjectState, { kind: "context" }>;
};

export interface ContextTreeProps extends Omit<WaitersProps, "waiters"> {
  readonly contexts: readonly ContextInfo[];
  /** Whose children are shown; undefined for what hangs below nothing. */
  readonly below?: number;
}

export function ContextTree({ contexts, below, ...waiting }: ContextTreeProps) {
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
              <Sentence parts={state.sentence} named={waiting.named} />
              <Waiters {...waiting} waiters={state.waiters} />
            </span>
          </div>
          <ContextTree {...waiting} contexts={contexts} below={id} />
        </li>
      ))}
    </ul>
  );
}

/** Who waits at an object, and who did and can go on, behind what it looks like inside. */
import type { Named } from "../../state/roles";
import type { Interface } from "../../words";

export interface WaitersProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  /** Goroutines, in order of arrival. */
  readonly waiters: readonly number[];
  /** Those that have parked and can go on: they stand where they waited until they do. */
  readonly woken: ReadonlySet<number>;
}

export function Waiters({ words, named, waiters, woken }: WaitersProps) {
  return [words.waitedOnBy, words.canGoOn].map((said, nth) => {
    const ids = waiters.filter((id) => woken.has(id) === (nth === 1));
    return ids.length === 0 ? null : (
      <span key={nth} class="objects-waiters faint">
        {said(ids.map((id) => named[id]?.name ?? id).join(", "))}
      </span>
    );
  });
}

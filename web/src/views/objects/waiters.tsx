/** Who waits at an object, behind what it looks like inside. */
import type { Named } from "../../state/roles";
import type { Interface } from "../../words";

export interface WaitersProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  /** Goroutines, in order of arrival. */
  readonly waiters: readonly number[];
}

export function Waiters({ words, named, waiters }: WaitersProps) {
  if (waiters.length === 0) return null;
  const names = waiters.map((id) => named[id]?.name ?? String(id)).join(", ");
  return <span class="faint"> · {words.waitedOnBy(names)}</span>;
}

/** Who is blocked for ever once a run is over: the run's verdict tells, and no moment of it. */
import type { RunSummary } from "../core/wire";

export interface Blocked {
  /** Main has returned, and left them behind. */
  readonly leaked: ReadonlySet<number>;
  /** Nobody could go on, in a deadlock. */
  readonly asleep: ReadonlySet<number>;
}

export const NOBODY: Blocked = { leaked: new Set(), asleep: new Set() };

export function blockedIn({ verdict: { ending, findings }, lanes }: Pick<RunSummary, "verdict" | "lanes">): Blocked {
  const leaks = findings.filter(({ kind }) => kind === "leaked");
  const unended = ending === "deadlocked" ? lanes.filter(({ ended }) => ended === null) : [];
  return {
    leaked: new Set(leaks.flatMap(({ goroutines }) => goroutines)),
    asleep: new Set(unended.map(({ goroutine }) => goroutine)),
  };
}

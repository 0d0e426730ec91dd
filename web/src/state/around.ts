/** What the memory model says of the event at the cursor, as the timeline marks it and as it is told. */
import type { Around } from "../core/wire";

/** What of a goroutine is concurrent with the event: from one position to another. */
export interface Concurrent {
  readonly goroutine: number;
  readonly from: number;
  readonly to: number;
}

/** By goroutine, the stretch that is neither before nor after; the doers of the step itself have none. */
export function concurrentWith(
  around: Around,
  lanes: readonly { born: number; ended: number | null }[],
  events: number,
) {
  return lanes.flatMap(({ born, ended }, goroutine): Concurrent[] => {
    const before = around.before[goroutine];
    const after = around.after[goroutine];
    const from = before == null ? born : before + 1;
    const to = Math.min(after ?? events, ended ?? events);
    return to > from ? [{ goroutine, from, to }] : [];
  });
}

/** A step of a goroutine, by the position after it. */
export interface Nearest {
  readonly goroutine: number;
  readonly at: number;
}

/** Goroutines by how their events stand to it. Of one goroutine some come before, some after, and some are neither. */
export interface Told {
  /** The last event of each that comes before it. */
  readonly before: readonly Nearest[];
  /** The first event of each that comes after it. */
  readonly after: readonly Nearest[];
  /** Events that are ordered neither way. */
  readonly concurrent: readonly Concurrent[];
}

export function told(around: Around, actors: ReadonlySet<number>, stretches: readonly Concurrent[]): Told {
  const some = (list: Around["before"]) =>
    list.flatMap((event, goroutine): Nearest[] =>
      event == null || actors.has(goroutine) ? [] : [{ goroutine, at: event + 1 }],
    );
  return {
    before: some(around.before),
    after: some(around.after),
    concurrent: stretches.filter(({ goroutine }) => !actors.has(goroutine)),
  };
}

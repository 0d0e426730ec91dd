/** The span that the reader has clicked: it stays marked, and says what it is, until the cursor goes elsewhere. */
import type { Status, WindowData } from "../../core/wire";

/** In the order of their numbers on the wire; the first is none. */
const STATUSES: readonly (Status | undefined)[] = [
  undefined,
  "running",
  "ready",
  "parked",
  "finished",
  "panicked",
  "leaked",
];

export interface Span {
  /** The goroutine or the processor whose lane it is on. */
  readonly key: number;
  readonly goroutine: number;
  readonly status: Status;
  readonly from: number;
  readonly to: number;
  /** Whether it may have begun before, and may end after, what is known of it. */
  readonly cut: { readonly before: boolean; readonly after: boolean };
}

export interface MarkedSpan extends Span {
  /** The step that the click led to. */
  readonly position: number;
  /** Where the cursor was then, while it has not come there. */
  readonly since: number;
}

/** The span of a lane at a place along it; of two that meet there the later one. */
export function spanAt(
  stretch: { readonly query: { readonly from: number; readonly to: number }; readonly data: WindowData },
  isOn: (key: number) => boolean,
  along: number,
  events: number,
): Span | undefined {
  const { query, data } = stretch;
  const { spans, actors } = data;
  let found: Span | undefined;
  for (let index = 0; index + 3 < spans.length; index += 4) {
    const [key = 0, from = 0, to = 0, status = 0] = spans.subarray(index, index + 4);
    const named = STATUSES[status];
    if (along < from || along > to || named === undefined || !isOn(key)) continue;
    const cut = { before: from > 0 && from === query.from, after: to < events && to === query.to };
    found = { key, goroutine: actors[index / 4] ?? key, status: named, from, to, cut };
  }
  return found;
}

/** A step within the span, nearest to the one that the click led to: there its goroutine is as the span says. */
export function insideOf({ from, to, position }: MarkedSpan): number {
  return Math.max(from, Math.min(position, to - 1));
}

/** What is left of the mark with the cursor at a position: it goes as soon as the cursor is taken elsewhere. */
export function afterMove(marked: MarkedSpan, at: number): MarkedSpan | undefined {
  if (at === marked.position) return { ...marked, since: at };
  return at === marked.since ? marked : undefined;
}

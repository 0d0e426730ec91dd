/** How many rows of a long list stand there before the others are asked for. */
const ROWS = 24;
/** A button for fewer than so many more would take the room of some of them. */
const FEW = 6;

/** Of so many outcomes; `open`: the index of the one whose run is open, which is among them, or -1. */
export function rowsAtFirst(outcomes: number, open: number): number {
  const rows = Math.max(ROWS, open + 1);
  return outcomes - rows < FEW ? outcomes : rows;
}

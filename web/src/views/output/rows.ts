/**
 * Which row of the list each line of the output stands in. A line keeps its row while some of what was shown stays; a
 * jump to other lines writes them into the rows that are there, since to make hundreds of rows is what takes the time.
 */
export interface Rows {
  /** The number of the first line shown, among all that were printed. */
  readonly firstLine: number;
  /** The row that it stands in. */
  readonly firstRow: number;
}

/** The rows of `count` lines from `firstLine` on. */
export function rowsFor(before: Rows, firstLine: number, count: number): Rows {
  const moved = firstLine - before.firstLine;
  return { firstLine, firstRow: Math.abs(moved) < count ? before.firstRow + moved : before.firstRow };
}

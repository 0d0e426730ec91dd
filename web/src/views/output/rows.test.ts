import { expect, it } from "vitest";
import { rowsFor } from "./rows";

it.each([
  ["a line more", 101, 200, 51],
  ["lines taken back", 30, 200, -20],
  ["a jump to other lines", 5_000, 200, 50],
  ["a jump back to where there were fewer", 0, 40, 50],
  ["the last line that was there", 299, 200, 249],
  ["the first that was not", 300, 200, 50],
])("%s: the first line, %d, of %d stands in row %d", (_, firstLine, count, firstRow) => {
  expect(rowsFor({ firstLine: 100, firstRow: 50 }, firstLine, count)).toEqual({ firstLine, firstRow });
});

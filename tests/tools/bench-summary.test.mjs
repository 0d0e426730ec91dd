import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { number, part, rows, summary, withPart } from "../../tools/bench-summary.mjs";

const BENCHMARKS = readFileSync(new URL("../../BENCHMARKS.md", import.meta.url), "utf8");

test("the summary is what the tables say", () => {
  expect(part(BENCHMARKS, "summary")).toBe(summary(BENCHMARKS));
});

test("a part is found, changed and nothing beside it", () => {
  const text = "before\n<!-- page -->\nold $1\n<!-- end -->\nafter\n";
  expect(part(text, "page")).toBe("old $1");
  expect(withPart(text, "page", "new $&")).toBe("before\n<!-- page -->\nnew $&\n<!-- end -->\nafter\n");
  // The first content of a new part is none.
  expect(withPart("a\n<!-- page -->\n\n<!-- end -->\n", "page", "new")).toBe("a\n<!-- page -->\nnew\n<!-- end -->\n");
  expect(() => part(text, "search")).toThrow("<!-- search -->");
});

test("rows are told by the titles of their columns, numbers with their thousands apart", () => {
  expect(rows("| a | b |\n|---|--:|\n| x | 1 |\n\nno row")).toEqual([{ a: "x", b: "1" }]);
  expect(number("1 500 ms")).toBe(1500);
  expect(number("> 0.06 s")).toBe(0.06);
  expect(number("–")).toBeNaN();
});

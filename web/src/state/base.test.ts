import { expect, it } from "vitest";
import { baseOf } from "./base";

it.each([
  ["https://example.org/chanscope/", "https://example.org/chanscope/"],
  [" https://example.org ", "https://example.org/"],
  ["https://example.org/a/?embed#/x", "https://example.org/a/"],
  ["javascript:alert(1)", undefined],
  ["https://user:secret@example.org/", undefined],
  ["example.org", undefined],
  ["https://", undefined],
  ["", undefined],
])("links that begin with “%s” begin with %s", (typed, base) => {
  expect(baseOf(typed)).toBe(base);
});

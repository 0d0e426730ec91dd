import { expect, it } from "vitest";
import { baseOf, isLoopback } from "./base";

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

it.each([
  ["http://127.0.0.1:8080/#/a", true],
  ["http://localhost:5173/", true],
  ["http://[::1]:80/", true],
  ["https://example.org/127.0.0.1/", false],
  ["https://127.0.0.1.example.org/", false],
  ["", false],
])("%s leads to the reader's own machine: %s", (url, own) => {
  expect(isLoopback(url)).toBe(own);
});

import { expect, it } from "vitest";
import { grouped, ungrouped } from "./numbers";

it.each([
  [0, "0"],
  [999, "999"],
  [1284, "1\u202f284"],
  [1_000_000, "1\u202f000\u202f000"],
  [-1234, "−1\u202f234"],
  [1234.5, "1\u202f234.5"],
])("%d is written %j", (number, text) => {
  expect(grouped(number)).toBe(text);
});

it.each([
  ["1284", 1284],
  ["1\u202f284", 1284],
  [" 1,284 ", 1284],
  ["-3", undefined],
  ["abc", undefined],
  ["", undefined],
])("%j is read as %j", (text, number) => {
  expect(ungrouped(text)).toBe(number);
});

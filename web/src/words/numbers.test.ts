import { expect, it } from "vitest";
import { grouped, groupedIn, ungrouped } from "./numbers";

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

it.each([
  [
    "expected a whole number from 0 to 4294967295, found “99999999999”",
    "expected a whole number from 0 to 4\u202f294\u202f967\u202f295, found “99999999999”",
  ],
  ["0 到 9007199254740991 之间的整数", "0 到 9\u202f007\u202f199\u202f254\u202f740\u202f991 之间的整数"],
  ["a choice such as 1234:3-recv@1~5", "a choice such as 1234:3-recv@1~5"],
])("%j is written with its own numbers grouped", (sentence, written) => {
  expect(groupedIn(sentence)).toBe(written);
});

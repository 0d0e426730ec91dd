import { expect, it } from "vitest";
import type { Lane } from "../core/wire";
import { nameAll } from "./roles";

function lanes(...names: Array<[name: string, role: string]>): Lane[] {
  return names.map(([name, role], goroutine) => ({
    goroutine,
    path: String(goroutine),
    name,
    role,
    parent: null,
    born: 0,
    ended: null,
    futureBytes: null,
  }));
}

it("gives each role one hue, in order of first birth, and main the neutral one", () => {
  const named = nameAll(
    lanes(["moderator", "moderator"], ["producer 1", "producer"], ["main", "main"], ["producer 12", "producer"]),
  );
  expect(named.map(({ hue, sign }) => `${hue}${sign}`)).toEqual(["1Mo", "21", "0Ma", "212"]);
});

it("lets roles past the last hue share it", () => {
  const named = nameAll(lanes(...["a", "b", "c", "d", "e", "f", "g"].map((role): [string, string] => [role, role])));
  expect(named.map(({ hue }) => hue)).toEqual([1, 2, 3, 4, 5, 5, 5]);
});

it.each([
  [["main", "moderator", "producer 1", "producer 2", "consumer 1"], "Ma Mo P1 P2 C1"],
  [["main", "worker 1", "worker 12"], "M 1 12"],
  [["main", "goroutine 1", "goroutine 2", "buffer of goroutine 1"], "M G1 G2 B1"],
  [["getter", "getting", "main"], "G1 G2 M"],
  [["main", "goroutine A", "goroutine B"], "M A B"],
  [["put", "putter", "main"], "Put Putt M"],
])("marks %j by signs that colour is not needed to tell apart: %s", (names, signs) => {
  expect(
    nameAll(lanes(...names.map((name): [string, string] => [name, name])))
      .map(({ sign }) => sign)
      .join(" "),
  ).toBe(signs);
});

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
  expect(named.map(({ hue, sign }) => `${hue}${sign}`)).toEqual(["1M", "21", "0M", "212"]);
});

it("lets roles past the last hue share it", () => {
  const named = nameAll(lanes(...["a", "b", "c", "d", "e", "f", "g"].map((role): [string, string] => [role, role])));
  expect(named.map(({ hue }) => hue)).toEqual([1, 2, 3, 4, 5, 5, 5]);
});

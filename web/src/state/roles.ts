/** Which hue a role has, and how a goroutine is marked where there is room for a sign only. */
import type { Lane } from "../core/wire";

/** Hues there are. Roles past the last hue share it; their names tell them apart. */
export const HUES = 6;

/** A goroutine as the views name it. */
export interface Named {
  readonly id: number;
  readonly name: string;
  readonly role: string;
  /** Index of its role's hue, from 0 to [`HUES`] - 1. */
  readonly hue: number;
  /** A few characters that no other name has: its number among its kind, its initial, or both. */
  readonly sign: string;
}

/** Every goroutine of a run, by index. `main` has the neutral hue; other roles take theirs in order of first birth. */
export function nameAll(lanes: readonly Lane[]): readonly Named[] {
  const hues = new Map<string, number>([["main", 0]]);
  const signs = signsOf(lanes.map(({ name }) => name));
  return lanes.map(({ goroutine, name, role }) => {
    let hue = hues.get(role);
    if (hue === undefined) {
      hue = Math.min(hues.size, HUES - 1);
      hues.set(role, hue);
    }
    return { id: goroutine, name, role, hue, sign: signs.get(name) ?? "" };
  });
}

/** Characters of a sign before its number, at most. */
const LONGEST_PREFIX = 4;

/**
 * A sign for each name that no other name has: its number or letter, where only one kind has any; else as much of its beginning
 * as no other kind shares, and its number. Kinds that begin alike for too long are numbered themselves.
 */
function signsOf(names: readonly string[]): ReadonlyMap<string, string> {
  const parted = new Map(names.map((name) => [name, partsOf(name)]));
  const stems = [...new Set([...parted.values()].map(({ stem }) => stem))];
  const numbered = new Set([...parted.values()].flatMap(({ stem, number }) => (number === "" ? [] : [stem])));
  const prefixes = new Map(stems.map((stem) => [stem, prefixOf(stem, stems)]));
  const sign = ({ stem, number }: { stem: string; number: string }) =>
    numbered.size === 1 && number !== "" ? number : `${prefixes.get(stem)}${number}`;
  return new Map([...parted].map(([name, parts]) => [name, sign(parts)]));
}

function partsOf(name: string): { stem: string; number: string } {
  const number = /(\d{1,4}|\b[A-Z])(?=\D*$)/.exec(name);
  if (!number) return { stem: name, number: "" };
  const rest = name.slice(0, number.index) + name.slice(number.index + number[0].length);
  return { stem: rest.trim(), number: number[0] };
}

/** The word that tells a kind from others: its first, or its last where another kind begins with the same. */
function wordOf(stem: string, stems: readonly string[]): string {
  const words = (text: string) => text.split(/\s+/);
  const [first = ""] = words(stem);
  const shared = stems.some((other) => other !== stem && words(other)[0] === first);
  return (shared ? words(stem).at(-1) : first) ?? "";
}

function prefixOf(stem: string, stems: readonly string[]): string {
  const others = stems.map((other) => [...wordOf(other, stems)]);
  const characters = [...wordOf(stem, stems)];
  const begin = (word: readonly string[], length: number) => word.slice(0, length).join("").toLowerCase();
  const alike = (length: number) => others.filter((word) => begin(word, length) === begin(characters, length));
  const capital = (length: number) => begin(characters, 1).toUpperCase() + characters.slice(1, length).join("");
  for (let length = 1; length <= LONGEST_PREFIX; length += 1) {
    if (alike(length).length === 1) return capital(length);
  }
  return `${capital(1)}${stems.indexOf(stem) + 1}`;
}

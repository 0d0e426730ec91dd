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
  /** One to four characters: its number among its kind, or its initial. */
  readonly sign: string;
}

/** Every goroutine of a run, by index. `main` has the neutral hue; other roles take theirs in order of first birth. */
export function nameAll(lanes: readonly Lane[]): readonly Named[] {
  const hues = new Map<string, number>([["main", 0]]);
  return lanes.map(({ goroutine, name, role }) => {
    let hue = hues.get(role);
    if (hue === undefined) {
      hue = Math.min(hues.size, HUES - 1);
      hues.set(role, hue);
    }
    return { id: goroutine, name, role, hue, sign: signOf(name) };
  });
}

function signOf(name: string): string {
  const number = /(\d{1,4})$/.exec(name);
  return number?.[1] ?? name.slice(0, 1).toUpperCase();
}

/** Moves as they are offered: one by one where they are few, by role where they are many. */
import type { Move } from "../../core/wire";
import type { Named } from "../../state/roles";

/** With more moves than this, those of one role stand together. */
export const MOST_BUTTONS = 12;

export interface MoveGroup {
  readonly role: string;
  readonly hue: number;
  readonly moves: readonly Move[];
}

/** Groups in order of first appearance. Few moves make a group each. */
export function groupMoves(moves: readonly Move[], named: readonly Named[]): readonly MoveGroup[] {
  const single = moves.length <= MOST_BUTTONS;
  const groups = new Map<string, { role: string; hue: number; moves: Move[] }>();
  moves.forEach((move, index) => {
    const who = named[move.goroutine];
    const role = who?.role ?? "";
    const key = single ? String(index) : role;
    const group = groups.get(key) ?? { role, hue: who?.hue ?? 0, moves: [] };
    group.moves.push(move);
    groups.set(key, group);
  });
  return [...groups.values()];
}

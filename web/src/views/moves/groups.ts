/**
 * Moves as they are offered: one by one where they are few. Where they are many, a goroutine that could do several things
 * has a group of its own, and the others stand together by role.
 */
import type { Move } from "../../core/wire";
import type { Named } from "../../state/roles";

/** With more moves than this they are grouped. */
export const MOST_BUTTONS = 12;

export interface MoveGroup {
  /** A goroutine's name, or a role. */
  readonly name: string;
  readonly hue: number;
  readonly moves: readonly Move[];
}

/** Groups in order of first appearance. Few moves make a group each. */
export function groupMoves(moves: readonly Move[], named: readonly Named[]): readonly MoveGroup[] {
  const single = moves.length <= MOST_BUTTONS;
  const perGoroutine = new Map<number, number>();
  for (const { goroutine } of moves) perGoroutine.set(goroutine, (perGoroutine.get(goroutine) ?? 0) + 1);
  const groups = new Map<string, { name: string; hue: number; moves: Move[] }>();
  moves.forEach((move, index) => {
    const who = named[move.goroutine];
    const name = (perGoroutine.get(move.goroutine) ?? 0) > 1 ? who?.name : who?.role;
    const key = single ? String(index) : (name ?? "");
    const group = groups.get(key) ?? { name: name ?? "", hue: who?.hue ?? 0, moves: [] };
    group.moves.push(move);
    groups.set(key, group);
  });
  return [...groups.values()];
}

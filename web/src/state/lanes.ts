/**
 * Which lanes the timeline has, in which order: one for each goroutine, processor or object, those of a role folded into
 * one, and only those whose name matches. Pure functions; the core is asked about the rows in view and no others.
 */
import type { LanesBy, RunSummary, WindowQuery } from "../core/wire";
import type { Named } from "./roles";
import type { Viewport } from "./viewport";

/** How the reader wants to have them. */
export interface LaneChoice {
  readonly by: LanesBy;
  /** Part of a name; nothing for all. */
  readonly filter: string;
  /** Roles whose goroutines share a lane. */
  readonly folded: ReadonlySet<string>;
}

export const EVERY_GOROUTINE: LaneChoice = { by: "goroutine", filter: "", folded: new Set() };

/** Goroutines of one role, of which there are several. */
export interface Fold {
  readonly role: string;
  readonly members: readonly number[];
  readonly folded: boolean;
}

export interface Row {
  /** Index of the goroutine, processor or object; of the first goroutine of those that share the lane. */
  readonly key: number;
  readonly name: string;
  /** Its role's; a processor or an object has none. */
  readonly hue?: number;
  /** On the first lane of a role that can be folded, and on its only one when it is. */
  readonly fold?: Fold;
}

export interface Rows {
  readonly by: LanesBy;
  readonly rows: readonly Row[];
  /** By index of the goroutine, processor or object: which row it is on, where it is on one. */
  readonly places: ReadonlyMap<number, number>;
  /** What can be folded, whether it is or not. */
  readonly folds: readonly Fold[];
}

export function rowsOf(
  run: Pick<RunSummary, "objects" | "processors"> | undefined,
  named: readonly Named[],
  choice: LaneChoice,
): Rows {
  const wanted = choice.filter.trim().toLowerCase();
  const matches = ({ name }: { name: string }) => name.toLowerCase().includes(wanted);
  switch (choice.by) {
    case "goroutine":
      return byGoroutine(named.filter(matches), choice.folded);
    case "processor": {
      const processors = Array.from({ length: run?.processors ?? 0 }, (_, key) => ({ key, name: `P${key}` }));
      return plain("processor", processors.filter(matches));
    }
    case "object":
      return plain("object", (run?.objects ?? []).map(({ id, name }) => ({ key: id, name })).filter(matches));
  }
}

function plain(by: LanesBy, rows: readonly Row[]): Rows {
  return { by, rows, places: new Map(rows.map(({ key }, row) => [key, row])), folds: [] };
}

function byGoroutine(named: readonly Named[], folded: ReadonlySet<string>): Rows {
  const roles = new Map<string, number[]>();
  for (const { id, role } of named) {
    const members = roles.get(role);
    if (members) members.push(id);
    else roles.set(role, [id]);
  }
  const folds = new Map(
    [...roles]
      .filter(([, members]) => members.length > 1)
      .map(([role, members]): [string, Fold] => [role, { role, members, folded: folded.has(role) }]),
  );
  const rows: Row[] = [];
  const places = new Map<number, number>();
  for (const { id, name, role, hue } of named) {
    const fold = folds.get(role);
    const first = fold?.members[0] === id;
    if (fold?.folded && !first) continue;
    for (const member of fold?.folded ? fold.members : [id]) places.set(member, rows.length);
    const shown = fold?.folded ? `${role} ×${fold.members.length}` : name;
    rows.push({ key: id, name: shown, hue, ...(fold && first ? { fold } : {}) });
  }
  return { by: "goroutine", rows, places, folds: [...folds.values()] };
}

/** What to ask the core for a stretch of a run and the rows in view. */
export function windowQuery(
  { by, rows }: Rows,
  room: { readonly pixels: number; readonly firstLane: number; readonly endLane: number },
  viewport: Viewport,
  events: number,
): WindowQuery {
  const inView = rows.slice(room.firstLane, room.endLane);
  return {
    // Beside a longer run it can lie beyond the end of this one.
    from: Math.min(events, Math.max(0, Math.floor(viewport.from))),
    to: Math.min(events, Math.ceil(viewport.to)),
    pixels: Math.round(room.pixels),
    by,
    lanes: inView.filter(({ fold }) => !fold?.folded).map(({ key }) => key),
    merged: inView.flatMap(({ fold }) => (fold?.folded ? [[...fold.members]] : [])),
  };
}

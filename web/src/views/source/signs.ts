/** Which goroutines stand at which line, as the signs that a gutter has room for. */
import type { Named } from "../../state/roles";

export interface Sign {
  readonly text: string;
  readonly hue: number;
  /** It stands for several. */
  readonly many: boolean;
}

export interface LineSigns {
  readonly line: number;
  readonly signs: readonly Sign[];
  /** The names, in full. */
  readonly title: string;
}

/** With more goroutines of one role than `mostOfRole` at a line, one sign counts them. */
export function signsOf(
  standing: readonly { readonly line: number; readonly who: Named }[],
  mostOfRole: number,
  say: (names: string) => string,
): readonly LineSigns[] {
  const lines = new Map<number, Named[]>();
  for (const { line, who } of standing) {
    const here = lines.get(line);
    if (here) here.push(who);
    else lines.set(line, [who]);
  }
  return [...lines]
    .sort(([a], [b]) => a - b)
    .map(([line, here]) => ({
      line,
      signs: signsAt(here, mostOfRole),
      title: say(here.map(({ name }) => name).join(", ")),
    }));
}

function signsAt(here: readonly Named[], mostOfRole: number): readonly Sign[] {
  const roles = new Map<string, Named[]>();
  for (const who of here) roles.set(who.role, [...(roles.get(who.role) ?? []), who]);
  return [...roles.values()].flatMap((same): Sign[] => {
    const hue = same[0]?.hue ?? 0;
    if (same.length > mostOfRole) return [{ text: `×${same.length}`, hue, many: true }];
    return same.map(({ sign }) => ({ text: sign, hue, many: false }));
  });
}

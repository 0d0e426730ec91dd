/**
 * A Go program as it stands for one run: its constants have the run's settings, and what belongs to a variant that does
 * not run carries no labels, so that a step is never lit where it cannot have been.
 *
 * Constants are those of `go-constants.mjs`. A variant is a `case` of a switch over such a constant, either body of an `if`
 * that asks for constants alone, or what follows on a `return` in a body that surely runs. Anything else runs as far as
 * this knows.
 */
import type { Setting } from "../core/wire";
import { constantIn } from "./go-constants.mjs";
import type { SourceFile } from "./scenario-files";

type Config = Readonly<Record<string, Setting>>;

const SWITCH = /^switch (\w+) \{$/;
const CASE = /^case (.*):$/;
const IF = /^if (.*) \{$/;
const COMPARED = /^(\w+) (==|!=) ("[^"]*")$/;
const FLAG = /^(!?)(\w+)$/;

/** Blanks of one level, as sources are prepared. */
const INDENT = 4;

/** A stretch of lines that runs only for some values of a constant. */
interface Variant {
  /** As it is indented: what is deeper is inside. */
  readonly indent: number;
  readonly runs: boolean;
}

/** Where nothing remains of a label, because only other variants have it, it stays as it is: words point at it, and no step. */
export function programAsSet(source: SourceFile, config: Config): SourceFile {
  const constants = new Map<string, string>();
  const lines = source.lines.map((line) => {
    const constant = constantIn(line, config);
    if (!constant) return line;
    // Anything else of that form is an assignment.
    if (Object.hasOwn(config, constant.setting)) constants.set(constant.name, constant.value);
    return constant.line;
  });
  const running = linesThatRun(lines, constants);
  const labels = Object.entries(source.labels).map(([label, at]) => {
    const left = at.filter((line) => running.has(line));
    return [label, left.length > 0 ? left : at] as const;
  });
  return { lines, labels: Object.fromEntries(labels), running };
}

/** Whether a condition holds; undefined where it asks for anything but constants. */
function holds(condition: string, constants: ReadonlyMap<string, string>): boolean | undefined {
  const [any, all] = [condition.split(" || "), condition.split(" && ")];
  if (any.length > 1) {
    const parts = any.map((part) => holds(part, constants));
    return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
  }
  if (all.length > 1) {
    const parts = all.map((part) => holds(part, constants));
    return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  }
  const [, name = "", how, value] = COMPARED.exec(condition) ?? [];
  const compared = constants.get(name);
  if (compared !== undefined) return (compared === value) === (how === "==");
  const [, not, flag = ""] = FLAG.exec(condition) ?? [];
  const set = constants.get(flag);
  return set === "true" || set === "false" ? (set === "true") !== (not === "!") : undefined;
}

/** Line numbers, from 1. Go's own format is relied upon: what is inside is deeper, and a case is as deep as its switch. */
function linesThatRun(lines: readonly string[], constants: ReadonlyMap<string, string>): ReadonlySet<number> {
  const running = new Set<number>();
  /** Switches under way: whose value it is, and whether a case has had it. */
  const switches: { readonly indent: number; readonly value: string | undefined; taken: boolean }[] = [];
  let variants: Variant[] = [];
  /** A `return` that is surely met: what comes after it in its function does not run. */
  let returned = false;
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (text === "") continue;
    const indent = line.length - line.trimStart().length;
    if (indent === 0) returned = false;
    const left = variants.find((variant) => variant.indent === indent);
    variants = variants.filter((variant) => indent > variant.indent);
    if (left && text === "} else {") variants.push({ indent, runs: !left.runs });
    while (switches.length > 0 && text === "}" && (switches.at(-1)?.indent ?? 0) >= indent) switches.pop();
    const within = switches.at(-1);
    if (within?.indent === indent && within.value !== undefined) {
      const values = CASE.exec(text)?.[1]?.split(", ");
      const runs = values ? values.includes(within.value) : text === "default:" ? !within.taken : undefined;
      if (runs !== undefined) variants.push({ indent, runs });
      within.taken ||= runs === true;
    }
    const over = SWITCH.exec(text)?.[1];
    if (over !== undefined || text.startsWith("switch ") || text === "select {") {
      switches.push({ indent, value: over === undefined ? undefined : constants.get(over), taken: false });
    }
    const asked = IF.exec(text)?.[1];
    const runs = asked === undefined ? undefined : holds(asked, constants);
    if (runs !== undefined) variants.push({ indent, runs });
    const reached = !returned && variants.every(({ indent: outer, runs: inside }) => inside || outer === indent);
    if (reached) running.add(index + 1);
    // One variant for each level of blocks: nothing else decides whether it is met.
    if (reached && /^return\b/.test(text) && variants.length === indent / INDENT - 1) returned = true;
  }
  return running;
}

/**
 * The files beside a scenario's program, as the build prepares them: its words in two languages and its two sources.
 *
 * They are plain data. Words have been parsed at build time; no text of theirs ever becomes markup.
 */
import type { Language } from "../core/wire";

/** A piece of a scenario's words. */
export type Inline =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "emphasis" | "strong"; readonly children: readonly Inline[] }
  | { readonly type: "link"; readonly to: LinkTarget; readonly children: readonly Inline[] };

/** Where a link in the words leads. */
export type LinkTarget =
  /** Lights the lines of a label. */
  | { readonly type: "label"; readonly label: string }
  /** A run of the same scenario with other settings, such as `producers=3&early=no`. */
  | { readonly type: "run"; readonly query: string }
  /** The bytes that the futures of so many goroutines of a role take in this build, in the place of the text. */
  | { readonly type: "bytes"; readonly role: string; readonly count: number }
  /** Somewhere else on the web. */
  | { readonly type: "web"; readonly url: string };

/** A block of a scenario's words. */
export type Block =
  | { readonly type: "heading"; readonly depth: 1 | 2 | 3; readonly children: readonly Inline[] }
  | { readonly type: "paragraph"; readonly children: readonly Inline[] }
  | { readonly type: "list"; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly type: "code"; readonly text: string }
  /** What the reader is asked before the program is explored: which of these can happen? */
  | { readonly type: "question"; readonly options: readonly Option[] };

/** One of the things that a question asks about. */
export interface Option {
  readonly children: readonly Inline[];
  readonly expects: Expectation;
}

/** What an outcome has to be like to be what an option says. */
export type Expectation =
  /** It prints these lines and no others, in whatever order. Sorted. */
  | { readonly type: "prints"; readonly lines: readonly string[] }
  /** It ends so; `well` is to complete with nothing found. */
  | { readonly type: "ends"; readonly how: (typeof ENDS)[number] };

/** The ways to end that a question can ask about. */
export const ENDS = ["well", "completed", "panicked", "fatal", "deadlocked"] as const;

/** A source, its label comments taken off. */
export interface SourceFile {
  readonly lines: readonly string[];
  /** Numbers of the lines that carry a label, counted from 1. */
  readonly labels: Readonly<Record<string, readonly number[]>>;
  /** Numbers of the lines that can run as the program is set; all can where it does not say. */
  readonly running?: ReadonlySet<number>;
}

export interface ScenarioFiles {
  readonly folder: string;
  readonly words: Readonly<Record<Language, readonly Block[]>>;
  readonly go: SourceFile;
  readonly rust: SourceFile;
}

/** Loads the files of a scenario by its folder; undefined where the page was built without that folder. */
export type LoadFiles = (folder: string) => Promise<ScenarioFiles | undefined>;

/** The labels that a line of a source carries. */
export function labelsOfLine(source: SourceFile, line: number): readonly string[] {
  return Object.entries(source.labels)
    .filter(([, lines]) => lines.includes(line))
    .map(([label]) => label);
}

/** The lines of `to` that carry a label of `line` in `from`, and run. */
export function sameLines(from: SourceFile, line: number, to: SourceFile): readonly number[] {
  const labelled = labelsOfLine(from, line).flatMap((label) => to.labels[label] ?? []);
  const lines = labelled.filter((each) => to.running?.has(each) ?? true);
  return [...new Set(lines)].sort((a, b) => a - b);
}

import type { Setting } from "../core/wire";

export interface Constant {
  readonly name: string;
  /** The setting that it is. */
  readonly setting: string;
  /** As Go writes it. */
  readonly value: string;
  /** The whole line, with the value that is set. */
  readonly line: string;
}

export function constantIn(line: string, config: Readonly<Record<string, Setting>>): Constant | undefined;

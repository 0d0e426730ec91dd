/**
 * The run to compare with, in the address of the run at hand: `&with=`, and the other's own address without its `#/`. Older
 * links have it escaped.
 *
 * It goes on to the end: settings, seed, choices, step and digest after `with=` are those of the other run. How a run is shown
 * is no part of its address there, since both are shown alike: such words hold for both wherever they stand (`viewOf`).
 *
 * The core knows one run an address. What is added here is taken off before it reads one.
 */
import type { Store } from "./store";

const WITH = "with=";
const MARK = /[?&]with=/;

export interface Compared {
  /** The address of the run at hand. */
  readonly fragment: string;
  /** The address of the other one, where there is one. */
  readonly other: string | undefined;
}

/** An address taken apart. */
export interface Split extends Compared {
  /** What came for another run and is none: nothing, what cannot be decoded, or a third one. */
  readonly bad: string | undefined;
}

/** Takes an address apart. */
export function splitCompared(address: string): Split {
  const [fragment, came] = atMark(address);
  if (came === undefined) return { fragment, other: undefined, bad: undefined };
  try {
    const [other, third] = atMark(decodeURIComponent(came));
    return other === "" ? { fragment, other: undefined, bad: came } : { fragment, other: `#/${other}`, bad: third };
  } catch {
    return { fragment, other: undefined, bad: came };
  }
}

/** What stands before the mark of another run, and after it. */
function atMark(address: string): readonly [before: string, after: string | undefined] {
  const mark = MARK.exec(address);
  if (!mark) return [address, undefined];
  return [address.slice(0, mark.index), address.slice(mark.index + mark[0].length)];
}

/** Puts an address together. */
export function joinCompared({ fragment, other }: Compared): string {
  if (other === undefined) return fragment;
  return `${fragment}${fragment.includes("?") ? "&" : "?"}${WITH}${other.replace(/^#?\/?/, "")}`;
}

/** The address of the run at hand with the run that it is compared with. */
export function withCompared({ compared }: Pick<Store, "compared">, fragment: string): string {
  return joinCompared({ fragment, other: compared.value?.fragment });
}

/** The fragment of what somebody pasted: a whole address, or the end of one. */
export function fragmentOf(pasted: string): string {
  const text = pasted.trim();
  const at = text.indexOf("#");
  return splitCompared(at < 0 ? `#${text}` : text.slice(at)).fragment;
}

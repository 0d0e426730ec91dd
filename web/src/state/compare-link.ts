/**
 * The run to compare with, in the address of the run at hand: `&with=`, and the other's own address without its `#/`, which
 * goes on to the end. Older links have it escaped.
 *
 * The core knows one run an address. What is added here is taken off before it reads one.
 */

import type { Store } from "./store";

const WITH = "with=";

export interface Compared {
  /** The address of the run at hand. */
  readonly fragment: string;
  /** The address of the other one, where there is one. */
  readonly other: string | undefined;
}

/** Takes an address apart. What cannot be decoded stays where it is, so that the core says what is wrong with it. */
export function splitCompared(fragment: string): Compared {
  const at = [`&${WITH}`, `?${WITH}`].map((mark) => fragment.indexOf(mark)).find((index) => index >= 0);
  if (at === undefined) return { fragment, other: undefined };
  try {
    const other = decodeURIComponent(fragment.slice(at + 1 + WITH.length));
    return { fragment: fragment.slice(0, at), other: `#/${other}` };
  } catch {
    return { fragment, other: undefined };
  }
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

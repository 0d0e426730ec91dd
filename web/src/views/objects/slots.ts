/** How the inside of a channel is drawn: slot by slot where they are few, as one filling where they are many. */

/** Channels with more slots than this are drawn as a filling. */
export const MOST_SLOTS = 8;
/** Values shown at the head of a filling. */
const HEAD_VALUES = 3;

export type Inside =
  | { readonly type: "joint" }
  /** Left to right: where senders stand to where receivers stand. Undefined is an empty slot. */
  | { readonly type: "slots"; readonly slots: readonly (string | undefined)[] }
  /** `share` of it is filled, from the receivers' end; `head` are the next values to leave, the next one first. */
  | { readonly type: "filling"; readonly share: number; readonly head: readonly string[] };

/** `buffer` has the oldest item first, and need not have all. */
export function insideOf(capacity: number, length: number, buffer: readonly string[]): Inside {
  if (capacity === 0) return { type: "joint" };
  if (capacity > MOST_SLOTS) {
    return { type: "filling", share: Math.min(1, length / capacity), head: buffer.slice(0, HEAD_VALUES) };
  }
  const slots = Array.from({ length: capacity }, (_, place) => buffer[capacity - 1 - place]);
  return { type: "slots", slots };
}

/** Numbers as the page writes them: grouped in threes by a thin space that does not break. */

const GROUP_SEPARATOR = "\u202f";

/** `1284` as `1 284`. */
export function grouped(number: number): string {
  const [whole = "", fraction] = String(Math.abs(number)).split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, GROUP_SEPARATOR);
  return `${number < 0 ? "−" : ""}${groups}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** A sentence of the core with its numbers grouped: those that stand by themselves, and nothing that it quotes. */
export function groupedIn(sentence: string): string {
  return sentence.replace(/(?<=^| )\d{4,}(?=[ .,;]|$)/g, (digits) => grouped(Number(digits)));
}

/** Reads a number that the reader typed, in whatever way it was grouped. */
export function ungrouped(text: string): number | undefined {
  const digits = text.replace(/[\s,_\u202f\u00a0]/g, "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

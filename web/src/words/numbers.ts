/** Numbers as the page writes them: grouped in threes by a thin space that does not break. */

const GROUP_SEPARATOR = "\u202f";

/** `1284` as `1 284`. */
export function grouped(number: number): string {
  const [whole = "", fraction] = String(Math.abs(number)).split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, GROUP_SEPARATOR);
  return `${number < 0 ? "−" : ""}${groups}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** Reads a number that the reader typed, in whatever way it was grouped. */
export function ungrouped(text: string): number | undefined {
  const digits = text.replace(/[\s,_\u202f\u00a0]/g, "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

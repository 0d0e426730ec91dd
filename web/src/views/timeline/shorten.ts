/** A name that finds no room loses its middle: names that are much alike differ at their ends. */
export function shorten(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const characters = Array.from(text);
  for (let kept = characters.length - 1; kept > 1; kept -= 1) {
    const head = Math.floor(kept / 2);
    const shortened = `${characters.slice(0, head).join("")}…${characters.slice(head - kept).join("")}`;
    if (fits(shortened)) return shortened;
  }
  return `${characters[0] ?? ""}…`;
}

/** The address that shared links begin with: a link to a loopback address is dead on a reviewer's machine. */

/** What was typed or configured, as an address without its query and its fragment; nothing where it is none. */
export function baseOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  const { origin, pathname, username, password } = new URL(trimmed);
  return username || password ? undefined : origin + pathname;
}

/** The address that shared links begin with: a link to a loopback address is dead on a reviewer's machine. */

/** Whether an address leads to the machine on which it is followed, and so nowhere for anybody else. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** What was typed or configured, as an address without its query and its fragment; nothing where it is none. */
export function baseOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  const { origin, pathname, username, password } = new URL(trimmed);
  return username || password ? undefined : origin + pathname;
}

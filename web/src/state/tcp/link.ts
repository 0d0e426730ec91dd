/**
 * The TCP chapter's addresses: `#/tcp-clock`, with a recorded session in it where one is shared.
 *
 * `#/tcp-clock?at=12&session=…` holds the session itself, deflated and in base64url, so that it replays anywhere.
 */
import { isTcpAddress, TCP_PATH } from "./path";

/** The longest session that a link holds, in characters; a longer one is a file. */
export const LONGEST_LINK_CHARACTERS = 12_000;
/** The largest session that a link is unfolded to, in bytes. */
const MOST_BYTES = 4 * 1024 * 1024;

export interface TcpPlace {
  /** A position, or what came for one. Undefined: at the end, or live. */
  readonly at: number | string | undefined;
  readonly session: string | undefined;
  /** Names of what else came, as far as they are told again. */
  readonly unknown: readonly string[];
}

/** Characters of what came that are told again. */
export const MOST_SHOWN = 20;
/** Names that are told again. */
const MOST_NAMES = 3;

/** The place that a fragment names; undefined when it is not in this chapter. */
export function readTcpPlace(fragment: string): TcpPlace | undefined {
  if (!isTcpAddress(fragment)) return undefined;
  const query = fragment.split("?", 2)[1];
  const wishes = new URLSearchParams(query ?? "");
  const came = wishes.get("at") ?? undefined;
  const at = came !== undefined && /^\d{1,9}$/.test(came) ? Number(came) : came;
  const names = [...new Set(wishes.keys())].filter((name) => name !== "at" && name !== "session");
  const unknown = names.slice(0, MOST_NAMES).map((name) => name.slice(0, MOST_SHOWN));
  return { at, session: wishes.get("session") ?? undefined, unknown };
}

export function writeTcpPlace({ at, session }: Pick<TcpPlace, "at" | "session">): string {
  const wishes = [at === undefined ? "" : `at=${at}`, session === undefined ? "" : `session=${session}`];
  const query = wishes.filter((wish) => wish !== "").join("&");
  return query === "" ? TCP_PATH : `${TCP_PATH}?${query}`;
}

/** A session's text for a link; undefined when it is too long for one. */
export async function pack(text: string): Promise<string | undefined> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  if (bytes.length * (4 / 3) > LONGEST_LINK_CHARACTERS) return undefined;
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The text that a link holds; undefined when it is damaged, or unfolds to more than any session. */
export async function unpack(packed: string): Promise<string | undefined> {
  try {
    const binary = atob(packed.replace(/-/g, "+").replace(/_/g, "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > MOST_BYTES) {
        await reader.cancel();
        return undefined;
      }
      parts.push(value);
    }
    return await new Blob(parts as BlobPart[]).text();
  } catch {
    return undefined;
  }
}

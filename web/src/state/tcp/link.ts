/**
 * The TCP chapter's addresses: `#/tcp-clock`, with a recorded session in it where one is shared.
 *
 * `#/tcp-clock?at=12&session=…` holds the session itself, deflated and in base64url, so that it replays anywhere; `view=3-20`
 * is the stretch in view, where the reader has chosen it.
 */
import { stretchAsText, stretchOf } from "../view-link";
import type { Viewport } from "../viewport";
import { isTcpAddress, TCP_PATH } from "./path";

/** The longest session that a link holds, in characters; a longer one is a file. */
export const LONGEST_LINK_CHARACTERS = 12_000;
/** The largest session that a link is unfolded to, in bytes. */
const MOST_BYTES = 4 * 1024 * 1024;

export interface TcpPlace {
  /** A position, or what came for one. Undefined: where the stretch begins, else at the end, or live. */
  readonly at: number | string | undefined;
  readonly session: string | undefined;
  /** Undefined: as the chapter shows it by itself. */
  readonly stretch: Viewport | undefined;
  /** What else came, as far as it is told again: names, and a stretch that is none. */
  readonly unknown: readonly string[];
}

/** Characters of what came that are told again. */
export const MOST_SHOWN = 20;
const KNOWN: readonly string[] = ["at", "view", "session"];
/** Names that are told again. */
const MOST_NAMES = 3;

/** The place that a fragment names; undefined when it is not in this chapter. */
export function readTcpPlace(fragment: string): TcpPlace | undefined {
  if (!isTcpAddress(fragment)) return undefined;
  const query = fragment.split("?", 2)[1];
  const wishes = new URLSearchParams(query ?? "");
  const came = wishes.get("at") ?? undefined;
  const at = came !== undefined && /^\d{1,9}$/.test(came) ? Number(came) : came;
  const view = wishes.get("view");
  const stretch = view === null ? undefined : stretchOf(view);
  const names = [...new Set(wishes.keys())].filter((name) => !KNOWN.includes(name));
  const bad = view !== null && !stretch ? [`view=${view}`, ...names] : names;
  const unknown = bad.slice(0, MOST_NAMES).map((name) => name.slice(0, MOST_SHOWN));
  return { at, session: wishes.get("session") ?? undefined, stretch, unknown };
}

export function writeTcpPlace({ at, session, stretch }: Partial<TcpPlace>): string {
  const query = [
    ...(at === undefined ? [] : [`at=${at}`]),
    ...(stretch === undefined ? [] : [`view=${stretchAsText(stretch)}`]),
    ...(session === undefined ? [] : [`session=${session}`]),
  ].join("&");
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

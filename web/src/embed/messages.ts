/**
 * What the page and the page that embeds it say to each other. Described for authors in docs/embedding.md.
 *
 * Whatever arrives is checked: anything that is no message of ours is left alone, since a page's other scripts also post.
 */

/** The version of the protocol, in every message. */
export const PROTOCOL = 1;

/** What the host page can ask for. */
export type Wish =
  | { readonly type: "seek"; readonly at: number }
  | { readonly type: "step"; readonly by: number }
  | { readonly type: "play"; readonly stepsPerSecond: number | undefined }
  | { readonly type: "pause" }
  | { readonly type: "open"; readonly fragment: string };

/** What the host page hears after every step. */
export interface MomentMessage {
  readonly chanscope: typeof PROTOCOL;
  readonly type: "moment";
  readonly at: number;
  readonly events: number;
  readonly sentence: string;
  readonly digest: string;
  readonly playing: boolean;
}

/** What the host page hears when something went wrong: a wish that cannot be followed, or the link that it began with. */
export interface ErrorMessage {
  readonly chanscope: typeof PROTOCOL;
  readonly type: "error";
  /** As the embedded page shows it, in its language. */
  readonly sentence: string;
}

const FASTEST_STEPS_PER_SECOND = 10_000;
const LONGEST_FRAGMENT_CHARACTERS = 20_000;

export function readWish(data: unknown): Wish | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { chanscope, type, at, by, stepsPerSecond, fragment } = data as Record<string, unknown>;
  if (chanscope !== PROTOCOL) return undefined;
  switch (type) {
    case "seek":
      return isWhole(at) && at >= 0 ? { type, at } : undefined;
    case "step":
      return isWhole(by) ? { type, by } : undefined;
    case "play": {
      if (stepsPerSecond === undefined) return { type, stepsPerSecond };
      const fits =
        typeof stepsPerSecond === "number" && stepsPerSecond > 0 && stepsPerSecond <= FASTEST_STEPS_PER_SECOND;
      return fits ? { type, stepsPerSecond } : undefined;
    }
    case "pause":
      return { type };
    case "open": {
      const fits =
        typeof fragment === "string" && fragment.startsWith("#") && fragment.length <= LONGEST_FRAGMENT_CHARACTERS;
      return fits ? { type, fragment } : undefined;
    }
    default:
      return undefined;
  }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

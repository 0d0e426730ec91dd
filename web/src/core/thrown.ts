/** What the core throws: a refusal, which is an answer, or anything else, after which its instance is dead. */
import type { Broken } from "./one-worker";
import type { Refusal } from "./wire";

export interface Refused {
  readonly type: "refused";
  readonly refusal: Refusal;
}

/** A worker's last answer when the core has thrown. */
export function answerTo(thrown: unknown): Refused | Broken {
  return isRefusal(thrown) ? { type: "refused", refusal: thrown } : { type: "broken", reason: told(thrown) };
}

export function isRefusal(thrown: unknown): thrown is Refusal {
  return typeof thrown === "object" && thrown !== null && !(thrown instanceof Error) && "message" in thrown;
}

export function told(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}

/** Tells the reader what went wrong with something that was asked of the core. */
import { CoreRefused, CoreRestarted, RunCancelled } from "../../core/client";
import type { Store } from "../store";

/**
 * Puts an error into a notice. A restart and a cancelled run are no errors: they are told where they happen.
 *
 * `refused`: what could not be done, where the core refused.
 */
export function report(store: Store, error: unknown, refused: "refused" | "badOther" = "refused"): void {
  if (error instanceof CoreRestarted || error instanceof RunCancelled) return;
  store.notice.value =
    error instanceof CoreRefused
      ? { kind: refused, refusal: error.refusal }
      : { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
}

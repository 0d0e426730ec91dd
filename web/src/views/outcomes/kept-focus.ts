/** Keeps the keyboard where it was, where what it was at gives way to something else. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { LimitErrors } from "../../state/exploration";

/**
 * For the panel: from what starts a search to what ends it, and back; to the limit that does not go, where one does not.
 * Whoever is elsewhere stays there.
 */
export function useKeptFocus(searching: boolean, errors: LimitErrors) {
  const panel = useRef<HTMLElement>(null);
  // Asked before what has the focus is taken away.
  const isInside = panel.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (!isInside || panel.current?.contains(document.activeElement)) return;
    panel.current?.querySelector<HTMLElement>("[data-testid=explore], [data-testid=explore-cancel]")?.focus();
  }, [searching]);
  useLayoutEffect(() => {
    if (panel.current?.contains(document.activeElement)) {
      panel.current.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [errors]);
  return panel;
}

/** Keeps the keyboard where it was, where what it was at gives way to something else. */
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * For the panel: from what starts a search to what ends it, and back; to the limit that does not go, where one does not.
 * Whoever is elsewhere stays there.
 */
export function useKeptFocus(searching: boolean, isWrong: boolean) {
  const panel = useRef<HTMLElement>(null);
  // Asked before what has the focus is taken away.
  const isInside = panel.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (!isInside || panel.current?.contains(document.activeElement)) return;
    panel.current?.querySelector<HTMLElement>("[data-testid=explore], [data-testid=explore-cancel]")?.focus();
  }, [searching]);
  // Once: whoever goes on to another limit first is left there.
  useLayoutEffect(() => {
    if (isWrong && panel.current?.contains(document.activeElement)) {
      panel.current.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [isWrong]);
  return panel;
}

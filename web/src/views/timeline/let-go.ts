/** How what stays marked on the lanes is let go from anywhere on the page. */
import { useEffect } from "preact/hooks";

/** Escape wherever it is pressed, and a press anywhere but on the lanes. */
export function useLetGo(marked: boolean, lanes: { readonly current: HTMLElement | null }, letGo: () => void): void {
  useEffect(() => {
    if (!marked) return;
    const press = ({ target }: PointerEvent) => {
      if (target instanceof Node && !lanes.current?.contains(target)) letGo();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") letGo();
    };
    document.addEventListener("pointerdown", press);
    document.addEventListener("keydown", key);
    return () => {
      document.removeEventListener("pointerdown", press);
      document.removeEventListener("keydown", key);
    };
  }, [marked]);
}

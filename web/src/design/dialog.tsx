/** A dialog of the browser's own: it keeps the focus, Escape closes it, and so does a press beside it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icons";
import "./dialog.css";

export interface DialogProps {
  readonly title: string;
  readonly closeName: string;
  /** Where it stands: below the header's right corner, its left one, or in the middle. */
  readonly kind: "corner" | "start" | "middle";
  readonly children: ComponentChildren;
  onClose(): void;
}

export function Dialog({ title, closeName, kind, children, onClose }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const pressed = (event: MouseEvent) => {
      if (event.target === dialog) latest.current();
    };
    dialog.showModal();
    dialog.addEventListener("click", pressed);
    return () => {
      dialog.removeEventListener("click", pressed);
      dialog.close();
    };
  }, []);
  return (
    <dialog
      class={`dialog dialog-${kind}`}
      aria-label={title}
      ref={ref}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2>{title}</h2>
          <button type="button" class="button button-quiet" title={closeName} aria-label={closeName} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

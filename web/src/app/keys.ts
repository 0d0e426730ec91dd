/** What keys do. Pure: a key and where it was pressed, to what is wanted. */

export type Wish =
  | { readonly type: "step"; readonly by: number }
  | { readonly type: "first" | "last" | "play" | "byHand" | "outcomes" | "share" | "help" | "whole" }
  | { readonly type: "find"; readonly backward: boolean }
  | { readonly type: "zoom"; readonly closer: boolean };

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** What has the focus. */
  readonly on: "text" | "control" | "page";
  /** Keys of one letter or sign do something (WCAG 2.1.4: readers who dictate can switch them off). */
  readonly letters: boolean;
}

const LEAP = 10;

/** How much closer a press of *zoom* comes. */
export const ZOOM_STEP = 1.6;

const WISHES: Readonly<Record<string, Wish>> = {
  ArrowLeft: { type: "step", by: -1 },
  ArrowRight: { type: "step", by: 1 },
  PageUp: { type: "step", by: -LEAP },
  PageDown: { type: "step", by: LEAP },
  Home: { type: "first" },
  End: { type: "last" },
  " ": { type: "play" },
  h: { type: "byHand" },
  e: { type: "outcomes" },
  s: { type: "share" },
  "?": { type: "help" },
  n: { type: "find", backward: false },
  p: { type: "find", backward: true },
  "+": { type: "zoom", closer: true },
  "=": { type: "zoom", closer: true },
  "-": { type: "zoom", closer: false },
  "0": { type: "whole" },
};

/** Nothing where text is typed; on a control, nothing that the control itself understands. */
export function wishOf({ key, ctrlKey, metaKey, altKey, on, letters }: Pressed): Wish | undefined {
  if (ctrlKey || metaKey || altKey || on === "text") return undefined;
  if (on === "control" && key === " ") return undefined;
  if (!letters && key.length === 1 && key !== " ") return undefined;
  return WISHES[key];
}

/** What an element with the focus is to the keys. */
export function focusOn(element: Element | null): Pressed["on"] {
  if (!element) return "page";
  if (element.matches("input:not([type=range],[type=checkbox],[readonly]), textarea, select, [contenteditable=true]")) {
    return "text";
  }
  // A slider moves by itself.
  if (element.matches("input[type=range]")) return "text";
  return element.matches("button, a, summary, input, [role=button]") ? "control" : "page";
}

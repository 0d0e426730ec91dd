/**
 * The rows of a long list, made anew only when they say something else. Of hundreds a dozen are in view. The others, which
 * the browser does not draw (`content-visibility: auto`), keep what they say while the reader steps, seeks or plays: they
 * are brought up to date once the list has come to rest, or when they come into view.
 */
import type { RefObject, VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** A list that has not changed for so long has come to rest: longer than the frames of whoever plays or holds a key. */
const REST_MS = 150;

interface Row {
  readonly said: string;
  readonly urgent: boolean;
  readonly view: VNode;
}

export class LateRows {
  #before = new Map<number, Row>();
  #now = new Map<number, Row>();
  readonly #undrawn = new Set<number>();
  #rested = true;
  #late = false;

  /** Begins a new drawing of the list. */
  begin(rested: boolean): void {
    this.#rested = rested;
    this.#late = false;
    [this.#before, this.#now] = [this.#now, new Map()];
    for (const key of this.#undrawn) if (!this.#before.has(key)) this.#undrawn.delete(key);
  }

  /** A row by its key: what it has to tell, whether that has to be seen at once, and how it is made. */
  row(key: number, told: unknown, urgent: boolean, make: () => VNode): VNode {
    const before = this.#before.get(key);
    const row = before && this.#stays(key, before, told, urgent) ? before : rowOf(key, told, urgent, make);
    this.#now.set(key, row);
    return row.view;
  }

  #stays(key: number, before: Row, told: unknown, urgent: boolean): boolean {
    if (urgent !== before.urgent) return false;
    if (urgent || this.#rested || !this.#undrawn.has(key)) return before.said === JSON.stringify(told);
    this.#late = true;
    return true;
  }

  /** Whether a row may be out of date. */
  get isLate(): boolean {
    return this.#late;
  }

  /** The browser says that it draws a row, or no longer does. Whether the row may be out of date now and be seen. */
  draws(key: number, drawn: boolean): boolean {
    if (drawn) return this.#undrawn.delete(key);
    this.#undrawn.add(key);
    return false;
  }
}

function rowOf(key: number, told: unknown, urgent: boolean, make: () => VNode): Row {
  return { said: JSON.stringify(told), urgent, view: <Made key={key} make={make} /> };
}

/** Preact passes over a component that is the very one that it has drawn before, and over nothing else. */
function Made({ make }: { make(): VNode }) {
  return make();
}

/**
 * The rows of a list that shows `content`, each an element with its key as `data-row` somewhere below `box`. A browser that
 * does not say which rows it draws is taken to draw them all.
 */
export function useLateRows(box: RefObject<HTMLElement | null>, content: unknown, language: unknown): LateRows {
  const rows = useRef({ language, list: new LateRows() });
  if (rows.current.language !== language) rows.current = { language, list: new LateRows() };
  const { list } = rows.current;
  const [rested, setRested] = useState(content);
  const [, drawAgain] = useState({});
  useLayoutEffect(() => {
    let frame: number | undefined;
    const note = (event: Event) => {
      const { target, skipped } = event as ContentVisibilityAutoStateChangeEvent;
      if (!(target instanceof HTMLElement) || !target.isConnected || target.dataset.row === undefined) return;
      if (!rows.current.list.draws(Number(target.dataset.row), !skipped)) return;
      // Rows come into view by the dozen.
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        drawAgain({});
      });
    };
    const element = box.current;
    element?.addEventListener("contentvisibilityautostatechange", note);
    return () => {
      element?.removeEventListener("contentvisibilityautostatechange", note);
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, []);
  list.begin(rested === content);
  useLayoutEffect(() => {
    if (!list.isLate) return;
    const timer = setTimeout(() => setRested(content), REST_MS);
    return () => clearTimeout(timer);
  });
  return list;
}

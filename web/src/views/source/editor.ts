/**
 * The source as CodeMirror shows it: read-only, with lit lines and goroutine signs in the gutter. A press names a line, and
 * so do the arrow keys and Enter.
 *
 * This module is loaded when a source is first shown. The editor lives in a shadow root: there CodeMirror adopts its
 * style sheet, which the content security policy allows, instead of writing a style element, which it does not.
 */
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { go } from "@codemirror/legacy-modes/mode/go";
import { rust } from "@codemirror/legacy-modes/mode/rust";
import { EditorState, type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { LineSigns } from "./signs";

export type Syntax = "go" | "rust";

/** What is marked in the source. Lines count from 1. */
export interface Marks {
  /** Lines of the step at the cursor. */
  readonly now: readonly number[];
  /** Lines that a goroutine was last seen at which ends at the cursor. */
  readonly last: readonly number[];
  /** Lines that the words point at. */
  readonly pointed: readonly number[];
  /** Goroutines that stand at a line. */
  readonly signs: readonly LineSigns[];
  /** Where to look while no line is lit. */
  readonly from: number | undefined;
}

export interface SourceEditor {
  /** Shows a source; `wraps`: so that long lines go on below, where there is no room for their whole length. */
  show(lines: readonly string[], syntax: Syntax, wraps: boolean): void;
  /** Marks lines in the next frame, together with whatever else is drawn then, and scrolls there only where it must. */
  mark(marks: Marks): void;
  destroy(): void;
}

/** A lit line keeps away from the edge by so much. */
const MARGIN_PX = 60;

/** A pointer that goes further between down and up drags. */
const STILL_PX = 4;

const setMarks = StateEffect.define<Marks>();

const nowLine = Decoration.line({ class: "line-now" });
const lastLine = Decoration.line({ class: "line-last" });
/** The line that the arrow keys have chosen. */
const chosenLine = Decoration.line({ class: "line-chosen" });
const pointedLine = Decoration.line({ class: "line-pointed" });

const lineField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return decorate(transaction.state, effect.value);
    }
    return decorations;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorate(state: EditorState, { now, last, pointed }: Marks): DecorationSet {
  const ranges = [
    ...pointed.map((line) => ({ line, decoration: pointedLine })),
    ...now.map((line) => ({ line, decoration: nowLine })),
    ...last.map((line) => ({ line, decoration: lastLine })),
  ]
    .filter(({ line }) => line >= 1 && line <= state.doc.lines)
    .map(({ line, decoration }) => decoration.range(state.doc.line(line).from));
  return Decoration.set(ranges, true);
}

const setChosen = StateEffect.define<number | undefined>();

const chosenField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setChosen)) continue;
      if (effect.value === undefined) return Decoration.none;
      return Decoration.set([chosenLine.range(transaction.state.doc.line(effect.value).from)]);
    }
    return decorations;
  },
  provide: (field) => EditorView.decorations.from(field),
});

class SignMarker extends GutterMarker {
  constructor(readonly signs: LineSigns) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof SignMarker && JSON.stringify(other.signs) === JSON.stringify(this.signs);
  }

  override toDOM(): Node {
    const row = document.createElement("span");
    row.className = "signs";
    row.title = this.signs.title;
    row.setAttribute("role", "img");
    row.setAttribute("aria-label", this.signs.title);
    for (const { text, hue, many } of this.signs.signs) {
      const sign = document.createElement("span");
      sign.className = many ? `sign sign-many hue-${hue}` : `sign hue-${hue}`;
      sign.textContent = text;
      row.append(sign);
    }
    return row;
  }
}

const signField = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(markers, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const ranges = effect.value.signs
        .filter(({ line }) => line >= 1 && line <= doc.lines)
        .map((signs) => new SignMarker(signs).range(doc.line(signs.line).from));
      return RangeSet.of(ranges, true);
    }
    return markers;
  },
});

/** Made once: a language stays in the library's tables for ever. */
const languages: Readonly<Record<Syntax, StreamLanguage<unknown>>> = {
  go: StreamLanguage.define(go),
  rust: StreamLanguage.define(rust),
};

const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], class: "tok-keyword" },
  { tag: [tags.string, tags.character, tags.special(tags.string)], class: "tok-string" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: "tok-number" },
  { tag: tags.comment, class: "tok-comment" },
]);

const hues = Object.fromEntries(
  Array.from({ length: 6 }, (_, hue) => [`.hue-${hue}`, { backgroundColor: `var(--role-${hue})` }]),
);

/** Blanks of one level, as sources are prepared; levels that a line which goes on below is indented by, at most. */
const INDENT = 4;
const MOST_LEVELS = 8;

/** What of a line goes on below is indented by a level more than its beginning. */
const hanging = Array.from({ length: MOST_LEVELS + 1 }, (_, level) =>
  Decoration.line({ class: `line-level-${level}` }),
);

const levels = Object.fromEntries(
  hanging.map((_, level) => [
    `.line-level-${level}`,
    { paddingLeft: `calc(8px + ${(level + 1) * INDENT}ch)`, textIndent: `${-(level + 1) * INDENT}ch` },
  ]),
);

const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "transparent", color: "var(--code-name)", fontSize: "var(--source-size)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--face-code)", lineHeight: "20px", overscrollBehavior: "contain" },
  ".cm-content": { padding: "4px 0 40px", caretColor: "transparent" },
  ".cm-line": { padding: "0 16px 0 8px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": {
    minWidth: "var(--source-gutter)",
    padding: "0 8px 0 0",
    fontVariantNumeric: "tabular-nums",
  },
  ".cm-signs": { minWidth: "var(--source-signs)" },
  ".signs": { display: "flex", gap: "2px", alignItems: "center", justifyContent: "flex-end", height: "20px" },
  ".sign": {
    display: "inline-block",
    boxSizing: "border-box",
    minWidth: "16px",
    height: "16px",
    padding: "0 4px",
    borderRadius: "8px",
    color: "var(--paper)",
    font: "700 10px/16px var(--face)",
    textAlign: "center",
  },
  ".sign-many": { borderRadius: "3px" },
  ".line-now": { backgroundColor: "var(--now-wash)", boxShadow: "inset 2px 0 var(--now)" },
  ".line-last": {
    background: "repeating-linear-gradient(var(--now) 0 4px, transparent 4px 7px) 0 0 / 2px 100% no-repeat",
  },
  ".line-pointed": { backgroundColor: "var(--sunken)", boxShadow: "inset 2px 0 var(--ink)" },
  ".line-chosen": { outline: "2px solid var(--now)", outlineOffset: "-2px" },
  ".tok-keyword": { color: "var(--code-keyword)", fontWeight: "650" },
  ".tok-string": { color: "var(--code-string)" },
  ".tok-number": { color: "var(--code-number)" },
  ".tok-comment": { color: "var(--code-comment)", fontStyle: "italic" },
  ...hues,
  ...levels,
});

/** What is heard of an editor. */
export interface EditorHears {
  /** A line was pressed, or Enter on it. */
  line(line: number): void;
  /** The arrow keys have come to a line. */
  chosen(line: number, text: string): void;
}

/** Puts an editor into a shadow root. */
export function createEditor(root: ShadowRoot, label: string, hears: EditorHears): SourceEditor {
  const view = new EditorView({ parent: root, root, state: stateOf([], "go", label, false) });
  // A press names the line that the button went down on: until it comes up the next step may have scrolled another one
  // below the pointer. The window hears it, since what was pressed may be gone by then.
  view.dom.addEventListener("mousedown", (down) => {
    if (!isOnLine(down)) return;
    const line = view.state.doc.lineAt(view.lineBlockAtHeight(down.clientY - view.documentTop).from).number;
    const up = (event: MouseEvent) => {
      if (!isStill(down, event)) return;
      chosen = line;
      hears.line(line);
    };
    window.addEventListener("mouseup", up, { once: true });
  });
  /** Where the arrow keys go on from: the line that was pressed, or that of the step. */
  let chosen: number | undefined;
  let lit: number | undefined;
  const choose = (line: number) => {
    chosen = Math.max(1, Math.min(line, view.state.doc.lines));
    const { from, text } = view.state.doc.line(chosen);
    view.dispatch({ effects: [setChosen.of(chosen), EditorView.scrollIntoView(from, { y: "nearest", yMargin: 20 })] });
    hears.chosen(chosen, text.trim());
  };
  view.contentDOM.addEventListener("focus", () => {
    // Come by keyboard.
    if (view.contentDOM.matches(":focus-visible")) choose(chosen ?? lit ?? 1);
  });
  view.contentDOM.addEventListener("blur", () => view.dispatch({ effects: setChosen.of(undefined) }));
  view.contentDOM.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      choose((chosen ?? lit ?? 1) + (event.key === "ArrowUp" ? -1 : 1));
    } else if (event.key === "Enter") {
      if (chosen !== undefined) hears.line(chosen);
    } else return;
    event.preventDefault();
  });
  const seen = new Seen(view.scrollDOM);
  /** Nothing is known yet of what is in view, nor how high its lines are. */
  let fresh = true;
  let frame: number | undefined;
  const mark = (marks: Marks) => {
    const line = marks.pointed[0] ?? marks.now[0] ?? marks.from;
    lit = marks.now[0] ?? marks.last[0];
    const effects: StateEffect<unknown>[] = [setMarks.of(marks)];
    if (line !== undefined && line >= 1 && line <= view.state.doc.lines) {
      const { from } = view.state.doc.line(line);
      const y = fresh ? "center" : seen.scrollFor(view.lineBlockAt(from));
      if (y) effects.push(EditorView.scrollIntoView(from, { y, yMargin: MARGIN_PX }));
    } else if (fresh) {
      // The source before may have been scrolled.
      effects.push(EditorView.scrollIntoView(0, { y: "start" }));
    }
    fresh = false;
    view.dispatch({ effects });
  };
  return {
    show(lines, syntax, wraps) {
      chosen = undefined;
      fresh = true;
      view.setState(stateOf(lines, syntax, label, wraps));
    },
    mark(marks) {
      if (frame !== undefined) cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => mark(marks));
    },
    destroy() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      seen.forget();
      view.destroy();
    },
  };
}

/** What is in view of a source. It is remembered, since to ask at a step would lay out the whole page once more. */
class Seen {
  #top = 0;
  #height = 0;
  readonly #observer: ResizeObserver;

  constructor(scroller: HTMLElement) {
    scroller.addEventListener("scroll", () => {
      this.#top = scroller.scrollTop;
    });
    this.#observer = new ResizeObserver(([entry]) => {
      this.#height = entry?.contentRect.height ?? 0;
    });
    this.#observer.observe(scroller);
  }

  /** How to scroll to a line: not at all, no further than needed at the edge, else with it in the middle. */
  scrollFor({ top, bottom }: { readonly top: number; readonly bottom: number }): "nearest" | "center" | undefined {
    const [first, last] = [this.#top, this.#top + this.#height];
    if (top < first || bottom > last) return "center";
    return (top < first + MARGIN_PX && first > 0) || bottom > last - MARGIN_PX ? "nearest" : undefined;
  }

  forget(): void {
    this.#observer.disconnect();
  }
}

/** Whether a button that goes down here presses a line, unless it drags; in the text it may select a word, or as far as here. */
function isOnLine(down: MouseEvent): boolean {
  if (down.button !== 0) return false;
  return isIn(".cm-gutters", down) || (isIn(".cm-content", down) && down.detail === 1 && !down.shiftKey);
}

/** Whether the button came up where it went down. */
function isStill(down: MouseEvent, up: MouseEvent): boolean {
  return Math.max(Math.abs(up.clientX - down.clientX), Math.abs(up.clientY - down.clientY)) <= STILL_PX;
}

function isIn(part: string, { target }: MouseEvent): boolean {
  return target instanceof Element && target.closest(part) !== null;
}

function wrapping(lines: readonly string[]): Extension {
  let from = 0;
  const ranges = lines.flatMap((line) => {
    const level = Math.min(MOST_LEVELS, Math.floor(line.search(/\S|$/) / INDENT));
    const range = hanging[level]?.range(from);
    from += line.length + 1;
    return range ? [range] : [];
  });
  return [EditorView.lineWrapping, EditorView.decorations.of(Decoration.set(ranges))];
}

function stateOf(lines: readonly string[], syntax: Syntax, label: string, wraps: boolean): EditorState {
  return EditorState.create({
    doc: lines.join("\n"),
    extensions: [
      wraps ? wrapping(lines) : [],
      lineNumbers(),
      gutter({ class: "cm-signs", markers: (view) => view.state.field(signField) }),
      lineField,
      chosenField,
      signField,
      languages[syntax],
      syntaxHighlighting(highlighting),
      theme,
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    ],
  });
}

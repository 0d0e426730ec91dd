/** A sentence of the core, its names marked: goroutines in the hue of their role, objects and values set apart. */
import type { VNode } from "preact";
import type { Part } from "../core/wire";
import type { Named } from "../state/roles";

export interface SentenceProps {
  readonly parts: readonly Part[];
  /** Goroutines by index; without them names have no hue. */
  readonly named: readonly Named[];
}

export function Sentence({ parts, named }: SentenceProps) {
  return <>{piecesOf(parts, named)}</>;
}

/** Plain words that follow each other are one text, and no piece is a component: hundreds of sentences change at a step. */
export function piecesOf(parts: readonly Part[], named: readonly Named[]): (string | VNode)[] {
  const pieces: (string | VNode)[] = [];
  for (const [nth, part] of parts.entries()) {
    const before = pieces.at(-1);
    if (part.type !== "text") pieces.push(markOf(part, nth, named));
    else if (typeof before === "string") pieces[pieces.length - 1] = before + part.text;
    else pieces.push(part.text);
  }
  return pieces;
}

function markOf(part: Exclude<Part, { type: "text" }>, nth: number, named: readonly Named[]): VNode {
  const hue = part.type === "goroutine" ? named[part.id]?.hue : undefined;
  const kind = part.type === "goroutine" ? "name" : part.type;
  return (
    <b key={nth} class={hue === undefined ? kind : `${kind} role-${hue}`}>
      {part.text}
    </b>
  );
}

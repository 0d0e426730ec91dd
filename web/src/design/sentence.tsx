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

/** No piece is a component: hundreds of sentences change at a step. */
export function piecesOf(parts: readonly Part[], named: readonly Named[]): (string | VNode)[] {
  return parts.map((part, nth) => (part.type === "text" ? part.text : markOf(part, nth, named)));
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

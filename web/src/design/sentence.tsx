/** A sentence of the core, its names marked: goroutines in the hue of their role, objects and values set apart. */
import type { Part } from "../core/wire";
import type { Named } from "../state/roles";

export interface SentenceProps {
  readonly parts: readonly Part[];
  /** Goroutines by index; without them names have no hue. */
  readonly named: readonly Named[];
}

export function Sentence({ parts, named }: SentenceProps) {
  return (
    <>
      {parts.map((part, index) => (
        <PartView key={index} part={part} named={named} />
      ))}
    </>
  );
}

function PartView({ part, named }: { part: Part; named: readonly Named[] }) {
  switch (part.type) {
    case "text":
      return <>{part.text}</>;
    case "goroutine": {
      const hue = named[part.id]?.hue;
      return <b class={hue === undefined ? "name" : `name role-${hue}`}>{part.text}</b>;
    }
    case "object":
      return <b class="object">{part.text}</b>;
    case "value":
      return <b class="value">{part.text}</b>;
  }
}

/** What is said of the place on the timeline that the reader points at. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { GoroutineInfo } from "../../core/wire";
import { Sentence } from "../../design/sentence";
import type { Named } from "../../state/roles";
import { grouped, type Interface } from "../../words";

export interface PointerProps {
  readonly words: Interface;
  /** The lane. */
  readonly named: Pick<Named, "name" | "hue"> | undefined;
  readonly goroutine: GoroutineInfo | undefined;
  readonly position: number;
  readonly x: number;
  readonly y: number;
  /** Width of the timeline, within which it has to stay. */
  readonly width: number;
}

const MARGIN_PX = 12;

export function Pointer({ words, named, goroutine, position, x, y, width }: PointerProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const left = Math.max(MARGIN_PX, Math.min(x + MARGIN_PX, width - element.offsetWidth - MARGIN_PX));
    element.style.setProperty("transform", `translate(${left}px, ${y + MARGIN_PX}px)`);
  });
  if (!named) return null;
  return (
    <div class={`timeline-pointer role-${named.hue}`} ref={ref} role="status">
      <strong class="timeline-pointer-name">{named.name}</strong>
      <span class="faint">
        {words.step} {grouped(position)}
      </span>
      {goroutine ? (
        <p>
          {words.statuses[goroutine.status]} · <Sentence parts={goroutine.doing} named={[]} />
        </p>
      ) : null}
    </div>
  );
}

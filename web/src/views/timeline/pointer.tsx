/** What is said of the place on the timeline that the reader points at, or of the span that was clicked. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { GoroutineInfo } from "../../core/wire";
import { Icon } from "../../design/icons";
import { Sentence } from "../../design/sentence";
import { grouped, type Interface } from "../../words";
import type { Span } from "./marked-span";

export interface PointerProps {
  readonly words: Interface;
  /** The lane. */
  readonly named: { readonly name: string; readonly hue?: number } | undefined;
  readonly goroutine: GoroutineInfo | undefined;
  readonly position: number;
  /** The span that stays marked, and has to be let go. */
  readonly span?: Span | undefined;
  readonly x: number;
  readonly y: number;
  /** Width of the timeline, within which it has to stay. */
  readonly width: number;
  /** How far down there is room; where that is too little, it stands above. */
  readonly bottom: number;
  /** The pointer comes upon what is said of a marked span. */
  onEnter?(): void;
  onDismiss?(): void;
}

const MARGIN_PX = 12;

export function Pointer({
  words,
  named,
  goroutine,
  position,
  span,
  x,
  y,
  width,
  bottom,
  onEnter,
  onDismiss,
}: PointerProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const left = Math.max(MARGIN_PX, Math.min(x + MARGIN_PX, width - element.offsetWidth - MARGIN_PX));
    const fits = y + MARGIN_PX + element.offsetHeight <= bottom;
    const top = fits ? y + MARGIN_PX : Math.max(0, y - MARGIN_PX - element.offsetHeight);
    element.style.setProperty("transform", `translate(${left}px, ${top}px)`);
  });
  if (!named) return null;
  const role = named.hue === undefined ? "" : `role-${named.hue}`;
  const status = goroutine?.status ?? span?.status;
  return (
    <div
      class={`timeline-pointer ${role} ${span ? "timeline-caption" : ""}`}
      ref={ref}
      role="status"
      // What is done on it is not done on the timeline below.
      onPointerDown={(event) => event.stopPropagation()}
      onPointerMove={(event) => event.stopPropagation()}
      onPointerEnter={onEnter}
    >
      <strong class="timeline-pointer-name">{named.name}</strong>
      <span class="faint">
        {span ? words.span.steps(span.from, span.to, span.cut) : `${words.step} ${grouped(position)}`}
      </span>
      {status ? (
        <p>
          {words.statuses[status]}
          {goroutine ? (
            <>
              {" · "}
              <Sentence parts={goroutine.doing} named={[]} />
            </>
          ) : null}
        </p>
      ) : null}
      {span ? (
        <>
          <p class="faint">{words.span.letGo}</p>
          <button
            type="button"
            class="timeline-tool timeline-dismiss"
            title={words.dismiss}
            aria-label={words.dismiss}
            onClick={onDismiss}
          >
            <Icon name="close" />
          </button>
        </>
      ) : null}
    </div>
  );
}

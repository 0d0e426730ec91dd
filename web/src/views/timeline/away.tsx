/** Where the cursor is while it is out of view: at the end of the ruler on its side, and the way back to it. */
import type { Viewport } from "../../state/viewport";
import { grouped, type Interface } from "../../words";
import type { Geometry } from "./geometry";

export interface AwayProps {
  readonly words: Interface;
  readonly geometry: Geometry;
  readonly viewport: Viewport;
  readonly at: number;
  onPan(events: number): void;
}

/** From the edge of the picture. */
const MARGIN_PX = 4;
const HEIGHT_PX = 24;

export function Away({ words, geometry: g, viewport: { from, to }, at, onPan }: AwayProps) {
  const before = at < from;
  if (g.width === 0 || (!before && at <= to)) return null;
  const place = g.turned
    ? { left: `${MARGIN_PX}px`, top: `${before ? g.names : g.height - HEIGHT_PX - MARGIN_PX}px` }
    : { top: `${MARGIN_PX}px`, ...(before ? { left: `${g.names}px` } : { right: `${MARGIN_PX}px` }) };
  const [back, forth] = g.turned ? ["↑", "↓"] : ["←", "→"];
  return (
    <button
      type="button"
      class="timeline-away"
      style={place}
      title={words.backToCursor(at)}
      aria-label={words.backToCursor(at)}
      data-testid="away"
      onClick={() => onPan(at - (from + to) / 2)}
    >
      {before ? `${back} ${grouped(at)}` : `${grouped(at)} ${forth}`}
    </button>
  );
}

/** Keeps the lane of whoever took the step at the cursor in view. */
import { useEffect } from "preact/hooks";
import type { Geometry } from "./geometry";

/** How far to scroll, across, for a lane that is out of view; nothing for one that is in it. */
export function scrollFor({ width, height, turned, ruler, pitch, scroll }: Geometry, lane: number): number | undefined {
  const start = lane * pitch;
  const room = (turned ? width : height) - ruler - pitch;
  if (start < scroll) return start - pitch;
  return start > scroll + room ? start - room + pitch : undefined;
}

/** Whenever the cursor moves or the lanes get another room: a panel that opens below them would cover the lane that it is about. */
export function useRevealedLane(
  scroller: { readonly current: HTMLDivElement | null },
  geometry: Geometry,
  lane: number | undefined,
  at: number,
): void {
  const { width, height, turned, lanes } = geometry;
  // Before it is measured, there is nothing in view and nothing out of it.
  const known = width > 0 && lanes > 0;
  useEffect(() => {
    const box = scroller.current;
    const wanted = box && known && lane !== undefined ? scrollFor(geometry, lane) : undefined;
    if (wanted === undefined) return;
    // In the frame: before it, to scroll or to ask where the box is would lay out the whole page once more.
    const frame = requestAnimationFrame(() => {
      if (box) box[turned ? "scrollLeft" : "scrollTop"] = wanted;
    });
    return () => cancelAnimationFrame(frame);
  }, [lane, at, known, turned ? width : height]);
}

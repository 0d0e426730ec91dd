/**
 * Scrolls a row into view of its box, by no more than needed, once the browser knows where both are: asking for it at
 * once would lay out the whole page for every step. Gives back what calls it off.
 */
export function revealWithin(box: HTMLElement, row: HTMLElement): () => void {
  const observer = new IntersectionObserver(
    ([entry]) => {
      observer.disconnect();
      if (entry?.rootBounds) box.scrollTop += scrollFor(entry.boundingClientRect, entry.rootBounds);
    },
    { root: box },
  );
  observer.observe(row);
  return () => observer.disconnect();
}

interface Stretch {
  readonly top: number;
  readonly bottom: number;
}

/** How far to scroll so that a row is in view; of one that is taller than the view, its top. */
export function scrollFor(row: Stretch, view: Stretch): number {
  if (row.top < view.top) return row.top - view.top;
  return Math.max(0, Math.min(row.bottom - view.bottom, row.top - view.top));
}

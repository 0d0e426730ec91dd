/** What a key does on the timeline: the arrows along time step, those across it go from lane to lane, Enter marks a span. */
export function keyOf(
  event: KeyboardEvent,
  turned: boolean,
): { step: number } | { lane: number } | { mark: true } | { leave: true } | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return undefined;
  if (event.key === "Enter") return { mark: true };
  const by = event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 1;
  const across = event.key === "ArrowUp" || event.key === "ArrowDown";
  if (!across && event.key !== "ArrowLeft" && event.key !== "ArrowRight") {
    return event.key === "Escape" ? { leave: true } : undefined;
  }
  return across === turned ? { step: by } : { lane: by };
}

/** How the timeline is looked at: the stretch in view, the lanes, what is marked, what is pointed at. */
import type { LaneChoice } from "../lanes";
import type { Questions } from "../questions";
import { isSameRoom, type Lens, type Room, type Store } from "../store";
import { isSameViewport, opening, pan, type Viewport, whole, zoom } from "../viewport";

export class Timeline {
  constructor(
    private readonly store: Store,
    private readonly questions: Questions,
  ) {}

  /** Comes closer (`factor` above 1) or goes away, around a position; around the cursor where none is given. */
  zoomBy(factor: number, around?: number): void {
    const { run, viewport, at, extent } = this.store;
    if (run.value) this.#setViewport(zoom(viewport.value, extent.value, factor, around ?? at.value));
  }

  panBy(events: number): void {
    const { run, viewport, extent } = this.store;
    if (run.value) this.#setViewport(pan(viewport.value, extent.value, events));
  }

  showWhole(): void {
    const { run, extent } = this.store;
    if (run.value) this.#setViewport(whole(extent.value));
  }

  #setViewport(chosen: Viewport): void {
    const { run, at, room, viewport, zoomed, compared } = this.store;
    viewport.value = chosen;
    zoomed.value =
      compared.value !== undefined ||
      !isSameViewport(chosen, opening(run.value?.events ?? 0, at.value, room.value.pixels));
    this.questions.stretch();
    this.#writeAddress();
  }

  /** Changes what lanes stand for, or which are shown. */
  setLanes(change: Partial<LaneChoice>): void {
    const { laneChoice } = this.store;
    const before = laneChoice.value;
    // Names of one kind are no names of another.
    const filter = change.by !== undefined && change.by !== before.by ? "" : before.filter;
    laneChoice.value = { ...before, filter, ...change };
    this.questions.stretch();
    this.#writeAddress();
  }

  /** Folds the goroutines of a role into one lane, or unfolds them. */
  foldLanes(role: string): void {
    const folded = new Set(this.store.laneChoice.value.folded);
    if (!folded.delete(role)) folded.add(role);
    this.setLanes({ folded });
  }

  /** Marks the order around the step at the cursor, or the way of its value; once more, nothing. */
  setLens(lens: Lens | undefined): void {
    this.store.lens.value = lens;
    this.questions.lens();
    this.#writeAddress();
  }

  /** How a run is shown is in its address. */
  #writeAddress(): void {
    if (this.store.run.value) this.questions.fragment(this.store.at.value);
  }

  setRoom(room: Room): void {
    const { store } = this;
    const before = store.room.value;
    if (isSameRoom(before, room)) return;
    store.room.value = room;
    const run = store.run.value;
    if (run && before.pixels === 0 && !store.zoomed.value)
      store.viewport.value = opening(run.events, store.at.value, room.pixels);
    this.questions.stretch();
  }

  /** Asks what is going on at a position that the reader points at. */
  point(at: number | undefined): void {
    this.questions.pointing(at);
  }

  setListOpen(open: boolean): void {
    const { store } = this;
    store.listOpen.value = open;
    if (open) this.questions.nearby();
    this.#writeAddress();
  }

  /** Turns the list to a page of the run. */
  turnList(page: number): void {
    this.store.listPage.value = page;
    this.questions.nearby();
  }
}

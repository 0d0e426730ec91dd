/** How the timeline of a session is looked at. */
import { isSameRoom, type Room } from "../store";
import { isSameViewport, pan, type Viewport, whole, zoom } from "../viewport";
import type { TcpCursor } from "./cursor";
import { sessionOpening } from "./opening";
import type { TcpQuestions } from "./questions";
import type { TcpStore } from "./store";

export class TcpTimeline {
  constructor(
    private readonly store: TcpStore,
    private readonly questions: TcpQuestions,
    private readonly cursor: TcpCursor,
  ) {}

  zoomBy(factor: number, around?: number): void {
    const { run, viewport, at } = this.store;
    this.#setViewport(zoom(viewport.value, run.value.events, factor, around ?? at.value));
  }

  panBy(events: number): void {
    this.#setViewport(pan(this.store.viewport.value, this.store.run.value.events, events));
  }

  showWhole(): void {
    this.#setViewport(whole(this.store.run.value.events));
  }

  #setViewport(chosen: Viewport): void {
    const { run, at, room, viewport, zoomed } = this.store;
    this.cursor.stopFollowing();
    viewport.value = chosen;
    zoomed.value = !isSameViewport(chosen, sessionOpening(run.value.events, at.value, room.value.pixels));
    this.questions.stretch();
    this.cursor.writeIfShared();
  }

  setRoom(room: Room): void {
    const { store } = this;
    const before = store.room.value;
    if (isSameRoom(before, room)) return;
    store.room.value = room;
    if (before.pixels === 0 && !store.zoomed.value)
      store.viewport.value = sessionOpening(store.run.value.events, store.at.value, room.pixels);
    this.questions.stretch();
  }

  point(position: number | undefined): void {
    this.questions.pointing(position);
  }

  setListOpen(open: boolean): void {
    this.store.listOpen.value = open;
    this.questions.nearby();
  }

  turnList(page: number): void {
    this.store.listPage.value = page;
    this.questions.nearby();
  }
}

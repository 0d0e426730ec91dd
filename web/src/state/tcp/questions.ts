/** What is asked of the session on the screen. It answers at once: its module is on this thread. */
import type { TcpSession } from "../../core/tcp";
import type { Language, WindowQuery } from "../../core/wire";
import { eventsOn, pageOf } from "../pages";
import type { TcpStore } from "./store";

export class TcpQuestions {
  /** The session on the screen. */
  session: TcpSession | undefined;

  constructor(
    private readonly store: TcpStore,
    private readonly language: () => Language,
  ) {}

  /** The moment at the cursor, and what is around it. */
  moment(): void {
    const { store, session } = this;
    if (!session) return;
    store.moment.value = session.moment(store.at.value, this.language());
    store.listPage.value = undefined;
    this.nearby();
    this.stretch();
  }

  nearby(): void {
    const { store, session } = this;
    if (!store.listOpen.value || !session) return;
    const { from, to } = eventsOn(store.listPage.value ?? pageOf(store.at.value), store.run.value.events);
    store.nearby.value = session.log(from, to, this.language());
  }

  /** What the timeline has room for, of the stretch in view. */
  stretch(): void {
    const { run, room, viewport, stretch } = this.store;
    if (!this.session || room.value.pixels < 1) return;
    const { events, lanes } = run.value;
    const { firstLane, endLane } = room.value;
    const query: WindowQuery = {
      from: Math.max(0, Math.floor(viewport.value.from)),
      to: Math.min(events, Math.ceil(viewport.value.to)),
      pixels: Math.round(room.value.pixels),
      by: "goroutine",
      lanes: lanes.slice(firstLane, endLane).map(({ goroutine }) => goroutine),
      merged: [],
    };
    stretch.value = { query, data: this.session.window(query) };
  }

  /** What is going on at a position that the reader points at, or no longer points at. */
  pointing(at: number | undefined): void {
    this.store.pointed.value = at === undefined ? undefined : this.session?.moment(at, this.language());
  }
}

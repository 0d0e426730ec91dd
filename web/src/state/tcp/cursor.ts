/**
 * Where in a session the reader is. In the live one the cursor follows the end, until the reader steps away from it or
 * looks around.
 */
import { batch } from "@preact/signals";
import type { TcpSession } from "../../core/tcp";
import type { Quarry } from "../../core/wire";
import type { Address } from "../address";
import { stretchAsText } from "../view-link";
import { fits, follow, type Viewport } from "../viewport";
import { MOST_SHOWN, type TcpPlace, writeTcpPlace } from "./link";
import { sessionOpening } from "./opening";
import type { TcpQuestions } from "./questions";
import type { Showing, TcpStore } from "./store";

export class TcpCursor {
  #following = true;
  /** The session on the screen as its address has it. */
  #packed: string | undefined;

  constructor(
    private readonly store: TcpStore,
    private readonly address: Address,
    private readonly questions: TcpQuestions,
  ) {}

  /**
   * Puts a session on the screen. `place`: what its address says. Without a position that is where its stretch begins, else
   * the session's end, or the beginning of the one that comes along. Where there is no such step that is told: of a number
   * the end is shown, of anything else the stretch, or the beginning.
   */
  show(session: TcpSession, showing: Showing, place: Partial<TcpPlace> = {}): void {
    const { store } = this;
    const at = place.at;
    this.questions.session = session;
    this.#following = showing === "live";
    this.#packed = place.session;
    batch(() => {
      const run = session.summary();
      this.pause();
      store.showing.value = showing;
      store.run.value = run;
      store.quarry.value = { type: "notable" };
      store.pointed.value = undefined;
      const { events } = run;
      const { stretch } = place;
      const has = stretch && fits(stretch, events);
      const fromStart = showing === "shipped" || at !== undefined;
      const begin = has ? stretch.from : fromStart ? 0 : events;
      const position = typeof at === "number" ? Math.min(at, events) : begin;
      const step = typeof at === "string" ? at.slice(0, MOST_SHOWN) : at;
      store.nowhere.value = step === undefined || step === position ? undefined : { step, events, shown: position };
      store.viewport.value = has ? stretch : sessionOpening(events, position, store.room.value.pixels);
      store.zoomed.value = has === true;
      if (stretch && !has) store.unknown.value = [`view=${stretchAsText(stretch)}`, ...store.unknown.value];
      this.#moveTo(position, 0);
    });
  }

  /** Draws what has been recorded since. */
  grow(): void {
    const { store, questions } = this;
    const { session } = questions;
    if (!session || !store.open.value) return;
    batch(() => {
      const run = session.summary();
      const added = run.events - store.run.value.events;
      store.run.value = run;
      if (this.#following) {
        store.viewport.value = ending(run.events, store.room.value.pixels);
        this.#moveTo(run.events, added === 1 ? 1 : 0);
      } else {
        questions.stretch();
      }
    });
  }

  /** Whoever looks around does not want to be taken to the end. */
  stopFollowing(): void {
    this.#following = false;
  }

  seek(position: number): void {
    const { store } = this;
    if (!Number.isFinite(position)) return;
    const { events } = store.run.value;
    const at = Math.min(Math.max(0, Math.round(position)), events);
    this.#following = store.showing.value === "live" && at === events;
    if (at === store.at.value) return;
    batch(() => {
      store.viewport.value = follow(store.viewport.value, events, at);
      this.#moveTo(at, at - store.at.value);
    });
    this.writeIfShared();
  }

  /** Writes the session, the position and the stretch into the address, where what is shown has one. */
  writeIfShared(): void {
    const { showing } = this.store;
    if (showing.value === "shipped" || showing.value === "shared") this.write();
  }

  write(): void {
    this.address.replaceSoon(this.addressOf(this.#packed));
  }

  /** The address of what is shown. `packed`: the session, where it has to be in it. */
  addressOf(packed: string | undefined): string {
    const { at, viewport, zoomed } = this.store;
    return writeTcpPlace({ at: at.value, session: packed, stretch: zoomed.value ? viewport.value : undefined });
  }

  step(by: number): void {
    this.pause();
    this.seek(this.store.at.value + by);
  }

  play(): void {
    const { store } = this;
    if (store.at.value >= store.run.value.events) this.seek(0);
    store.playing.value = true;
  }

  pause(): void {
    this.store.playing.value = false;
  }

  setSpeed(stepsPerSecond: number): void {
    this.store.speed.value = stepsPerSecond;
  }

  follow(quarry: Quarry): void {
    this.store.quarry.value = quarry;
    this.store.foundNothing.value = undefined;
  }

  findNext(backward: boolean): void {
    const { store, questions } = this;
    this.pause();
    const found = questions.session?.find({ quarry: store.quarry.value, from: store.at.value, backward });
    if (found === undefined) store.foundNothing.value = backward ? "backward" : "forward";
    else this.seek(found);
  }

  /** Tells everything again, after the language has changed. */
  retell(): void {
    if (this.store.open.value && this.questions.session) this.#moveTo(this.store.at.value, 0);
  }

  #moveTo(at: number, stride: number): void {
    const { store } = this;
    store.at.value = at;
    store.stride.value = stride;
    store.foundNothing.value = undefined;
    this.questions.moment();
  }
}

/** The end of a session that grows, as much of it as can be read. */
function ending(events: number, pixels: number): Viewport {
  const { from, to } = sessionOpening(events, events, pixels);
  return { from: Math.max(0, Math.max(events, to - from) - (to - from)), to: Math.max(events, to - from) };
}

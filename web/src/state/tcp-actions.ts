/**
 * What can be done in the TCP chapter.
 *
 * Two sessions can be at hand: the live one, which goes on being recorded, and one from a link, a file or this page's own
 * store, which is only looked at. The cursor follows the live one's end until the reader steps away from it.
 */
import { batch } from "@preact/signals";
import type { Companion } from "../core/companion";
import { isTrap, type PageClient, type TcpModule, type TcpSession } from "../core/tcp";
import type { ClockNow, ClockSettings, Language, News, Quarry, Refusal, WindowQuery } from "../core/wire";
import type { Address } from "./address";
import { NEARBY_EVENTS } from "./questions";
import type { Room } from "./store";
import { pack, readTcpPlace, unpack, writeTcpPlace } from "./tcp-link";
import type { OpenClient, Showing, TcpStore } from "./tcp-store";
import { follow, opening, pan, type Viewport, whole, zoom } from "./viewport";

/** Clients that the page has at a time: browsers cap what they open, and lanes want room. */
export const MOST_CLIENTS = 24;
/** What a client takes before it has to read, when the clock has small buffers: so that not reading is soon felt. */
const SMALL_WINDOW_BYTES = 1024;
/** Traps until the chapter gives up: whatever it does then traps again. */
const MOST_TRAPS = 3;
const LONGEST_FILE_CHARACTERS = 16 * 1024 * 1024;

export interface TcpEffects {
  load(): Promise<TcpModule>;
  /** The session that every copy of the page brings along. */
  shipped(): Promise<string>;
  /** Undefined on a static host. */
  readonly companion: Companion | undefined;
  readonly address: Address;
  readonly pageUrl: string;
  language(): Language;
  nowMs(): number;
  /** Resolves when everything that is under way now is over. */
  settled(): Promise<void>;
  /** Calls back once, when something is to be drawn. */
  nextFrame(callback: () => void): void;
}

export class TcpActions {
  #module: TcpModule | undefined;
  #live: TcpSession | undefined;
  #shown: TcpSession | undefined;
  #began = 0;
  #clients = new Map<number, PageClient>();
  #lastNumber = 0;
  #settings: string | undefined;
  #drawing = false;
  #restarting = false;
  #traps = 0;
  #following = true;
  /** What the address says, of which the last word counts. */
  #wanted = "";
  /** The session in the address. */
  #packed: string | undefined;

  constructor(
    private readonly store: TcpStore,
    private readonly effects: TcpEffects,
  ) {}

  // ------------------------------------------------------------------ places

  /** Opens the chapter at a fragment. */
  async openAddress(fragment: string): Promise<void> {
    const { store } = this;
    const place = readTcpPlace(fragment);
    if (!place) return;
    this.#wanted = fragment;
    store.open.value = true;
    store.badSession.value = undefined;
    try {
      await this.#start();
      const text = place.session === undefined ? undefined : ((await unpack(place.session)) ?? "");
      if (this.#wanted !== fragment) return;
      this.#packed = place.session;
      if (text !== undefined) {
        this.effects.address.replaceNow(fragment);
        this.#openText(text, "shared", place.at);
        return;
      }
      // What comes along is loaded before it is known whether it is wanted: the companion can appear meanwhile.
      const shipped = await this.effects.shipped();
      if (this.#wanted !== fragment) return;
      if (place.at === undefined && store.line.value === "connected") this.goLive();
      else this.#openText(shipped, "shipped", place.at ?? 0);
    } catch (thrown) {
      if (isTrap(thrown)) return this.restart(thrown.message);
      store.phase.value = "failed";
    }
  }

  /** Opens the chapter as a new entry of the history. */
  enter(): void {
    const fragment = writeTcpPlace({ at: undefined, session: undefined });
    this.effects.address.push(fragment);
    void this.openAddress(fragment);
  }

  /** Leaves the chapter; its clients go on, and so does what is recorded. */
  leave(): void {
    this.#wanted = "";
    this.pause();
    this.store.open.value = false;
  }

  /** Shows what happens now. */
  goLive(): void {
    if (!this.#live) return;
    this.#following = true;
    this.#show(this.#live, "live", undefined);
    this.effects.address.replaceNow(writeTcpPlace({ at: undefined, session: undefined }));
  }

  /** Shows the session that the page brings along. */
  async openShipped(at?: number): Promise<void> {
    const text = await this.effects.shipped();
    if (!this.store.open.value) return;
    this.#openText(text, "shipped", at ?? 0);
    this.#write(undefined);
  }

  /** Opens a session that was saved. */
  openFile(text: string): void {
    this.#openText(text.slice(0, LONGEST_FILE_CHARACTERS + 1), "file", 0);
  }

  #openText(text: string, showing: Showing, at: number | undefined): void {
    const { store } = this;
    if (!this.#module) return;
    try {
      this.#following = false;
      this.#show(this.#module.read(text), showing, at);
    } catch (thrown) {
      if (isTrap(thrown)) throw thrown;
      store.badSession.value = (thrown as Refusal).message;
      if (!this.#shown && this.#live) this.#show(this.#live, "live", undefined);
    }
  }

  async #start(): Promise<void> {
    if (this.#module) return;
    this.#module = await this.effects.load();
    this.#begin(this.#module);
    this.store.phase.value = "ready";
    const { companion } = this.effects;
    if (companion) await companion.look();
    else this.store.line.value = "none";
  }

  #begin(module: TcpModule): void {
    this.#began = this.effects.nowMs();
    this.#live = module.session();
  }

  /**
   * The module has trapped, and is begun anew. What was recorded is shown as a session that is over, where it can still be
   * had; the page's clients have gone with the module, whose they were.
   */
  async restart(reason: string): Promise<void> {
    const { store, effects } = this;
    if (this.#restarting || !this.#module) return;
    this.#restarting = true;
    this.#traps += 1;
    const at = store.at.value;
    // The module is broken somewhere, and often works elsewhere.
    const text = attempt(() => this.text()) || undefined;
    for (const client of this.#clients.values()) attempt(() => client.close());
    this.#clients.clear();
    this.#live = undefined;
    this.#shown = undefined;
    batch(() => {
      this.pause();
      store.clients.value = [];
      store.restarted.value = { reason, url: undefined };
    });
    if (this.#traps > MOST_TRAPS) {
      store.phase.value = "failed";
      return;
    }
    await effects.settled();
    const module = await effects.load();
    this.#module = module;
    this.#begin(module);
    this.#recordClock();
    this.#restarting = false;
    if (text === undefined) return this.goLive();
    this.#openText(text, "file", at);
    const session = await pack(text);
    const url = session && effects.pageUrl + writeTcpPlace({ at, session });
    store.restarted.value = { reason, url };
  }

  /** Begins a recording with the server as it is. */
  #recordClock(): void {
    const clock = this.store.clock.value;
    if (clock?.state.status.type !== "running") return;
    const { address } = clock.state.status;
    this.#record((session, now) => session.hearRunning(address, now));
    this.#record((session, now) => session.hearSettings(clock.settings, now));
  }

  #show(session: TcpSession, showing: Showing, at: number | undefined): void {
    const { store } = this;
    this.#shown = session;
    batch(() => {
      const run = session.summary();
      this.pause();
      store.showing.value = showing;
      store.run.value = run;
      store.quarry.value = { type: "notable" };
      store.pointed.value = undefined;
      const position = Math.min(at ?? run.events, run.events);
      store.viewport.value = opening(run.events, position, store.room.value.pixels || 1000);
      this.#moveTo(position, 0);
    });
  }

  // ------------------------------------------------------------------ the companion

  found(again: boolean): void {
    const { store } = this;
    const before = store.line.value;
    store.line.value = "connected";
    // Another run of the companion counts its events anew; what was recorded stays before them.
    if (!again) this.#settings = undefined;
    // Whoever opened the chapter to see it live sees it as soon as it is there.
    const asked = readTcpPlace(this.#wanted);
    if (before !== "connected" && store.showing.value === "shipped" && asked?.at === undefined) this.goLive();
  }

  gone(): void {
    const { store } = this;
    store.line.value = "gone";
    store.clock.value = undefined;
    this.#record((session, now) => session.hearLost(now));
  }

  news(news: News): void {
    if (news.type === "events") {
      const first = this.#live?.summary().events === 0;
      this.#record((session, now) => session.hearServer(news, now));
      // That the server listens may be among what was dropped.
      if (first && news.dropped > 0) this.#recordClock();
      return;
    }
    const { type: _, ...clock } = news;
    this.store.clock.value = clock;
    const settings = JSON.stringify(clock.settings);
    if (this.#settings !== undefined && this.#settings !== settings) {
      this.#record((session, now) => session.hearSettings(clock.settings, now));
    }
    this.#settings = settings;
  }

  async set(change: Partial<ClockSettings>): Promise<void> {
    const { clock } = this.store;
    if (clock.value)
      await this.#ask((companion) => companion.set({ ...(clock.value as ClockNow).settings, ...change }));
  }

  async startServer(): Promise<void> {
    await this.#ask((companion) => companion.start());
  }

  async setSwarm(clients: number): Promise<void> {
    await this.#ask((companion) => companion.swarm(clients));
  }

  async #ask(how: (companion: Companion) => Promise<string | undefined>): Promise<void> {
    const { companion } = this.effects;
    if (companion) this.store.refused.value = await how(companion);
  }

  // ------------------------------------------------------------------ clients

  /** Opens so many clients more, as far as there may be. */
  openClients(count: number): void {
    const bridge = this.effects.companion?.bridge;
    if (!bridge || !this.#module) return;
    const room = Math.min(count, MOST_CLIENTS - this.#clients.size);
    for (let opened = 0; opened < room; opened += 1) {
      this.#lastNumber += 1;
      const number = this.#lastNumber;
      const client = this.#module.client((act) => {
        this.#record((session, now) => session.hearClient(number, act, now));
        if (act.what === "opened") this.#change(number, { connected: true });
      });
      this.#clients.set(number, client);
      const opening = { number, connected: false, paused: false, halfClosed: false };
      this.store.clients.value = [...this.store.clients.value, opening];
      const small = this.store.clock.value?.settings.smallBuffers === true;
      const over = client.run(bridge.url, bridge.secret, small ? SMALL_WINDOW_BYTES : undefined);
      void over.finally(() => {
        this.#clients.delete(number);
        this.store.clients.value = this.store.clients.value.filter((each) => each.number !== number);
      });
    }
    if (this.store.showing.value !== "live") this.goLive();
  }

  pauseClient(number: number, paused: boolean): void {
    this.#clients.get(number)?.pause(paused);
    this.#change(number, { paused });
  }

  endWriting(number: number): void {
    void this.#clients.get(number)?.endWriting();
    this.#change(number, { halfClosed: true });
  }

  resetClient(number: number): void {
    this.#clients.get(number)?.reset();
  }

  closeClient(number: number): void {
    this.#clients.get(number)?.close();
  }

  #change(number: number, change: Partial<OpenClient>): void {
    const { clients } = this.store;
    clients.value = clients.value.map((client) => (client.number === number ? { ...client, ...change } : client));
  }

  // ------------------------------------------------------------------ recording

  /** Forgets what was recorded. Clients that are open stay so, and are what the new recording begins with. */
  beginAnew(): void {
    this.#record((session, now) => session.beginAnew(now));
    const settings = this.store.clock.value?.settings;
    if (settings) this.#record((session, now) => session.hearSettings(settings, now));
    this.goLive();
  }

  #record(how: (session: TcpSession, nowUs: number) => void): void {
    const session = this.#live;
    if (!session) return;
    how(session, (this.effects.nowMs() - this.#began) * 1000);
    if (this.#shown !== session || this.#drawing) return;
    this.#drawing = true;
    this.effects.nextFrame(() => {
      this.#drawing = false;
      if (this.#shown === this.#live) this.#grow();
    });
  }

  /** Draws what has been recorded since. */
  #grow(): void {
    const { store } = this;
    const session = this.#shown;
    if (!session || !store.open.value) return;
    batch(() => {
      const run = session.summary();
      const added = run.events - store.run.value.events;
      store.run.value = run;
      if (this.#following) {
        store.viewport.value = ending(run.events, store.room.value.pixels || 1000);
        this.#moveTo(run.events, added === 1 ? 1 : 0);
      } else {
        this.#stretch();
      }
    });
  }

  // ------------------------------------------------------------------ moments

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
    const { showing } = store;
    if (showing.value === "shipped") this.#write(undefined);
    else if (showing.value === "shared") this.#write(this.#packed);
  }

  #write(session: string | undefined): void {
    this.effects.address.replaceSoon(writeTcpPlace({ at: this.store.at.value, session }));
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
    const { store } = this;
    this.pause();
    const found = this.#shown?.find({ quarry: store.quarry.value, from: store.at.value, backward });
    if (found === undefined) store.foundNothing.value = backward ? "backward" : "forward";
    else this.seek(found);
  }

  /** Tells everything again, after the language has changed. */
  retell(): void {
    if (this.store.open.value && this.#shown) this.#moveTo(this.store.at.value, 0);
  }

  #moveTo(at: number, stride: number): void {
    const { store } = this;
    const session = this.#shown;
    if (!session) return;
    store.at.value = at;
    store.stride.value = stride;
    store.foundNothing.value = undefined;
    store.moment.value = session.moment(at, this.effects.language());
    this.#nearby();
    this.#stretch();
  }

  // ------------------------------------------------------------------ timeline

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

  setRoom(room: Room): void {
    const { store } = this;
    const before = store.room.value;
    if (before.pixels === room.pixels && before.firstLane === room.firstLane && before.endLane === room.endLane) return;
    store.room.value = room;
    if (before.pixels === 0) store.viewport.value = opening(store.run.value.events, store.at.value, room.pixels);
    this.#stretch();
  }

  point(position: number | undefined): void {
    const { store, effects } = this;
    store.pointed.value = position === undefined ? undefined : this.#shown?.moment(position, effects.language());
  }

  setListOpen(open: boolean): void {
    this.store.listOpen.value = open;
    this.#nearby();
  }

  #setViewport(viewport: Viewport): void {
    // Whoever looks around does not want to be taken to the end.
    this.#following = false;
    this.store.viewport.value = viewport;
    this.#stretch();
  }

  #nearby(): void {
    const { store, effects } = this;
    if (!store.listOpen.value || !this.#shown) return;
    const at = store.at.value;
    store.nearby.value = this.#shown.log(Math.max(0, at - NEARBY_EVENTS), at + NEARBY_EVENTS, effects.language());
  }

  #stretch(): void {
    const { run, room, viewport, stretch } = this.store;
    if (!this.#shown || room.value.pixels < 1) return;
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
    stretch.value = { query, data: this.#shown.window(query) };
  }

  // ------------------------------------------------------------------ sharing

  /** Writes the address of what is shown, as far as it is short enough for one. */
  async share(): Promise<void> {
    const { store, effects } = this;
    store.shared.value = undefined;
    const session = await pack(this.text());
    const url = effects.pageUrl + writeTcpPlace({ at: store.at.value, session });
    store.shared.value = session === undefined ? "long" : { url };
  }

  /** What is shown, as the text of a file. */
  text(): string {
    return this.#shown?.write() ?? "";
  }
}

function attempt<Value>(how: () => Value): Value | undefined {
  try {
    return how();
  } catch {
    return undefined;
  }
}

/** The end of a session that grows, as much of it as can be read. */
function ending(events: number, pixels: number): Viewport {
  const { from, to } = opening(events, events, pixels);
  return { from: Math.max(0, Math.max(events, to - from) - (to - from)), to: Math.max(events, to - from) };
}

/**
 * Which session is on the screen: the live one, or one from a link, a file or this page's own store, which is only looked
 * at. Both can be at hand.
 */
import type { Companion } from "../../core/companion";
import { isTrap, type TcpModule } from "../../core/tcp";
import type { Refusal } from "../../core/wire";
import type { Address } from "../address";
import type { TcpCursor } from "./cursor";
import { pack, readTcpPlace, type TcpPlace, unpack, writeTcpPlace } from "./link";
import type { TcpQuestions } from "./questions";
import type { Recording } from "./recording";
import type { Showing, TcpStore } from "./store";

/** The largest session that is read. */
export const LONGEST_FILE_CHARACTERS = 16 * 1024 * 1024;

/** Where a session begins that came without an address. */
const START = { at: 0 };

/** Whether an address names a moment or a stretch, which only what is over has. */
function isOfRecording({ at, stretch }: TcpPlace): boolean {
  return at !== undefined || stretch !== undefined;
}

export interface SessionsEffects {
  load(): Promise<TcpModule>;
  /** The session that every copy of the page brings along. */
  shipped(): Promise<string>;
  /** Undefined on a static host. */
  readonly companion: Companion | undefined;
  readonly address: Address;
  readonly pageUrl: string;
  /** The module has trapped. */
  trapped(reason: string): Promise<void>;
}

export class Sessions {
  /** What the address says, of which the last word counts. */
  #wanted = "";

  constructor(
    private readonly store: TcpStore,
    private readonly effects: SessionsEffects,
    private readonly questions: TcpQuestions,
    private readonly cursor: TcpCursor,
    private readonly recording: Recording,
  ) {}

  /** Opens the chapter at a fragment. */
  async openAddress(fragment: string): Promise<void> {
    const { store } = this;
    const place = readTcpPlace(fragment);
    if (!place) return;
    this.#wanted = fragment;
    store.open.value = true;
    store.badSession.value = undefined;
    store.unknown.value = place.unknown;
    try {
      await this.#start();
      const text = place.session === undefined ? undefined : ((await unpack(place.session)) ?? "");
      if (this.#wanted !== fragment) return;
      if (text !== undefined) {
        const before = this.questions.session;
        this.effects.address.replaceNow(fragment);
        this.open(text, "shared", place);
        // Nothing happens here that could be shown live: there is one that comes along.
        const nothing =
          store.badSession.value !== undefined && before === undefined && store.line.value !== "connected";
        if (!nothing) return;
        const instead = await this.effects.shipped();
        if (this.#wanted === fragment) this.open(instead, "shipped", START);
        return;
      }
      // What comes along is loaded before it is known whether it is wanted: the companion can appear meanwhile.
      const shipped = await this.effects.shipped();
      if (this.#wanted !== fragment) return;
      if (!isOfRecording(place) && store.line.value === "connected") this.goLive();
      else this.open(shipped, "shipped", place);
    } catch (thrown) {
      if (isTrap(thrown)) return this.effects.trapped(thrown.message);
      store.phase.value = "failed";
    }
  }

  /** Leaves the chapter; its clients go on, and so does what is recorded. */
  leave(): void {
    this.#wanted = "";
    this.cursor.pause();
    this.store.open.value = false;
  }

  /** The companion is there: whoever opened the chapter to see it live sees it as soon as it is. */
  companionAppeared(): void {
    const place = readTcpPlace(this.#wanted);
    if (this.store.showing.value !== "shipped" || (place && isOfRecording(place))) return;
    this.goLive();
  }

  /** Shows what happens now. */
  goLive(): void {
    const { live } = this.recording;
    if (!live) return;
    this.cursor.show(live, "live");
    this.effects.address.replaceNow(writeTcpPlace({ at: undefined, session: undefined }));
  }

  /** Shows the session that the page brings along. */
  async openShipped(): Promise<void> {
    const text = await this.effects.shipped();
    if (!this.store.open.value) return;
    this.open(text, "shipped", START);
    this.cursor.write();
  }

  /** Opens a session that was saved. */
  openFile(text: string): void {
    this.open(text.slice(0, LONGEST_FILE_CHARACTERS + 1), "file", START);
  }

  /** Shows a session that is over. What is none stays where it is and is told. */
  open(text: string, showing: Showing, place: Partial<TcpPlace>): void {
    const { store, recording, cursor } = this;
    if (!recording.module) return;
    try {
      cursor.show(recording.module.read(text), showing, place);
    } catch (thrown) {
      if (isTrap(thrown)) throw thrown;
      store.badSession.value = (thrown as Refusal).message;
      if (!this.questions.session && recording.live) cursor.show(recording.live, "live");
    }
  }

  async #start(): Promise<void> {
    const { store, effects, recording } = this;
    if (recording.module) return;
    recording.begin(await effects.load());
    store.phase.value = "ready";
    if (effects.companion) await effects.companion.look();
    else store.line.value = "none";
  }

  /** Forgets what was recorded. Clients that are open stay so, and are what the new recording begins with. */
  beginAnew(): void {
    const { recording } = this;
    recording.record((session, now) => session.beginAnew(now));
    const settings = this.store.clock.value?.settings;
    if (settings) recording.record((session, now) => session.hearSettings(settings, now));
    this.goLive();
  }

  /** What was wrong with a link or a file has been read. */
  dismissTrouble(): void {
    const { badSession, nowhere, unknown } = this.store;
    badSession.value = undefined;
    nowhere.value = undefined;
    unknown.value = [];
  }

  /** Writes the address of what is shown, as far as it is short enough for one. */
  async share(): Promise<void> {
    const { store, effects } = this;
    store.shared.value = undefined;
    const session = await pack(this.text());
    const url = effects.pageUrl + this.cursor.addressOf(session);
    store.shared.value = session === undefined ? "long" : { url };
  }

  /** What is shown, as the text of a file. */
  text(): string {
    return this.questions.session?.write() ?? "";
  }
}

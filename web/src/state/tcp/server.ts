/** The clock that the companion serves: what is heard of it is recorded, and it is told what the reader wants. */
import type { Companion } from "../../core/companion";
import type { ClockSettings, News } from "../../core/wire";
import type { Recording } from "./recording";
import type { Sessions } from "./sessions";
import type { TcpStore } from "./store";

export class Server {
  /** The settings that were heard last. */
  #settings: string | undefined;
  /** Changes that the companion was asked for and that have not been heard of yet. */
  #unheard: Partial<ClockSettings> = {};
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: TcpStore,
    private readonly companion: Companion | undefined,
    private readonly recording: Recording,
    private readonly sessions: Sessions,
  ) {}

  found(again: boolean): void {
    const { store } = this;
    const before = store.line.value;
    store.line.value = "connected";
    // Another run of the companion counts its events anew; what was recorded stays before them.
    if (!again) this.#settings = undefined;
    if (before !== "connected") this.sessions.companionAppeared();
  }

  gone(): void {
    const { store } = this;
    store.line.value = "gone";
    this.#unheard = {};
    store.clock.value = undefined;
    this.recording.record((session, now) => session.hearLost(now));
  }

  news(news: News): void {
    const { recording } = this;
    if (news.type === "events") {
      const first = recording.live?.summary().events === 0;
      recording.record((session, now) => session.hearServer(news, now));
      // That the server listens may be among what was dropped.
      if (first && news.dropped > 0) recording.recordClock();
      return;
    }
    const { type: _, ...clock } = news;
    this.store.clock.value = clock;
    const settings = JSON.stringify(clock.settings);
    if (this.#settings !== undefined && this.#settings !== settings) {
      recording.record((session, now) => session.hearSettings(clock.settings, now));
    }
    this.#settings = settings;
    const differs = ([name, value]: [string, unknown]) => clock.settings[name as keyof ClockSettings] !== value;
    this.#unheard = Object.fromEntries(Object.entries(this.#unheard).filter(differs));
  }

  /** Each request tells all settings. So they go one after the other, and none takes back what one before has asked for. */
  set(change: Partial<ClockSettings>): Promise<void> {
    this.#turn = this.#turn.then(() => this.#set(change));
    return this.#turn;
  }

  async #set(change: Partial<ClockSettings>): Promise<void> {
    const settings = this.store.clock.value?.settings;
    if (!settings) return;
    const before = this.#unheard;
    this.#unheard = { ...before, ...change };
    await this.#ask(async (companion) => {
      const refused = await companion.set({ ...settings, ...this.#unheard });
      if (refused !== undefined) this.#unheard = before;
      return refused;
    });
  }

  async start(): Promise<void> {
    await this.#ask((companion) => companion.start());
  }

  async setSwarm(clients: number): Promise<void> {
    await this.#ask((companion) => companion.swarm(clients));
  }

  async #ask(how: (companion: Companion) => Promise<string | undefined>): Promise<void> {
    if (this.companion) this.store.refused.value = await how(this.companion);
  }
}

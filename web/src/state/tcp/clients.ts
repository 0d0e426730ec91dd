/** The page's own clients of the clock: each has a connection through the companion's bridge and is recorded. */
import type { Companion } from "../../core/companion";
import type { PageClient } from "../../core/tcp";
import type { Recording } from "./recording";
import type { Sessions } from "./sessions";
import type { OpenClient, TcpStore } from "./store";

/** Clients that the page has at a time: browsers cap what they open, and lanes want room. */
export const MOST_CLIENTS = 24;
/** What a client takes before it has to read, when the clock has small buffers: so that not reading is soon felt. */
const SMALL_WINDOW_BYTES = 1024;

export class Clients {
  #clients = new Map<number, PageClient>();
  #lastNumber = 0;

  constructor(
    private readonly store: TcpStore,
    private readonly companion: Companion | undefined,
    private readonly recording: Recording,
    private readonly sessions: Sessions,
  ) {}

  /** Opens so many clients more, as far as there may be. */
  open(count: number): void {
    const bridge = this.companion?.bridge;
    const { module } = this.recording;
    if (!bridge || !module) return;
    const room = Math.min(count, MOST_CLIENTS - this.#clients.size);
    for (let opened = 0; opened < room; opened += 1) {
      this.#lastNumber += 1;
      const number = this.#lastNumber;
      const client = module.client((act) => {
        this.recording.record((session, now) => session.hearClient(number, act, now));
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
    if (this.store.showing.value !== "live") this.sessions.goLive();
  }

  pause(number: number, paused: boolean): void {
    this.#clients.get(number)?.pause(paused);
    this.#change(number, { paused });
  }

  endWriting(number: number): void {
    void this.#clients.get(number)?.endWriting();
    this.#change(number, { halfClosed: true });
  }

  reset(number: number): void {
    this.#clients.get(number)?.reset();
  }

  close(number: number): void {
    this.#clients.get(number)?.close();
  }

  /** They have gone with the module that has trapped, whose they were. `attempt`: what it can still be asked to do. */
  abandon(attempt: (how: () => void) => void): void {
    for (const client of this.#clients.values()) attempt(() => client.close());
    this.#clients.clear();
    this.store.clients.value = [];
  }

  #change(number: number, change: Partial<OpenClient>): void {
    const { clients } = this.store;
    clients.value = clients.value.map((client) => (client.number === number ? { ...client, ...change } : client));
  }
}

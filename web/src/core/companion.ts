/**
 * The page's line to the companion that served it: the secret, the clock's events as they come, and what can be changed.
 *
 * It notices by itself when the companion goes and when it comes: events come over a WebSocket, and while there is none,
 * it asks for one every so often. Nothing here names a host: everything is relative to where the page is from.
 */
import type { ClockSettings, News } from "./wire";

const EVENTS = "chanscope.events.v1";
const SECRET = "chanscope.secret.";
/** How long after one failure the companion is looked for again. */
const LOOK_EVERY_MS = 1500;

export interface CompanionWatcher {
  /** It is there. `again` tells the same run of it from another one. */
  found(again: boolean): void;
  news(news: News): void;
  gone(): void;
}

/** What clients dial, and what they show. */
export interface Bridge {
  readonly url: string;
  readonly secret: string;
}

export class Companion {
  #secret: string | undefined;
  #socket: WebSocket | undefined;
  #next = 0;
  #timer: number | undefined;
  #stopped = false;

  /** `base` is the address of the page, without its fragment. */
  constructor(
    private readonly base: string,
    private readonly watcher: CompanionWatcher,
  ) {}

  get bridge(): Bridge | undefined {
    return this.#secret === undefined || !this.#socket ? undefined : { url: this.#ws("api/tcp"), secret: this.#secret };
  }

  /** Looks for it, now and whenever it has gone. Resolves when it was found this time, or was not. */
  async look(): Promise<void> {
    this.#stopped = false;
    window.clearTimeout(this.#timer);
    const secret = await this.#ask();
    if (this.#stopped) return;
    if (secret === undefined) {
      this.#lookLater();
      return;
    }
    const again = secret === this.#secret;
    if (!again) this.#next = 0;
    this.#secret = secret;
    await this.#listen(secret, again);
  }

  /** Says nothing more. */
  stop(): void {
    this.#stopped = true;
    window.clearTimeout(this.#timer);
    this.#socket?.close();
    this.#socket = undefined;
  }

  /** Changes the settings; the reason where they are refused. */
  set(settings: ClockSettings): Promise<string | undefined> {
    return this.#change("PUT", "api/clock/settings", settings);
  }

  /** Starts the clock when it is down. */
  start(): Promise<string | undefined> {
    return this.#change("POST", "api/clock/start");
  }

  /** Opens or closes clients of the companion's own. */
  swarm(clients: number): Promise<string | undefined> {
    return this.#change("PUT", "api/clock/swarm", { clients });
  }

  async #ask(): Promise<string | undefined> {
    try {
      const answer = await fetch(new URL("api/session", this.base), { cache: "no-store" });
      if (!answer.ok) return undefined;
      const { secret } = (await answer.json()) as { secret?: unknown };
      return typeof secret === "string" ? secret : undefined;
    } catch {
      // Nobody listens, or somebody who is no companion.
      return undefined;
    }
  }

  #listen(secret: string, again: boolean): Promise<void> {
    const socket = new WebSocket(this.#ws(`api/events?from=${this.#next}`), [EVENTS, SECRET + secret]);
    this.#socket = socket;
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const news = JSON.parse(data) as News;
      if (news.type === "events") this.#next = news.next;
      this.watcher.news(news);
    };
    return new Promise((settled) => {
      let open = false;
      socket.onopen = () => {
        open = true;
        this.watcher.found(again);
        settled();
      };
      socket.onclose = () => {
        settled();
        if (this.#socket !== socket) return;
        this.#socket = undefined;
        if (open) this.watcher.gone();
        this.#lookLater();
      };
    });
  }

  #lookLater(): void {
    if (!this.#stopped) this.#timer = window.setTimeout(() => void this.look(), LOOK_EVERY_MS);
  }

  async #change(method: string, path: string, body?: unknown): Promise<string | undefined> {
    try {
      const answer = await fetch(new URL(path, this.base), {
        method,
        headers: { "chanscope-secret": this.#secret ?? "", "content-type": "application/json" },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const said = await answer.text();
      return answer.ok ? undefined : said.trim();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #ws(path: string): string {
    const url = new URL(path, this.base);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  }
}

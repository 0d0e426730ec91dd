/**
 * The TCP chapter's module, loaded when the chapter is opened: sessions as they are recorded, and the page's clients.
 *
 * Unlike the core it lives beside the page and not in a worker: it is fed by WebSockets a few bytes at a time, never works
 * for long, and answers at once, so that what is drawn never lags behind what was recorded. When it traps it is begun anew
 * in its place.
 */
import type {
  ClockBatch,
  ClockSettings,
  EventInfo,
  Language,
  Moment,
  SearchQuery,
  TcpSummary,
  WindowData,
  WindowQuery,
} from "./wire";

/** A session that is being recorded, or was. */
export interface TcpSession {
  hearServer(batch: ClockBatch, nowUs: number): void;
  hearClient(number: number, act: unknown, nowUs: number): void;
  hearSettings(settings: ClockSettings, nowUs: number): void;
  hearRunning(address: string, nowUs: number): void;
  hearLost(nowUs: number): void;
  /** Forgets what was recorded. Connections that are there go on, and are what the new recording begins with. */
  beginAnew(nowUs: number): void;
  summary(): TcpSummary;
  moment(at: number, language: Language): Moment;
  log(from: number, to: number, language: Language): EventInfo[];
  find(query: SearchQuery): number | undefined;
  window(query: WindowQuery): WindowData;
  write(): string;
}

/** One client of the page's. `run` resolves when its connection has ended. */
export interface PageClient {
  run(url: string, secret: string, window?: number): Promise<unknown>;
  pause(paused: boolean): void;
  endWriting(): Promise<unknown>;
  write(text: string): Promise<unknown>;
  reset(): void;
  close(): void;
}

/** What happens to a client, for the session: what else is in it is between the two. */
export interface ClientAct {
  readonly what: string;
}

export interface TcpModule {
  session(): TcpSession;
  /** Throws a `Refusal` where the text is no session. */
  read(text: string): TcpSession;
  client(hear: (act: ClientAct) => void): PageClient;
}

let begun = false;

/** Begins the module; a second time, anew: nothing that was made by it before is of use any more. */
export async function loadTcp(): Promise<TcpModule> {
  const { default: init, __wbg_reset_state: beginAnew, Tcp, TcpClient } = await import("../../gen/tcp/tcp.js");
  if (begun) beginAnew();
  else await init();
  begun = true;
  return {
    session: () => new Tcp(),
    read: (text) => Tcp.read(text),
    client: (hear) => new TcpClient(hear),
  };
}

/** Whether the module has trapped: it is of no more use. Nothing else on this thread is WebAssembly. */
export function isTrap(thrown: unknown): thrown is Error {
  return thrown instanceof WebAssembly.RuntimeError;
}

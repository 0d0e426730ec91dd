/** What can be done in the TCP chapter, by what it is about. */
import type { Language } from "../../core/wire";
import { Clients } from "./clients";
import { TcpCursor } from "./cursor";
import { TcpQuestions } from "./questions";
import { Recording, type RecordingEffects } from "./recording";
import { TcpRecovery, type TcpRecoveryEffects } from "./recovery";
import { Server } from "./server";
import { Sessions, type SessionsEffects } from "./sessions";
import type { TcpStore } from "./store";
import { TcpTimeline } from "./timeline";

export interface TcpEffects extends RecordingEffects, TcpRecoveryEffects, Omit<SessionsEffects, "trapped"> {
  language(): Language;
}

export class TcpActions {
  readonly cursor: TcpCursor;
  readonly timeline: TcpTimeline;
  readonly sessions: Sessions;
  readonly server: Server;
  readonly clients: Clients;
  readonly recovery: TcpRecovery;

  constructor(store: TcpStore, effects: TcpEffects) {
    const { load, shipped, companion, address, pageUrl } = effects;
    const trapped = (reason: string) => this.recovery.restart(reason);
    const questions = new TcpQuestions(store, effects.language);
    this.cursor = new TcpCursor(store, address, questions);
    this.timeline = new TcpTimeline(store, questions, this.cursor);
    const recording = new Recording(store, effects, questions, this.cursor);
    const opening = { load, shipped, companion, address, pageUrl, trapped };
    this.sessions = new Sessions(store, opening, questions, this.cursor, recording);
    this.server = new Server(store, companion, recording, this.sessions);
    this.clients = new Clients(store, companion, recording, this.sessions);
    const { cursor, sessions, clients } = this;
    this.recovery = new TcpRecovery(store, effects, { questions, cursor, recording, sessions, clients });
  }
}

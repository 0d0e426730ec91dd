/** The module has trapped, and is begun anew; what was recorded is shown as a session that is over. */
import { batch } from "@preact/signals";
import type { TcpModule } from "../../core/tcp";
import type { Clients } from "./clients";
import type { TcpCursor } from "./cursor";
import { pack, writeTcpPlace } from "./link";
import type { TcpQuestions } from "./questions";
import type { Recording } from "./recording";
import type { Sessions } from "./sessions";
import type { TcpStore } from "./store";

/** Traps until the chapter gives up: whatever it does then traps again. */
const MOST_TRAPS = 3;

export interface TcpRecoveryEffects {
  load(): Promise<TcpModule>;
  readonly pageUrl: string;
  /** Resolves when everything that is under way now is over. */
  settled(): Promise<void>;
}

/** What takes part in it. */
export interface TcpParts {
  readonly questions: TcpQuestions;
  readonly cursor: TcpCursor;
  readonly recording: Recording;
  readonly sessions: Sessions;
  readonly clients: Clients;
}

export class TcpRecovery {
  #restarting = false;
  #traps = 0;

  constructor(
    private readonly store: TcpStore,
    private readonly effects: TcpRecoveryEffects,
    private readonly parts: TcpParts,
  ) {}

  /** Shows what was recorded where it can still be had. The page's clients have gone with the module, whose they were. */
  async restart(reason: string): Promise<void> {
    const { store, effects } = this;
    const { questions, cursor, recording, sessions, clients } = this.parts;
    if (this.#restarting || !recording.module) return;
    this.#restarting = true;
    this.#traps += 1;
    const at = store.at.value;
    // The module is broken somewhere, and often works elsewhere.
    const text = attempt(() => sessions.text()) || undefined;
    recording.abandon();
    questions.session = undefined;
    batch(() => {
      cursor.pause();
      clients.abandon(attempt);
      store.restarted.value = { reason, url: undefined };
    });
    if (this.#traps > MOST_TRAPS) {
      store.phase.value = "failed";
      return;
    }
    await effects.settled();
    recording.begin(await effects.load());
    recording.recordClock();
    this.#restarting = false;
    if (text === undefined) return sessions.goLive();
    sessions.open(text, "file", { at });
    const session = await pack(text);
    const url = session && effects.pageUrl + writeTcpPlace({ at, session });
    store.restarted.value = { reason, url };
  }
}

function attempt<Value>(how: () => Value): Value | undefined {
  try {
    return how();
  } catch {
    return undefined;
  }
}

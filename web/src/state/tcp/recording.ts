/** The session that goes on being recorded, whatever is on the screen meanwhile, and the module that records it. */
import type { TcpModule, TcpSession } from "../../core/tcp";
import type { TcpCursor } from "./cursor";
import type { TcpQuestions } from "./questions";
import type { TcpStore } from "./store";

export interface RecordingEffects {
  nowMs(): number;
  /** Calls back once, when something is to be drawn. */
  nextFrame(callback: () => void): void;
}

export class Recording {
  #module: TcpModule | undefined;
  #live: TcpSession | undefined;
  #began = 0;
  #drawing = false;

  constructor(
    private readonly store: TcpStore,
    private readonly effects: RecordingEffects,
    private readonly questions: TcpQuestions,
    private readonly cursor: TcpCursor,
  ) {}

  /** Undefined until it is loaded. */
  get module(): TcpModule | undefined {
    return this.#module;
  }

  /** The live session; none while there is no module. */
  get live(): TcpSession | undefined {
    return this.#live;
  }

  begin(module: TcpModule): void {
    this.#module = module;
    this.#began = this.effects.nowMs();
    this.#live = module.session();
  }

  /** The module has trapped: what it held is not to be touched any more. */
  abandon(): void {
    this.#live = undefined;
  }

  record(how: (session: TcpSession, nowUs: number) => void): void {
    const session = this.#live;
    if (!session) return;
    how(session, (this.effects.nowMs() - this.#began) * 1000);
    if (this.questions.session !== session || this.#drawing) return;
    this.#drawing = true;
    this.effects.nextFrame(() => {
      this.#drawing = false;
      if (this.questions.session === this.#live) this.cursor.grow();
    });
  }

  /** Begins with the server as it is. */
  recordClock(): void {
    const clock = this.store.clock.value;
    if (clock?.state.status.type !== "running") return;
    const { address } = clock.state.status;
    this.record((session, now) => session.hearRunning(address, now));
    this.record((session, now) => session.hearSettings(clock.settings, now));
  }
}

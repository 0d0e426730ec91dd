/** The way into the TCP chapter: what can be done there is loaded when it is first opened. */
import { signal } from "@preact/signals";
import type { Address } from "../address";
import type { TcpActions } from "./actions";
import { isTcpAddress, TCP_PATH } from "./path";
import type { TcpStore } from "./store";

export interface TcpEntryEffects {
  readonly address: Address;
  load(): Promise<TcpActions>;
  /** It did not come. It is asked for again when the chapter is next opened. */
  failed(error: unknown): void;
}

export class TcpEntry {
  /** Undefined until they have been loaded. */
  readonly actions = signal<TcpActions | undefined>(undefined);
  #loading: Promise<void> | undefined;
  /** The address to open, of which the last word counts. */
  #wanted: string | undefined;

  constructor(
    private readonly store: TcpStore,
    private readonly effects: TcpEntryEffects,
  ) {}

  /** Whether a fragment is an address of the chapter, which is opened then, and left otherwise. */
  open(fragment: string): boolean {
    if (!isTcpAddress(fragment)) {
      this.leave();
      return false;
    }
    this.#wanted = fragment;
    this.store.open.value = true;
    void this.#openWanted();
    return true;
  }

  /** Opens the chapter as a new entry of the history. */
  enter(): void {
    this.effects.address.push(TCP_PATH);
    this.open(TCP_PATH);
  }

  leave(): void {
    this.#wanted = undefined;
    this.store.open.value = false;
    this.actions.value?.sessions.leave();
  }

  async #openWanted(): Promise<void> {
    const wanted = this.#wanted;
    try {
      await this.#load();
    } catch (error) {
      this.effects.failed(error);
      return;
    }
    if (wanted !== undefined && this.#wanted === wanted) await this.actions.value?.sessions.openAddress(wanted);
  }

  async #load(): Promise<void> {
    this.#loading ??= this.effects.load().then((actions) => {
      this.actions.value = actions;
    });
    try {
      await this.#loading;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }
}

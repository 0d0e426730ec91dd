/** Where the TCP chapter begins: it gets the browser's effects as the rest of the page does, when it is first opened. */
import { effect, untracked } from "@preact/signals";
import { Companion } from "../core/companion";
import { isTrap, loadTcp } from "../core/tcp";
import type { Address } from "../state/address";
import type { Store } from "../state/store";
import { TcpActions } from "../state/tcp/actions";
import type { TcpStore } from "../state/tcp/store";
import { startPlayer } from "./player";

export interface TcpBeginning {
  readonly store: Store;
  readonly tcp: TcpStore;
  readonly address: Address;
  readonly pageUrl: string;
  readonly embedded: boolean;
}

export function beginTcp({ store, tcp, address, pageUrl, embedded }: TcpBeginning): TcpActions {
  /** A static host has none, and what is embedded is recorded; everywhere else it is whoever served the page. */
  const companion =
    import.meta.env.MODE === "static" || embedded
      ? undefined
      : new Companion(pageUrl, {
          found: (again) => actions.server.found(again),
          news: (news) => actions.server.news(news),
          gone: () => actions.server.gone(),
        });
  const actions = new TcpActions(tcp, {
    load: loadTcp,
    shipped: async () => (await import("../chapter/tcp/session.json?raw")).default,
    companion,
    address,
    pageUrl,
    language: () => store.language.value,
    nowMs: () => performance.now(),
    settled: () => new Promise((resolve) => setTimeout(resolve, 0)),
    nextFrame: (callback) => void requestAnimationFrame(callback),
  });

  /** What traps on this thread is the chapter's module: the others have workers. */
  const ifTrapped = (event: Event, thrown: unknown) => {
    if (!isTrap(thrown)) return;
    event.preventDefault();
    void actions.recovery.restart(thrown.message);
  };
  addEventListener("error", (event) => ifTrapped(event, event.error));
  addEventListener("unhandledrejection", (event) => ifTrapped(event, event.reason));

  effect(() => {
    void store.language.value;
    untracked(() => actions.cursor.retell());
  });
  // Nobody watches the session behind a dialog.
  effect(() => {
    if (store.overlay.value) actions.cursor.pause();
  });
  startPlayer(tcp, actions.cursor);
  return actions;
}

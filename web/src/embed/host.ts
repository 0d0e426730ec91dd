/**
 * The line to the page that embeds this one: its wishes become actions, and it hears of every moment.
 *
 * Only the page directly above is listened to. What it is told is told to whoever that is: it is a run that the address
 * names anyway.
 */
import { effect } from "@preact/signals";
import type { Actions } from "../state/actions/actions";
import type { Store } from "../state/store";
import type { TcpActions } from "../state/tcp/actions";
import { readTcpPlace } from "../state/tcp/link";
import type { TcpStore } from "../state/tcp/store";
import { type MomentMessage, PROTOCOL, readWish } from "./messages";

export interface Embeddable {
  readonly store: Store;
  readonly actions: Actions;
  readonly tcp: TcpStore;
  readonly tcpActions: TcpActions;
}

export function connectToHost({ store, actions, tcp, tcpActions }: Embeddable, host: Window): void {
  /** What is on the screen: a run, or a recorded session. */
  const walked = () => (tcp.open.value ? tcpActions.cursor : actions.cursor);
  addEventListener("message", ({ source, data }) => {
    if (source !== host) return;
    const wish = readWish(data);
    if (!wish) return;
    switch (wish.type) {
      case "seek":
        walked().pause();
        return walked().seek(wish.at);
      case "step":
        return walked().step(wish.by);
      case "play":
        if (wish.stepsPerSecond !== undefined) walked().setSpeed(wish.stepsPerSecond);
        return walked().play();
      case "pause":
        return walked().pause();
      case "open":
        return void (readTcpPlace(wish.fragment)
          ? tcpActions.sessions.openAddress(wish.fragment)
          : actions.places.openLink(wish.fragment));
    }
  });
  effect(() => {
    const inChapter = tcp.open.value;
    const { at, playing } = inChapter ? tcp : store;
    const run = inChapter ? tcp.run.value : store.run.value;
    const moment = inChapter ? tcp.moment.value : store.moment.value;
    if (!run || moment?.at !== at.value) return;
    const message: MomentMessage = {
      chanscope: PROTOCOL,
      type: "moment",
      at: moment.at,
      events: run.events,
      sentence: moment.event?.sentence.map(({ text }) => text).join("") ?? "",
      digest: inChapter ? "" : (store.run.value?.digest ?? ""),
      playing: playing.value,
    };
    host.postMessage(message, "*");
  });
}

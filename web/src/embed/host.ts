/**
 * The line to the page that embeds this one: its wishes become actions, and it hears of every moment.
 *
 * Only the page directly above is listened to. What it is told is told to whoever that is: it is a run that the address
 * names anyway.
 */
import { effect } from "@preact/signals";
import type { Language } from "../core/wire";
import type { Actions } from "../state/actions/actions";
import type { Store } from "../state/store";
import type { TcpEntry } from "../state/tcp/entry";
import { isTcpAddress } from "../state/tcp/path";
import type { TcpStore } from "../state/tcp/store";
import { interfaceIn } from "../words";
import { noticeIn } from "../words/notice";
import { type ErrorMessage, type MomentMessage, PROTOCOL, readWish } from "./messages";

export interface Embeddable {
  readonly store: Store;
  readonly actions: Actions;
  readonly tcp: TcpStore;
  readonly tcpEntry: TcpEntry;
}

export function connectToHost({ store, actions, tcp, tcpEntry }: Embeddable, host: Window): void {
  /** What is on the screen: a run, or a recorded session once it is there. */
  const walked = () => (tcp.open.value ? tcpEntry.actions.value?.cursor : actions.cursor);
  addEventListener("message", ({ source, data }) => {
    if (source !== host) return;
    const wish = readWish(data);
    if (!wish) return;
    switch (wish.type) {
      case "seek":
        walked()?.pause();
        return walked()?.seek(wish.at);
      case "step":
        return walked()?.step(wish.by);
      case "play":
        if (wish.stepsPerSecond !== undefined) walked()?.setSpeed(wish.stepsPerSecond);
        return walked()?.play();
      case "pause":
        return walked()?.pause();
      case "open":
        if (isTcpAddress(wish.fragment)) tcpEntry.open(wish.fragment);
        else void actions.places.openLink(wish.fragment);
    }
  });
  /** Tells what is wrong, in the language that the page is in by then. */
  const tell = (what: (language: Language) => string | undefined) => {
    const sentence = what(store.language.peek());
    if (sentence === undefined) return;
    const message: ErrorMessage = { chanscope: PROTOCOL, type: "error", sentence: sentence.trim() };
    host.postMessage(message, "*");
  };
  effect(() => {
    const notice = store.notice.value;
    tell((language) => notice && noticeIn(notice, interfaceIn(language), language));
  });
  effect(() => {
    const { badSession, nowhere, unknown } = tcp;
    if (!badSession.value && !nowhere.value && unknown.value.length === 0) return;
    // Its words are those of the chapter, which are loaded with it.
    void import("../words/tcp-trouble").then(({ tcpTrouble }) => tell((language) => tcpTrouble(tcp, language)));
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

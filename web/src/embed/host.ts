/**
 * The line to the page that embeds this one: its wishes become actions, and it hears of every moment.
 *
 * Only the page directly above is listened to. What it is told is told to whoever that is: it is a run that the address
 * names anyway.
 */
import { effect } from "@preact/signals";
import type { Actions } from "../state/actions";
import type { Store } from "../state/store";
import { type MomentMessage, PROTOCOL, readWish } from "./messages";

export function connectToHost(store: Store, actions: Actions, host: Window): void {
  addEventListener("message", ({ source, data }) => {
    if (source !== host) return;
    const wish = readWish(data);
    if (!wish) return;
    switch (wish.type) {
      case "seek":
        actions.pause();
        return actions.seek(wish.at);
      case "step":
        return actions.step(wish.by);
      case "play":
        if (wish.stepsPerSecond !== undefined) actions.setSpeed(wish.stepsPerSecond);
        return actions.play();
      case "pause":
        return actions.pause();
      case "open":
        return void actions.openLink(wish.fragment);
    }
  });
  effect(() => {
    const run = store.run.value;
    const moment = store.moment.value;
    if (!run || moment?.at !== store.at.value) return;
    const message: MomentMessage = {
      chanscope: PROTOCOL,
      type: "moment",
      at: moment.at,
      events: run.events,
      sentence: moment.event?.sentence.map(({ text }) => text).join("") ?? "",
      digest: run.digest,
      playing: store.playing.value,
    };
    host.postMessage(message, "*");
  });
}

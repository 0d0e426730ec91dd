/** The page's keys in the TCP chapter; what has no meaning there does nothing. */
import type { Actions } from "../state/actions/actions";
import type { TcpEntry } from "../state/tcp/entry";
import type { TcpStore } from "../state/tcp/store";
import { type Wish, ZOOM_STEP } from "./keys";

export interface Obeying {
  readonly tcp: TcpStore;
  readonly tcpEntry: TcpEntry;
  readonly actions: Actions;
}

export function obeyInTcp(wish: Wish, { tcp, tcpEntry, actions }: Obeying): void {
  const tcpActions = tcpEntry.actions.value;
  if (!tcpActions) return;
  switch (wish.type) {
    case "step":
      tcpActions.cursor.step(wish.by);
      break;
    case "first":
      tcpActions.cursor.step(-Number.MAX_SAFE_INTEGER);
      break;
    case "last":
      tcpActions.cursor.step(Number.MAX_SAFE_INTEGER);
      break;
    case "play":
      if (tcp.playing.value) tcpActions.cursor.pause();
      else tcpActions.cursor.play();
      break;
    case "share":
      actions.page.show("share");
      void tcpActions.sessions.share();
      break;
    case "help":
      actions.page.show("help");
      break;
    case "find":
      tcpActions.cursor.findNext(wish.backward);
      break;
    case "zoom":
      tcpActions.timeline.zoomBy(wish.closer ? ZOOM_STEP : 1 / ZOOM_STEP);
      break;
    case "whole":
      tcpActions.timeline.showWhole();
      break;
    case "byHand":
    case "outcomes":
      break;
  }
}

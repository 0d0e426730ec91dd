/** The page inside somebody else's: the run, the sentence and the transport, and a way to the whole of it. */
import { interfaceIn, say } from "../words";
import { TCP_PLACE } from "../words/tcp-place";
import { TcpRun } from "./parts";
import { MovesRoom, NoticeRoom, RunningRoom, type ScreenRoomProps, TransportRoom, VerdictRoom } from "./rooms";
import type { TcpRunProps } from "./tcp-chapter";
import { TimelineRoom } from "./timeline-rooms";
import "./app.css";
import "./embedded.css";
import "./middle.css";
import "./narrow.css";
import "./low-frame.css";

export interface EmbeddedProps extends ScreenRoomProps, TcpRunProps {
  /** The page's address without its query and its fragment. */
  readonly pageUrl: string;
}

export function Embedded(props: EmbeddedProps) {
  const { store, tcp, narrow, middle, pageUrl } = props;
  const language = store.language.value;
  const words = interfaceIn(language);
  const title = (tcp.open.value ? TCP_PLACE : store.scenario.value)?.title;
  return (
    <div class={narrow.value ? "app embedded app-narrow" : middle.value ? "app embedded app-middle" : "app embedded"}>
      <header class="embedded-head">
        <h1 class="embedded-title">{title ? say(title, language) : words.product}</h1>
        <a href={pageUrl + store.fragment.value} target="_blank" rel="noopener" data-testid="open-whole">
          {words.openWhole}
        </a>
      </header>
      <NoticeRoom {...props} />
      {tcp.open.value ? (
        <TcpRun {...props} />
      ) : store.run.value ? (
        <main class="embedded-run">
          <TransportRoom {...props} />
          <MovesRoom {...props} />
          <div class="lanes">
            <TimelineRoom {...props} />
          </div>
          <VerdictRoom {...props} />
        </main>
      ) : (
        <main class="waiting" data-testid="waiting">
          <p class="soft">{store.phase.value === "failed" ? words.notRunYet : words.starting}</p>
        </main>
      )}
      <RunningRoom {...props} />
    </div>
  );
}

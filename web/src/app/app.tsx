/** The page as a whole: what stands where, on wide screens and on narrow ones. */
import { heightOfAll } from "../views/timeline/geometry";
import { interfaceIn } from "../words";
import type { OutcomesRoomProps } from "./outcomes-room";
import type { OverlayRoomProps } from "./overlay-room";
import { Outcomes, Overlay, Tcp } from "./parts";
import {
  HeaderRoom,
  MovesRoom,
  NoticeRoom,
  RunningRoom,
  SourceRoom,
  StateRoom,
  type TcpRoomProps,
  TransportRoom,
  VerdictRoom,
} from "./rooms";
import { TimelineRoom } from "./timeline-rooms";
import { WordsRoom, type WordsRoomProps } from "./words-room";
import "./app.css";

export type AppProps = TcpRoomProps & OverlayRoomProps & OutcomesRoomProps & WordsRoomProps;

const TABS = ["words", "outcomes", "program", "state", "timeline"] as const;

export function App(props: AppProps) {
  const { store, narrow } = props;
  const words = interfaceIn(store.language.value);
  const run = store.run.value;
  const failed = store.phase.value === "failed";
  const waiting = run === undefined && !failed;
  return (
    <div class={narrow.value ? "app app-narrow" : "app"}>
      <HeaderRoom {...props} />
      <NoticeRoom {...props} />
      {props.tcp.open.value ? (
        <Tcp {...props} />
      ) : waiting || failed ? (
        <main class="waiting" data-testid="waiting">
          <p class="soft">{failed ? words.notRunYet : words.starting}</p>
        </main>
      ) : narrow.value ? (
        <Narrow {...props} />
      ) : (
        <Wide {...props} />
      )}
      <RunningRoom {...props} />
      {store.overlay.value ? <Overlay {...props} /> : null}
    </div>
  );
}

function Wide(props: AppProps) {
  const { store, actions } = props;
  const asking = store.panel.value === "outcomes";
  const title = store.scenario.value?.title[store.language.value];
  const words = interfaceIn(props.store.language.value);
  const lanes = store.run.value?.lanes.length ?? 0;
  const comparing = store.compared.value !== undefined;
  return (
    <>
      <main class="columns">
        <div class="column column-words">
          <div class="panes" role="tablist" aria-label={words.views}>
            {(["words", "outcomes"] as const).map((name) => (
              <button
                key={name}
                type="button"
                role="tab"
                class="pane-tab"
                aria-selected={(name === "outcomes") === asking}
                data-testid={`pane-${name}`}
                onClick={() => actions.page.openPanel(name)}
              >
                {words.tabs[name]}
              </button>
            ))}
          </div>
          {asking ? <h1 class="unseen">{title}</h1> : null}
          {asking ? <Outcomes {...props} /> : <WordsRoom {...props} />}
        </div>
        <div class="column-program">
          <SourceRoom {...props} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section class="column column-state" aria-label={words.state} tabIndex={0}>
          <StateRoom {...props} />
        </section>
      </main>
      <div class="walk">
        <TransportRoom {...props} />
        <MovesRoom {...props} />
      </div>
      {/* With few goroutines, what is left goes to words and programs. */}
      <div class="lanes" style={comparing ? undefined : { maxHeight: `${heightOfAll(lanes)}px` }}>
        <TimelineRoom {...props} />
      </div>
      <VerdictRoom {...props} asks />
    </>
  );
}

function Narrow(props: AppProps) {
  const words = interfaceIn(props.store.language.value);
  const title = props.store.scenario.value?.title[props.store.language.value];
  const tab = props.store.panel;
  return (
    <>
      <nav aria-label={words.views}>
        <div class="tabs" role="tablist">
          {TABS.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              class="tab"
              aria-selected={tab.value === name}
              data-testid={`tab-${name}`}
              onClick={() => props.actions.page.openPanel(name)}
            >
              {words.tabs[name]}
            </button>
          ))}
        </div>
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <main class={`panel panel-${tab.value}`} aria-label={words.tabs[tab.value]} tabIndex={0}>
        {tab.value === "words" ? null : <h1 class="unseen">{title}</h1>}
        {tab.value === "words" ? <WordsRoom {...props} /> : null}
        {tab.value === "outcomes" ? <Outcomes {...props} /> : null}
        {tab.value === "program" ? <SourceRoom {...props} /> : null}
        {tab.value === "state" ? <StateRoom {...props} /> : null}
        {tab.value === "timeline" ? <TimelineRoom {...props} /> : null}
      </main>
      <VerdictRoom {...props} />
      <div class="walk">
        <MovesRoom {...props} />
        <TransportRoom {...props} />
      </div>
    </>
  );
}

/** The page as a whole: what stands where, on wide screens and on narrow ones. */
import { panelOf, Tabs } from "../design/tabs";
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
import "./middle.css";
import "./narrow.css";

export type AppProps = TcpRoomProps & OverlayRoomProps & OutcomesRoomProps & WordsRoomProps;

const TABS = ["words", "outcomes", "program", "state", "timeline"] as const;
/** Height of what a lens says, in a window of usual width. */
const LENS_PX = 96;
/** What stands in the first column, one at a time: where there is no room for a third one, the state too. */
const WIDE_TABS = ["words", "outcomes"] as const;
const MIDDLE_TABS = ["words", "outcomes", "state"] as const;

export function App(props: AppProps) {
  const { store, narrow, middle } = props;
  const words = interfaceIn(store.language.value);
  const run = store.run.value;
  const failed = store.phase.value === "failed";
  const waiting = run === undefined && !failed;
  return (
    <div class={narrow.value ? "app app-narrow" : middle.value ? "app app-middle" : "app"}>
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
  const middle = props.middle.value;
  const title = store.scenario.value?.title[store.language.value];
  const words = interfaceIn(store.language.value);
  const lanes = store.run.value?.lanes.length ?? 0;
  /** What is told below the lanes has room of its own. */
  const telling = store.lens.value === undefined ? 0 : LENS_PX;
  const comparing = store.compared.value !== undefined;
  const names = middle ? MIDDLE_TABS : WIDE_TABS;
  const open = names.find((name) => name === store.panel.value) ?? "words";
  return (
    <>
      <main class={store.source.value === "both" ? "columns columns-beside" : "columns"}>
        <div class="column column-words">
          <Tabs
            id="pane"
            label={words.views}
            kind="line"
            tabs={names.map((name) => ({ name, text: words.tabs[name] }))}
            open={open}
            onOpen={(name) => actions.page.openPanel(name)}
          />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
          <div class="column-pane" {...panelOf("pane", open)} tabIndex={0}>
            {open === "words" ? null : <h1 class="unseen">{title}</h1>}
            {open === "words" ? <WordsRoom {...props} /> : null}
            {open === "outcomes" ? <Outcomes {...props} /> : null}
            {open === "state" ? <StateRoom {...props} /> : null}
          </div>
        </div>
        <div class="column-program">
          <SourceRoom {...props} />
        </div>
        {middle ? null : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
          <section class="column column-state" aria-label={words.state} tabIndex={0}>
            <StateRoom {...props} />
          </section>
        )}
      </main>
      <div class="walk">
        <TransportRoom {...props} />
        <MovesRoom {...props} />
      </div>
      {/* With few goroutines, what is left goes to words and programs. */}
      <div class="lanes" style={comparing ? undefined : { maxHeight: `${heightOfAll(lanes) + telling}px` }}>
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
        <Tabs
          id="tab"
          label={words.views}
          kind="bar"
          tabs={TABS.map((name) => ({ name, text: words.tabs[name] }))}
          open={tab.value}
          onOpen={(name) => props.actions.page.openPanel(name)}
        />
      </nav>
      <main class="stage">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <div class={`panel panel-${tab.value}`} {...panelOf("tab", tab.value)} tabIndex={0}>
          {tab.value === "words" ? null : <h1 class="unseen">{title}</h1>}
          {tab.value === "words" ? <WordsRoom {...props} /> : null}
          {tab.value === "outcomes" ? <Outcomes {...props} /> : null}
          {tab.value === "program" ? <SourceRoom {...props} /> : null}
          {tab.value === "state" ? <StateRoom {...props} /> : null}
          {tab.value === "timeline" ? <TimelineRoom {...props} /> : null}
        </div>
      </main>
      <VerdictRoom {...props} />
      <div class="walk">
        <MovesRoom {...props} />
        <TransportRoom {...props} />
      </div>
    </>
  );
}

/** The TCP chapter as a whole: its rooms, and what stands where. */

import { words as chapterWords } from "virtual:chapter/tcp";
import type { Signal } from "@preact/signals";
import { panelOf, Tabs } from "../design/tabs";
import { pageOf } from "../state/pages";
import { SPEEDS, type Store } from "../state/store";
import type { TcpActions } from "../state/tcp/actions";
import type { TcpEntry } from "../state/tcp/entry";
import { writeTcpPlace } from "../state/tcp/link";
import type { TcpStore } from "../state/tcp/store";
import { GoroutinesView } from "../views/goroutines/goroutines-view";
import { NoticeBar } from "../views/notice/notice-view";
import { ObjectsView } from "../views/objects/objects-view";
import { OutputView } from "../views/output/output-view";
import { ClientsView } from "../views/tcp/clients-view";
import { ServerView } from "../views/tcp/server-view";
import { SessionView } from "../views/tcp/session-view";
import { TcpShareView } from "../views/tcp/share-view";
import { TimelineView } from "../views/timeline/timeline-view";
import { TransportView } from "../views/transport/transport-view";
import { WordsView } from "../views/words/words-view";
import { interfaceIn } from "../words";
import { tcpIn } from "../words/tcp";
import { TCP_PLACE } from "../words/tcp-place";
import { tcpTrouble } from "../words/tcp-trouble";

/** Where `npm start` serves the page. */
const COMPANION = "http://127.0.0.1:8080/";

export interface TcpRunProps {
  readonly store: Store;
  readonly tcp: TcpStore;
  readonly tcpEntry: TcpEntry;
  readonly dark: Signal<boolean>;
  readonly narrow: Signal<boolean>;
  readonly middle: Signal<boolean>;
  readonly turned: Signal<boolean>;
  readonly embedded: boolean;
}

export interface TcpChapterProps extends TcpRunProps {
  copy(text: string): Promise<boolean>;
  save(name: string, text: string): void;
}

/** What can be done in the chapter has been loaded. */
interface Begun {
  readonly tcpActions: TcpActions;
}

export function TcpChapter(props: TcpChapterProps) {
  const tcpActions = begunIn(props);
  if (!tcpActions) return <Waiting {...props} />;
  const all = { ...props, tcpActions };
  return (
    <>
      <TroubleRoom {...all} />
      {props.narrow.value ? <Narrow {...all} /> : <Wide {...all} />}
    </>
  );
}

function begunIn({ tcp, tcpEntry }: TcpRunProps): TcpActions | undefined {
  return tcp.phase.value === "ready" ? tcpEntry.actions.value : undefined;
}

function Waiting({ store, tcp }: TcpRunProps) {
  const words = tcpIn(store.language.value);
  return (
    <main class="waiting" data-testid="waiting">
      <p class="soft">{tcp.phase.value === "failed" ? words.failed : words.loading}</p>
    </main>
  );
}

/** What is wrong with the link or the file that was to be shown. */
function TroubleRoom({ store, tcp, tcpActions }: TcpRunProps & Begun) {
  const language = store.language.value;
  const text = tcpTrouble(tcp, language);
  if (text === undefined) return null;
  return (
    <NoticeBar
      words={interfaceIn(language)}
      kind="badSession"
      text={text}
      onDismiss={() => tcpActions.sessions.dismissTrouble()}
    />
  );
}

/** The recorded session inside somebody else's page: to be walked, without its controls. */
export function TcpRun(props: TcpRunProps) {
  const tcpActions = begunIn(props);
  if (!tcpActions) return <Waiting {...props} />;
  const all = { ...props, tcpActions };
  return (
    <>
      <TroubleRoom {...all} />
      <main class="embedded-run">
        <TransportRoom {...all} />
        <div class="lanes">
          <TimelineRoom {...all} />
        </div>
      </main>
    </>
  );
}

const MIDDLE_TABS = ["words", "state"] as const;

function Wide(props: TcpChapterProps & Begun) {
  const { store, tcp } = props;
  const words = tcpIn(store.language.value);
  const general = interfaceIn(store.language.value);
  const middle = props.middle.value;
  const open = MIDDLE_TABS.find((name) => name === tcp.panel.value) ?? "words";
  return (
    <>
      <main class="columns">
        {middle ? (
          <div class="column column-words">
            <Tabs
              id="pane"
              label={general.views}
              kind="line"
              tabs={MIDDLE_TABS.map((name) => ({ name, text: words.tabs[name] }))}
              open={open}
              onOpen={(name) => {
                tcp.panel.value = name;
              }}
            />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
            <div class="column-pane" {...panelOf("pane", open)} tabIndex={0}>
              {open === "words" ? <WordsRoom {...props} /> : <Title {...props} />}
              {open === "state" ? <StateRoom {...props} /> : null}
            </div>
          </div>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
          <section class="column column-alone" aria-label={words.tabs.words} tabIndex={0}>
            <WordsRoom {...props} />
          </section>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section class="column column-alone column-program" aria-label={words.controls} tabIndex={0}>
          <ControlsRoom {...props} />
        </section>
        {middle ? null : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
          <section class="column column-state" aria-label={general.state} tabIndex={0}>
            <StateRoom {...props} />
          </section>
        )}
      </main>
      <div class="walk">
        <TransportRoom {...props} />
      </div>
      <div class="lanes">
        <TimelineRoom {...props} />
      </div>
    </>
  );
}

const TABS = ["words", "server", "state", "timeline"] as const;

function Narrow(props: TcpChapterProps & Begun) {
  const { store, tcp } = props;
  const words = tcpIn(store.language.value);
  const tab = tcp.panel;
  return (
    <>
      <nav aria-label={interfaceIn(store.language.value).views}>
        <Tabs
          id="tab"
          label={interfaceIn(store.language.value).views}
          kind="bar"
          tabs={TABS.map((name) => ({ name, text: words.tabs[name] }))}
          open={tab.value}
          onOpen={(name) => {
            tab.value = name;
          }}
        />
      </nav>
      <main class="stage">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <div class={`panel panel-${tab.value}`} {...panelOf("tab", tab.value)} tabIndex={0}>
          {tab.value === "words" ? <WordsRoom {...props} /> : <Title {...props} />}
          {tab.value === "server" ? <ControlsRoom {...props} /> : null}
          {tab.value === "state" ? <StateRoom {...props} /> : null}
          {tab.value === "timeline" ? <TimelineRoom {...props} /> : null}
        </div>
      </main>
      <div class="walk">
        <TransportRoom {...props} />
      </div>
    </>
  );
}

/** Where the words, which have it for their heading, are not shown. */
function Title({ store }: TcpChapterProps) {
  return <h1 class="unseen">{TCP_PLACE.title[store.language.value]}</h1>;
}

function WordsRoom({ store }: TcpChapterProps) {
  return (
    <WordsView
      blocks={chapterWords[store.language.value]}
      scenario="tcp-clock"
      label={undefined}
      kept={undefined}
      onLabel={() => {}}
      onKeep={() => {}}
      onLink={() => {}}
    />
  );
}

function ControlsRoom({ store, tcp, tcpActions, copy }: TcpChapterProps & Begun) {
  const language = store.language.value;
  const words = tcpIn(language);
  const clock = tcp.clock.value;
  const status = clock?.state.status;
  return (
    <>
      <SessionView
        words={words}
        showing={tcp.showing.value}
        line={tcp.line.value}
        full={tcp.run.value.full}
        restarted={tcp.restarted.value}
        onLive={() => tcpActions.sessions.goLive()}
        onShipped={() => void tcpActions.sessions.openShipped()}
        onAnew={() => tcpActions.sessions.beginAnew()}
      />
      <ServerView
        words={words}
        line={tcp.line.value}
        clock={clock}
        refused={tcp.refused.value}
        companionUrl={COMPANION + (store.fragment.value || writeTcpPlace({ at: tcp.at.value, session: undefined }))}
        onSet={(change) => void tcpActions.server.set(change)}
        onStart={() => void tcpActions.server.start()}
      />
      <ClientsView
        words={words}
        clients={tcp.clients.value}
        swarm={clock?.swarm ?? 0}
        address={status?.type === "running" ? status.address : undefined}
        disabled={clock === undefined}
        onOpen={(count) => tcpActions.clients.open(count)}
        onPause={(number, paused) => tcpActions.clients.pause(number, paused)}
        onEndWriting={(number) => tcpActions.clients.endWriting(number)}
        onReset={(number) => tcpActions.clients.reset(number)}
        onClose={(number) => tcpActions.clients.close(number)}
        onSwarm={(count) => void tcpActions.server.setSwarm(count)}
        onCopy={copy}
      />
    </>
  );
}

function StateRoom({ store, tcp, tcpActions }: TcpChapterProps & Begun) {
  const words = interfaceIn(store.language.value);
  const moment = tcp.moment.value;
  const named = tcp.named.value;
  if (!moment) return null;
  return (
    <>
      <GoroutinesView words={words} named={named} goroutines={moment.goroutines} />
      <ObjectsView
        words={words}
        named={named}
        objects={moment.objects}
        whole={moment.whole}
        event={moment.event ?? undefined}
        moving={tcp.stride.value === 1}
      />
      <OutputView
        words={words}
        named={named}
        lines={moment.output}
        total={moment.outputLines}
        at={moment.at}
        onSeek={(position) => tcpActions.cursor.seek(position)}
      />
    </>
  );
}

function TransportRoom({ store, tcp, tcpActions }: TcpRunProps & Begun) {
  return (
    <TransportView
      words={interfaceIn(store.language.value)}
      named={tcp.named.value}
      at={tcp.at.value}
      events={tcp.run.value.events}
      sentence={tcp.moment.value?.event?.sentence}
      seed={undefined}
      playing={tcp.playing.value}
      speed={tcp.speed.value}
      speeds={SPEEDS}
      choices={0}
      disabled={false}
      find={{
        quarry: tcp.quarry.value,
        objects: tcp.moment.value?.objects ?? [],
        nothing: tcp.foundNothing.value,
        onFollow: (quarry) => tcpActions.cursor.follow(quarry),
        onFind: (backward) => tcpActions.cursor.findNext(backward),
      }}
      onSeek={(position) => {
        tcpActions.cursor.pause();
        tcpActions.cursor.seek(position);
      }}
      onPlay={() => tcpActions.cursor.play()}
      onPause={() => tcpActions.cursor.pause()}
      onSpeed={(speed) => tcpActions.cursor.setSpeed(speed)}
    />
  );
}

function TimelineRoom({ store, tcp, tcpActions, dark, turned, embedded }: TcpRunProps & Begun) {
  const moment = tcp.moment.value;
  const at = tcp.at.value;
  return (
    <TimelineView
      words={interfaceIn(store.language.value)}
      named={tcp.named.value}
      events={tcp.run.value.events}
      leaked={NOBODY}
      followed={tcp.quarry.value.type === "goroutine" ? tcp.quarry.value.id : undefined}
      onFollow={(id) => tcpActions.cursor.follow({ type: "goroutine", id })}
      at={at}
      stride={tcp.stride.value}
      actor={moment?.event?.goroutine}
      value={moment?.event?.value ?? undefined}
      viewport={tcp.viewport.value}
      stretch={tcp.stretch.value}
      pointed={tcp.pointed.value}
      turned={turned.value}
      takesWheel={!embedded}
      theme={dark.value ? "dark" : "light"}
      listOpen={tcp.listOpen.value}
      nearby={tcp.nearby.value}
      listPage={tcp.listPage.value ?? pageOf(at)}
      onSeek={(position) => {
        tcpActions.cursor.pause();
        tcpActions.cursor.seek(position);
      }}
      onZoom={(factor, around) => tcpActions.timeline.zoomBy(factor, around)}
      onPan={(events) => tcpActions.timeline.panBy(events)}
      onWhole={() => tcpActions.timeline.showWhole()}
      onRoom={(room) => tcpActions.timeline.setRoom(room)}
      onPoint={(position) => tcpActions.timeline.point(position)}
      onList={(open) => tcpActions.timeline.setListOpen(open)}
      onPage={(page) => tcpActions.timeline.turnList(page)}
    />
  );
}

const NOBODY: ReadonlySet<number> = new Set();

export interface TcpShareRoomProps extends TcpChapterProps {
  readonly closeName: string;
  onClose(): void;
}

export function TcpShareRoom(props: TcpShareRoomProps) {
  const { store, tcp, copy, save, closeName, onClose } = props;
  const tcpActions = begunIn(props);
  if (!tcpActions) return null;
  return (
    <TcpShareView
      words={tcpIn(store.language.value)}
      closeName={closeName}
      shared={tcp.shared.value}
      onCopy={copy}
      onSave={() => save("chanscope-tcp.json", tcpActions.sessions.text())}
      onOpen={(file) => {
        onClose();
        void file.text().then((text) => tcpActions.sessions.openFile(text));
      }}
      onClose={onClose}
    />
  );
}

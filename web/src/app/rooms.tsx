/**
 * Where views meet the state: each room reads the signals that its view is a snapshot of, and hands it callbacks.
 *
 * Views know neither each other nor the store; rooms know nothing of how a view draws.
 */
import type { Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Actions } from "../state/actions/actions";
import { programAsSet } from "../state/program-as-set";
import { sameLines } from "../state/scenario-files";
import { SPEEDS, type Store } from "../state/store";
import type { TcpEntry } from "../state/tcp/entry";
import type { TcpStore } from "../state/tcp/store";
import { GoroutinesView } from "../views/goroutines/goroutines-view";
import { HeaderView } from "../views/header/header-view";
import { MovesView } from "../views/moves/moves-view";
import { NoticeView } from "../views/notice/notice-view";
import { ObjectsView } from "../views/objects/objects-view";
import { OutputView } from "../views/output/output-view";
import { ProcessorsView } from "../views/processors/processors-view";
import { SourceView } from "../views/source/source-view";
import type { Picture } from "../views/timeline/picture";
import { TransportView } from "../views/transport/transport-view";
import { VerdictView } from "../views/verdict/verdict-view";
import { interfaceIn } from "../words";
import { TCP_PLACE } from "../words/tcp-place";

export interface RoomProps {
  readonly store: Store;
  readonly actions: Actions;
}

export interface ScreenRoomProps extends RoomProps {
  readonly dark: Signal<boolean>;
  readonly narrow: Signal<boolean>;
  /** Neither narrow nor wide: what has no room beside the program stands in tabs. */
  readonly middle: Signal<boolean>;
  /** There is not the height for two runs. */
  readonly low: Signal<boolean>;
  /** Time runs down. */
  readonly turned: Signal<boolean>;
  /** The timeline as it was drawn last. */
  readonly picture: { current: Picture | undefined };
  /** Whether the page stands in somebody else's. */
  readonly embedded: boolean;
}

export interface TcpRoomProps extends ScreenRoomProps {
  readonly tcp: TcpStore;
  readonly tcpEntry: TcpEntry;
}

export function HeaderRoom({ store, actions, dark, tcp, tcpEntry }: TcpRoomProps) {
  const language = store.language.value;
  return (
    <HeaderView
      words={interfaceIn(language)}
      language={language}
      dark={dark.value}
      place={tcp.open.value ? TCP_PLACE : store.scenario.value}
      canShare={tcp.open.value ? tcp.phase.value === "ready" : store.run.value !== undefined}
      onChapters={() => void actions.page.showChapters()}
      onLanguage={(chosen) => void actions.page.setLanguage(chosen)}
      onTheme={() => actions.page.toggleTheme()}
      onHelp={() => actions.page.show("help")}
      onShare={() => {
        if (!tcp.open.value) return void actions.sharing.share();
        actions.page.show("share");
        void tcpEntry.actions.value?.sessions.share();
      }}
    />
  );
}

export function NoticeRoom({ store, actions }: RoomProps) {
  const language = store.language.value;
  const notice = store.notice.value;
  if (!notice) return null;
  return (
    <NoticeView
      words={interfaceIn(language)}
      language={language}
      notice={notice}
      onSeek={(position) => actions.cursor.seek(position)}
      onDismiss={() => actions.page.dismissNotice()}
    />
  );
}

export function SourceRoom({ store, actions }: RoomProps) {
  const moment = store.moment.value;
  const event = moment?.event ?? undefined;
  const named = store.named.value;
  return (
    <SourceView
      words={interfaceIn(store.language.value)}
      files={store.files.value}
      run={store.run.value?.spec}
      choice={store.source.value}
      named={named}
      goroutines={moment?.goroutines ?? []}
      actor={event ? named[event.goroutine] : undefined}
      site={event?.site ?? undefined}
      cameFrom={event?.cameFrom ?? undefined}
      label={store.label.value ?? store.keptLabel.value}
      noEvent={store.foundNothing.value === "line"}
      onChoose={(choice) => actions.page.setSource(choice)}
      onLines={(lines) => void actions.cursor.findLines(lines)}
    />
  );
}

export function StateRoom({ store, actions }: RoomProps) {
  const words = interfaceIn(store.language.value);
  const moment = store.moment.value;
  const named = store.named.value;
  if (!moment) return null;
  return (
    <>
      <GoroutinesView
        words={words}
        named={named}
        goroutines={moment.goroutines}
        {...(moment.at === store.run.value?.events ? { leaked: store.blocked.value.leaked } : {})}
      />
      <ProcessorsView words={words} named={named} processors={moment.processors} />
      <ObjectsView
        words={words}
        named={named}
        objects={moment.objects}
        whole={moment.whole}
        woken={new Set(moment.goroutines.flatMap(({ id, status }) => (status === "ready" ? id : [])))}
        event={moment.event ?? undefined}
        moving={store.drawnStride.value === 1}
      />
      <OutputView
        words={words}
        named={named}
        lines={moment.output}
        total={moment.outputLines}
        at={moment.at}
        onSeek={(position) => actions.cursor.seek(position)}
      />
    </>
  );
}

export function TransportRoom({ store, actions }: RoomProps) {
  const run = store.run.value;
  return (
    <TransportView
      words={interfaceIn(store.language.value)}
      named={store.named.value}
      at={store.drawnAt.value}
      events={run?.events ?? 0}
      sentence={store.moment.value?.event?.sentence}
      seed={run?.spec.seed}
      playing={store.playing.value}
      speed={store.speed.value}
      speeds={SPEEDS}
      byHand={store.byHand.value}
      choices={run?.spec.deviations.length ?? 0}
      disabled={run === undefined}
      find={{
        quarry: store.quarry.value,
        objects: store.moment.value?.objects ?? [],
        nothing: store.foundNothing.value === "line" ? undefined : store.foundNothing.value,
        onFollow: (quarry) => actions.cursor.follow(quarry),
        onFind: (backward) => void actions.cursor.findNext(backward),
      }}
      onSeek={(position) => {
        actions.cursor.pause();
        actions.cursor.seek(position);
      }}
      onPlay={() => actions.cursor.play()}
      onPause={() => actions.cursor.pause()}
      onSpeed={(speed) => actions.cursor.setSpeed(speed)}
      onByHand={(on) => actions.byHand.set(on)}
      onForgetChoices={() => void actions.byHand.forgetChoices()}
    />
  );
}

export function MovesRoom({ store, actions }: RoomProps) {
  if (!store.byHand.value) return null;
  return (
    <MovesView
      words={interfaceIn(store.language.value)}
      named={store.named.value}
      moves={store.moves.value}
      at={store.drawnAt.value}
      everyStep={store.everyStep.value}
      onEveryStep={(on) => actions.byHand.setEveryStep(on)}
      onChoose={(choice) => void actions.byHand.choose(choice)}
    />
  );
}

export function VerdictRoom({ store, actions, asks }: RoomProps & { readonly asks?: boolean }) {
  const language = store.language.value;
  const files = store.files.value;
  const config = store.run.value?.spec.config;
  const go = useMemo(() => files && config && programAsSet(files.go, config), [files, config]);
  return (
    <VerdictView
      words={interfaceIn(language)}
      language={language}
      run={store.run.value}
      goLines={(line) => (files && go ? sameLines(files.rust, line, go) : [])}
      onOutcomes={asks ? () => actions.page.openPanel("outcomes") : undefined}
      onSeek={(position) => {
        actions.cursor.pause();
        actions.cursor.seek(position);
      }}
    />
  );
}

export function RunningRoom({ store, actions }: RoomProps) {
  const words = interfaceIn(store.language.value);
  const events = store.underWay.value;
  if (events === undefined) return null;
  return (
    <div class="running" role="status" data-testid="running">
      <span class="running-pulse" aria-hidden="true" />
      {words.running(events)}
      <button type="button" class="button" data-testid="cancel" onClick={() => void actions.runs.cancel()}>
        {words.cancel}
      </button>
    </div>
  );
}

/**
 * Where views meet the state: each room reads the signals that its view is a snapshot of, and hands it callbacks.
 *
 * Views know neither each other nor the store; rooms know nothing of how a view draws.
 */
import type { Signal } from "@preact/signals";
import type { Actions } from "../state/actions";
import { concurrentWith, told } from "../state/around";
import type { Compared } from "../state/comparison";
import { isChanged } from "../state/draft";
import type { Explorations } from "../state/exploration";
import { SPEEDS, type Store } from "../state/store";
import type { TcpActions } from "../state/tcp-actions";
import type { TcpStore } from "../state/tcp-store";
import { ChaptersView } from "../views/chapters/chapters-view";
import { CompareView } from "../views/compare/compare-view";
import { FormView } from "../views/form/form-view";
import { GoroutinesView } from "../views/goroutines/goroutines-view";
import { HeaderView } from "../views/header/header-view";
import { HelpView } from "../views/help/help-view";
import { MovesView } from "../views/moves/moves-view";
import { NoticeView } from "../views/notice/notice-view";
import { ObjectsView } from "../views/objects/objects-view";
import { OutcomesView } from "../views/outcomes/outcomes-view";
import { OutputView } from "../views/output/output-view";
import { PresetsView } from "../views/presets/presets-view";
import { ShareView } from "../views/share/share-view";
import { SourceView } from "../views/source/source-view";
import { type Picture, pngOf, svgOf } from "../views/timeline/picture";
import { type TimelineProps, TimelineView } from "../views/timeline/timeline-view";
import { TransportView } from "../views/transport/transport-view";
import { VerdictView } from "../views/verdict/verdict-view";
import { WordsView } from "../views/words/words-view";
import { interfaceIn } from "../words";
import { TCP_PLACE } from "../words/tcp";
import { TcpShareRoom } from "./tcp-chapter";

export interface RoomProps {
  readonly store: Store;
  readonly actions: Actions;
}

export interface ScreenRoomProps extends RoomProps {
  readonly dark: Signal<boolean>;
  readonly narrow: Signal<boolean>;
  /** The timeline as it was drawn last. */
  readonly picture: { current: Picture | undefined };
  /** Whether the page stands in somebody else's. */
  readonly embedded: boolean;
}

export interface TcpRoomProps extends ScreenRoomProps {
  readonly tcp: TcpStore;
  readonly tcpActions: TcpActions;
}

export function HeaderRoom({ store, actions, dark, tcp, tcpActions }: TcpRoomProps) {
  const language = store.language.value;
  return (
    <HeaderView
      words={interfaceIn(language)}
      language={language}
      dark={dark.value}
      place={tcp.open.value ? TCP_PLACE : store.scenario.value}
      canShare={tcp.open.value ? tcp.phase.value === "ready" : store.run.value !== undefined}
      onChapters={() => actions.show("chapters")}
      onLanguage={(chosen) => actions.setLanguage(chosen)}
      onTheme={() => actions.toggleTheme()}
      onHelp={() => actions.show("help")}
      onShare={() => {
        if (!tcp.open.value) return void actions.share();
        actions.show("share");
        void tcpActions.share();
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
      onSeek={(position) => actions.seek(position)}
      onDismiss={() => actions.dismissNotice()}
    />
  );
}

export function WordsRoom({ store, actions, explorations }: OutcomesRoomProps) {
  const language = store.language.value;
  const words = interfaceIn(language);
  const scenario = store.scenario.value;
  const files = store.files.value;
  const run = store.run.value;
  if (!scenario) return null;
  return (
    <>
      {files ? (
        <WordsView
          blocks={files.words[language]}
          scenario={scenario.id}
          label={store.label.value}
          asking={{
            words,
            explored: store.exploredHere.value,
            guesses: store.guesses.value,
            onGuess: (option, can) => explorations.guess(option, can),
            onFindOut: () => explorations.start(),
            onOpen: (outcome) => void explorations.open(outcome),
          }}
          bytesOf={(role, count) => {
            const bytes = run?.lanes.find((lane) => lane.role === role)?.futureBytes;
            if (!bytes) return undefined;
            return count === 1 ? `${bytes} B` : words.bytes(bytes * count);
          }}
          onLabel={(label) => actions.pointAtLabel(label)}
          onLink={(fragment) => void actions.openLink(fragment)}
        />
      ) : null}
      <PresetsView
        words={words}
        language={language}
        presets={scenario.presets}
        fields={scenario.fields}
        current={run?.spec}
        onRun={(spec) => void actions.openRun(spec)}
      />
      <FormView
        words={words}
        language={language}
        fields={scenario.fields}
        draft={store.draft.value}
        errors={store.draftErrors.value}
        changed={run !== undefined && isChanged(store.draft.value, run.spec, scenario.fields)}
        onEdit={(change) => actions.editDraft(change)}
        onRun={() => void actions.runDraft()}
        onReset={() => actions.resetDraft()}
      />
    </>
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
      choice={store.source.value}
      named={named}
      goroutines={moment?.goroutines ?? []}
      actor={event ? named[event.goroutine] : undefined}
      site={event?.site ?? undefined}
      label={store.label.value}
      onChoose={(choice) => actions.setSource(choice)}
      onLines={(lines) => void actions.findLines(lines)}
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
      <GoroutinesView words={words} named={named} goroutines={moment.goroutines} />
      <ObjectsView
        words={words}
        named={named}
        objects={moment.objects}
        whole={moment.whole}
        event={moment.event ?? undefined}
        moving={store.stride.value === 1}
      />
      <OutputView
        words={words}
        named={named}
        lines={moment.output}
        total={moment.outputLines}
        at={moment.at}
        onSeek={(position) => actions.seek(position)}
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
      at={store.at.value}
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
        nothing: store.foundNothing.value,
        onFollow: (quarry) => actions.follow(quarry),
        onFind: (backward) => void actions.findNext(backward),
      }}
      onSeek={(position) => {
        actions.pause();
        actions.seek(position);
      }}
      onPlay={() => actions.play()}
      onPause={() => actions.pause()}
      onSpeed={(speed) => actions.setSpeed(speed)}
      onByHand={(on) => actions.setByHand(on)}
      onForgetChoices={() => void actions.forgetChoices()}
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
      onChoose={(choice) => void actions.choose(choice)}
    />
  );
}

/** One run's timeline, or that of two beside each other. */
export function TimelineRoom(props: ScreenRoomProps) {
  const { store, actions } = props;
  const compared = store.compared.value;
  const run = store.run.value;
  if (!compared || !run) return <OneTimeline {...props} />;
  const { comparison, named } = compared;
  const language = store.language.value;
  const seek = (position: number) => {
    actions.pause();
    actions.seek(position);
  };
  const moment = store.moment.value;
  return (
    <CompareView
      words={interfaceIn(language)}
      language={language}
      same={comparison.same}
      parted={comparison.parted}
      at={store.at.value}
      ours={{
        verdict: run.verdict,
        events: run.events,
        named: store.named.value,
        sentence: moment?.event?.sentence,
        timeline: <OneTimeline {...props} />,
      }}
      theirs={{
        verdict: comparison.other.verdict,
        events: comparison.other.events,
        named,
        sentence: store.otherEvent.value?.sentence,
        timeline: <OtherTimeline {...props} compared={compared} />,
      }}
      onSeek={seek}
      onEnd={() => actions.endComparison()}
    />
  );
}

function partingOf(store: Store): TimelineProps["parting"] {
  const comparison = store.compared.value?.comparison;
  if (!comparison?.parted) return undefined;
  return { at: comparison.same, text: interfaceIn(store.language.value).compare.parting };
}

function OtherTimeline(props: ScreenRoomProps & { readonly compared: Compared }) {
  const { store, actions, dark, narrow, compared } = props;
  const { other } = compared.comparison;
  const leaked = other.verdict.findings.filter(({ kind }) => kind === "leaked");
  return (
    <TimelineView
      words={interfaceIn(store.language.value)}
      named={compared.named}
      events={other.events}
      leaked={new Set(leaked.flatMap(({ goroutines }) => goroutines))}
      followed={undefined}
      onFollow={(id) => actions.follow({ type: "goroutine", id })}
      at={Math.min(store.at.value, other.events)}
      stride={store.stride.value}
      actor={store.otherEvent.value?.goroutine}
      value={store.otherEvent.value?.value ?? undefined}
      viewport={store.viewport.value}
      stretch={store.otherStretch.value}
      parting={partingOf(store)}
      pointed={undefined}
      turned={narrow.value}
      takesWheel
      theme={dark.value ? "dark" : "light"}
      listOpen={false}
      nearby={[]}
      onSeek={(position) => {
        actions.pause();
        actions.seek(position);
      }}
      onZoom={(factor, around) => actions.zoomBy(factor, around)}
      onPan={(events) => actions.panBy(events)}
      onWhole={() => actions.showWhole()}
      onRoom={(room) => actions.setOtherRoom(room)}
      onPoint={() => {}}
      onList={() => {}}
      bare
    />
  );
}

function OneTimeline({ store, actions, dark, narrow, picture, embedded }: ScreenRoomProps) {
  const moment = store.moment.value;
  const at = store.at.value;
  return (
    <TimelineView
      words={interfaceIn(store.language.value)}
      named={store.named.value}
      lanes={lanesOf(store, actions)}
      lens={lensOf(store, actions)}
      parting={partingOf(store)}
      onDrawn={(drawn) => {
        picture.current = drawn;
      }}
      events={store.run.value?.events ?? 0}
      leaked={store.leaked.value}
      followed={store.quarry.value.type === "goroutine" ? store.quarry.value.id : undefined}
      onFollow={(id) => actions.follow({ type: "goroutine", id })}
      at={at}
      stride={store.stride.value}
      actor={moment?.event?.goroutine}
      value={moment?.at === at ? (moment.event?.value ?? undefined) : undefined}
      viewport={store.viewport.value}
      stretch={store.stretch.value}
      pointed={store.pointed.value}
      turned={narrow.value && !embedded}
      takesWheel={!embedded}
      theme={dark.value ? "dark" : "light"}
      listOpen={store.listOpen.value}
      nearby={store.nearby.value}
      onSeek={(position) => {
        actions.pause();
        actions.seek(position);
      }}
      onZoom={(factor, around) => actions.zoomBy(factor, around)}
      onPan={(events) => actions.panBy(events)}
      onWhole={() => actions.showWhole()}
      onRoom={(room) => actions.setRoom(room)}
      onPoint={(position) => actions.point(position)}
      onList={(open) => actions.setListOpen(open)}
    />
  );
}

function lanesOf(store: Store, actions: Actions): TimelineProps["lanes"] {
  const { rows, places, folds, by } = store.rows.value;
  const event = store.moment.value?.event;
  const acting = by === "goroutine" ? event?.goroutine : by === "object" ? event?.object : undefined;
  return {
    rows,
    places,
    folds,
    choice: store.laneChoice.value,
    kinds: store.run.value?.processors ? ["goroutine", "processor", "object"] : ["goroutine", "object"],
    acting: acting == null ? undefined : places.get(acting),
    onChange: (change) => actions.setLanes(change),
    onFold: (role) => actions.foldLanes(role),
  };
}

function lensOf(store: Store, actions: Actions): NonNullable<TimelineProps["lens"]> {
  const at = store.at.value;
  const lens = store.lens.value;
  const event = store.moment.value?.at === at ? store.moment.value.event : undefined;
  const around = store.around.value?.at === at && at > 0 ? store.around.value.answer : undefined;
  const journey = store.journey.value?.at === at && at > 0 ? store.journey.value.answer : undefined;
  const answer = lens === "order" ? around : lens === "value" ? journey : undefined;
  const refused = answer && "message" in answer ? answer.message[store.language.value] : undefined;
  const run = store.run.value;
  const order = around && "first" in around ? around : undefined;
  const actors = new Set(event ? [event.goroutine, ...(order && order.first < order.last ? event.reached : [])] : []);
  const stretches = order && run ? concurrentWith(order, run.lanes, run.events) : [];
  return {
    lens,
    refused,
    told: order ? told(order, actors, stretches) : undefined,
    stretches: stretches.filter(({ goroutine }) => !actors.has(goroutine)),
    journey: journey && !("message" in journey) ? journey : [],
    onLens: (chosen) => actions.setLens(chosen),
  };
}

export interface OutcomesRoomProps extends RoomProps {
  readonly explorations: Explorations;
  readonly pageUrl: string;
  copy(text: string): Promise<boolean>;
}

export function OutcomesRoom({ store, actions, explorations, pageUrl, copy }: OutcomesRoomProps) {
  const language = store.language.value;
  return (
    <OutcomesView
      words={interfaceIn(language)}
      language={language}
      explored={store.exploredHere.value}
      limits={store.limits.value}
      errors={store.limitErrors.value}
      current={store.run.value?.digest}
      onStart={() => explorations.start()}
      onCancel={() => explorations.cancel()}
      onLimits={(change) => explorations.editLimits(change)}
      onOpen={(outcome, at) => void explorations.open(outcome, at)}
      onCompare={({ spec, link }) => void actions.compareRun(spec, link ?? undefined)}
      onCopy={(fragment) => copy(pageUrl + fragment)}
    />
  );
}

export function VerdictRoom({ store, actions, asks }: RoomProps & { readonly asks?: boolean }) {
  const language = store.language.value;
  return (
    <VerdictView
      words={interfaceIn(language)}
      language={language}
      run={store.run.value}
      onOutcomes={asks ? () => actions.openPanel("outcomes") : undefined}
      onSeek={(position) => {
        actions.pause();
        actions.seek(position);
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
      <button type="button" class="button" data-testid="cancel" onClick={() => actions.cancelRun()}>
        {words.cancel}
      </button>
    </div>
  );
}

export interface OverlayRoomProps extends TcpRoomProps {
  copy(text: string): Promise<boolean>;
  save(name: string, content: string | Blob, type?: string): void;
}

export function OverlayRoom(props: OverlayRoomProps) {
  const { store, actions, tcp, tcpActions, copy, save } = props;
  const language = store.language.value;
  const words = interfaceIn(language);
  const run = store.run.value;
  const close = () => actions.show(undefined);
  switch (store.overlay.value) {
    case "help":
      return <HelpView words={words} onClose={close} />;
    case "chapters":
      return (
        <ChaptersView
          words={words}
          language={language}
          catalogue={store.catalogue.value}
          current={tcp.open.value ? TCP_PLACE.id : store.scenario.value?.id}
          beside={[TCP_PLACE]}
          onBeside={() => {
            close();
            tcpActions.enter();
          }}
          onOpen={({ presets }) => {
            close();
            const spec = presets[0]?.spec;
            if (spec) void actions.openRun(spec);
          }}
          onClose={close}
        />
      );
    case "share":
      if (tcp.open.value) return <TcpShareRoom {...props} closeName={words.close} onClose={close} />;
      return run ? (
        <ShareView
          words={words}
          at={store.at.value}
          events={run.events}
          digest={run.digest}
          link={store.shared.value}
          onCopy={copy}
          base={store.base.value}
          onBase={(typed) => actions.setBase(typed)}
          onCompare={(link) => {
            close();
            void actions.compareWith(link);
          }}
          onPicture={(kind) => {
            const { current } = props.picture;
            const name = `${run.spec.scenario}.${kind}`;
            const file = current && (kind === "svg" ? svgOf(current) : pngOf(current));
            if (file !== undefined) save(name, file, "image/svg+xml");
          }}
          onSave={(kind) => void actions.file(kind).then((file) => file && save(file.name, file.text))}
          onOpen={(file) => {
            close();
            void file.text().then((text) => actions.openFile(text));
          }}
          onClose={close}
        />
      ) : null;
    case undefined:
      return null;
  }
}

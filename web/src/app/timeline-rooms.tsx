/** The rooms of the timeline: one run's, or two runs' beside each other. */
import type { Actions } from "../state/actions/actions";
import type { Compared } from "../state/actions/comparisons";
import { concurrentWith, told } from "../state/around";
import { blockedIn } from "../state/blocked";
import { pageOf } from "../state/pages";
import type { Store } from "../state/store";
import { CompareView } from "../views/compare/compare-view";
import { longestOf, type TimelineProps, TimelineView } from "../views/timeline/timeline-view";
import { interfaceIn } from "../words";
import type { ScreenRoomProps } from "./rooms";

/** One run's timeline, or that of two beside each other. */
export function TimelineRoom(props: ScreenRoomProps) {
  const { store, actions } = props;
  const compared = store.compared.value;
  const run = store.run.value;
  if (!compared || !run) return <OneTimeline {...props} />;
  const { comparison, named } = compared;
  const language = store.language.value;
  const moment = store.moment.value;
  return (
    <CompareView
      words={interfaceIn(language)}
      language={language}
      same={comparison.same}
      parted={comparison.parted}
      one={props.narrow.value || props.low.value}
      low={props.low.value}
      at={store.drawnAt.value}
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
      onSeek={(position) => goTo(actions, position)}
      onEnd={() => actions.comparisons.end()}
    />
  );
}

function partingOf(store: Store): TimelineProps["parting"] {
  const comparison = store.compared.value?.comparison;
  return comparison?.parted ? comparison.same : undefined;
}

/** What both timelines show alike, and how the reader moves about in them. */
function sharedBy({ store, actions, dark }: ScreenRoomProps) {
  return {
    words: interfaceIn(store.language.value),
    stride: store.drawnStride.value,
    viewport: store.drawnViewport.value,
    parting: partingOf(store),
    theme: dark.value ? "dark" : "light",
    onSeek: (position) => goTo(actions, position),
    onZoom: (factor, around) => actions.timeline.zoomBy(factor, around),
    onPan: (events) => actions.timeline.panBy(events),
    onWhole: () => actions.timeline.showWhole(),
    onFollow: (id) => actions.cursor.follow({ type: "goroutine", id }),
  } satisfies Partial<TimelineProps>;
}

/** Length of the longest name of the run that stands beside: names have as much room in both. */
function besideName(lanes: readonly { readonly name: string }[] | undefined): number | undefined {
  return lanes && longestOf(lanes);
}

function goTo(actions: Actions, position: number): void {
  actions.cursor.pause();
  actions.cursor.seek(position);
}

function OtherTimeline(props: ScreenRoomProps & { readonly compared: Compared }) {
  const { store, actions, turned, compared } = props;
  const { other } = compared.comparison;
  return (
    <TimelineView
      {...sharedBy(props)}
      named={compared.named}
      besideName={besideName(store.rows.value.rows)}
      events={other.events}
      {...blockedIn(other)}
      followed={undefined}
      at={Math.min(store.drawnAt.value, other.events)}
      actor={store.otherEvent.value?.goroutine}
      value={store.otherEvent.value?.value ?? undefined}
      stretch={store.otherStretch.value}
      pointed={undefined}
      turned={turned.value}
      takesWheel
      listOpen={false}
      nearby={[]}
      listPage={0}
      onRoom={(room) => actions.comparisons.setRoom(room)}
      onPoint={() => {}}
      onList={() => {}}
      onPage={() => {}}
      bare
    />
  );
}

function OneTimeline(props: ScreenRoomProps) {
  const { store, actions, turned, picture, embedded } = props;
  const moment = store.moment.value;
  const at = store.drawnAt.value;
  return (
    <TimelineView
      {...sharedBy(props)}
      named={store.named.value}
      besideName={besideName(store.compared.value?.named)}
      lanes={lanesOf(store, actions)}
      lens={lensOf(store, actions)}
      onDrawn={(drawn) => {
        picture.current = drawn;
      }}
      events={store.run.value?.events ?? 0}
      {...store.blocked.value}
      followed={store.quarry.value.type === "goroutine" ? store.quarry.value.id : undefined}
      at={at}
      actor={moment?.event?.goroutine}
      value={moment?.at === at ? (moment.event?.value ?? undefined) : undefined}
      stretch={store.stretch.value}
      pointed={store.pointed.value}
      turned={turned.value}
      takesWheel={!embedded}
      listOpen={store.listOpen.value}
      nearby={store.nearby.value}
      listPage={store.listPage.value ?? pageOf(at)}
      found={foundIn(store)}
      onRoom={(room) => actions.timeline.setRoom(room)}
      onPoint={(position) => actions.timeline.point(position)}
      onList={(open) => actions.timeline.setListOpen(open)}
      onPage={(page) => actions.timeline.turnList(page)}
    />
  );
}

/** What kinds of findings there are, by the step that shows them. */
function foundIn(store: Store): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const { at, kind } of store.run.value?.verdict.findings ?? []) {
    found.set(at, [...new Set([...(found.get(at) ?? []), kind])]);
  }
  return found;
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
    onChange: (change) => actions.timeline.setLanes(change),
    onFold: (role) => actions.timeline.foldLanes(role),
  };
}

function lensOf(store: Store, actions: Actions): NonNullable<TimelineProps["lens"]> {
  const at = store.drawnAt.value;
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
    onLens: (chosen) => actions.timeline.setLens(chosen),
  };
}

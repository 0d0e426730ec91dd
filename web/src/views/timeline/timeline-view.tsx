/** The timeline: a canvas with lanes, its tools, and what is said of the place that the reader points at. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { EventInfo, GoroutineInfo, WindowData, WindowQuery } from "../../core/wire";
import { Icon } from "../../design/icons";
import type { Row } from "../../state/lanes";
import type { Named } from "../../state/roles";
import type { Viewport } from "../../state/viewport";
import { grouped, type Interface } from "../../words";
import { Away } from "./away";
import { EventList } from "./event-list";
import { geometryOf, namesPx } from "./geometry";
import { attachGestures } from "./gestures";
import { keyOf } from "./lane-keys";
import { LanesMenu, type LanesProps } from "./lanes-menu";
import { type LensProps, LensView } from "./lens-view";
import { useLetGo } from "./let-go";
import { afterMove, insideOf, type MarkedSpan, spanAt } from "./marked-span";
import { usePainting } from "./painting";
import type { Picture } from "./picture";
import { Pointer } from "./pointer";
import { useRevealedLane } from "./revealed-lane";
import { isOnSpan, type Spot, spotOfKeys, spotOfSpan } from "./spots";
import "./timeline.css";

export interface TimelineProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  /** The lanes where they are not one for each goroutine, and what can be done to them. */
  readonly lanes?: LanesProps & {
    readonly rows: readonly Row[];
    readonly places: ReadonlyMap<number, number>;
    /** The lane of whoever took the last step, or of what it was done to. */
    readonly acting: number | undefined;
  };
  /** Where another run parts from this one: the position up to which they are the same. */
  readonly parting?: number | undefined;
  /** What is marked around the step at the cursor. */
  readonly lens?: LensProps;
  readonly events: number;
  readonly at: number;
  /** How far the last seek went. */
  readonly stride: number;
  /** The goroutine that is followed. */
  readonly followed: number | undefined;
  onFollow(goroutine: number): void;
  /** Goroutines that are blocked for ever: left behind by main, or in a deadlock. */
  readonly leaked: ReadonlySet<number>;
  readonly asleep?: ReadonlySet<number>;
  /** Who took the last step. */
  readonly actor: number | undefined;
  /** The value that travelled in the last step. */
  readonly value: string | undefined;
  readonly viewport: Viewport;
  readonly stretch: { readonly query: WindowQuery; readonly data: WindowData } | undefined;
  /** The goroutines at the position pointed at. */
  readonly pointed: { readonly at: number; readonly goroutines: readonly GoroutineInfo[] } | undefined;
  /** Time runs down. */
  readonly turned: boolean;
  /** Changes whenever the tokens do. */
  readonly theme: string;
  /** Whether the wheel alone, without Ctrl or Shift, may zoom: not on somebody else's page. */
  readonly takesWheel: boolean;
  /** Only to be looked at beside another one: without tools. */
  readonly bare?: boolean;
  /** Length of the longest name of the run beside it, which has as much room. */
  readonly besideName?: number | undefined;
  /** Hears what was drawn last. */
  onDrawn?(picture: Picture): void;
  readonly listOpen: boolean;
  readonly nearby: readonly EventInfo[];
  /** The page of the list that they are on. */
  readonly listPage: number;
  /** Kinds of what was found at a position. */
  readonly found?: ReadonlyMap<number, readonly string[]>;
  onSeek(position: number): void;
  onZoom(factor: number, around?: number): void;
  onPan(events: number): void;
  onWhole(): void;
  onRoom(room: { pixels: number; firstLane: number; endLane: number }): void;
  onPoint(position: number | undefined): void;
  onList(open: boolean): void;
  onPage(page: number): void;
}

const NOTHING_FOUND: ReadonlyMap<number, readonly string[]> = new Map();

const ZOOM_STEP = 1.6;

/** Characters of the longest name. */
export function longestOf(lanes: readonly { readonly name: string }[]): number {
  return lanes.reduce((longest, { name }) => Math.max(longest, name.length), 0);
}

/** As much room as the names of this run and of the one beside it need. */
function longestName({ lanes, named, besideName = 0 }: TimelineProps): number {
  return Math.max(besideName, longestOf(lanes?.rows ?? named));
}

export function TimelineView(props: TimelineProps) {
  const { words, listOpen } = props;
  return (
    <section class="timeline" aria-label={props.bare ? words.compare.theirs : words.timeline}>
      {listOpen ? (
        <EventList
          words={words}
          named={props.named}
          events={props.nearby}
          total={props.events}
          page={props.listPage}
          at={props.at}
          found={props.found ?? NOTHING_FOUND}
          onPage={props.onPage}
          onSeek={props.onSeek}
        />
      ) : (
        <Drawing {...props} />
      )}
      {!listOpen && props.lanes?.rows.length === 0 && props.lanes.choice.filter !== "" ? (
        <p class="timeline-nothing" role="status">
          {words.lanes.noneMatches(props.lanes.choice.filter)}
        </p>
      ) : null}
      {props.lens ? (
        <LensView {...props.lens} words={words} named={props.named} at={props.at} onSeek={props.onSeek} />
      ) : null}
      {props.bare ? null : <Tools {...props} />}
    </section>
  );
}

function Tools(props: TimelineProps) {
  const { words, listOpen, lanes, lens, turned, onZoom, onWhole, onList } = props;
  return (
    <div class="timeline-tools">
      {listOpen ? null : (
        <>
          <Tool name={words.zoomOut} icon="minus" onClick={() => onZoom(1 / ZOOM_STEP)} />
          <Tool name={words.zoomIn} icon="plus" onClick={() => onZoom(ZOOM_STEP)} />
          <Tool name={words.zoomAll} icon="fit" onClick={onWhole} />
        </>
      )}
      <Tool
        name={listOpen ? words.asDrawing : words.asList}
        icon={listOpen ? "lanes" : "list"}
        onClick={() => onList(!listOpen)}
      />
      {lens && !listOpen
        ? (["order", "value"] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              class="timeline-tool"
              title={words.lens[kind]}
              aria-label={words.lens[kind]}
              aria-pressed={lens.lens === kind}
              data-testid={`lens-${kind}`}
              onClick={() => lens.onLens(lens.lens === kind ? undefined : kind)}
            >
              <Icon name={kind} />
            </button>
          ))
        : null}
      {lanes && !listOpen ? (
        <LanesMenu words={words} {...lanes} turned={turned} namesPx={namesPx(turned, longestName(props))} />
      ) : null}
    </div>
  );
}

function Tool({
  name,
  icon,
  onClick,
}: {
  name: string;
  icon: "plus" | "minus" | "fit" | "list" | "lanes";
  onClick(): void;
}) {
  return (
    <button type="button" class="timeline-tool" title={name} aria-label={name} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function Drawing(props: TimelineProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0, scroll: 0 });
  const [hovered, setSpot] = useState<Spot | undefined>(undefined);
  /** The lane that the arrow keys have chosen, while the timeline has the focus. */
  const [keyLane, setKeyLane] = useState<number | undefined>(undefined);
  const [marked, setMarked] = useState<MarkedSpan | undefined>(undefined);
  const letGo = () => setMarked(undefined);

  const rows = props.lanes?.rows ?? props.named;
  const acting = props.lanes ? props.lanes.acting : props.actor;
  const geometry = geometryOf({
    width: size.width,
    height: size.height,
    scroll: size.scroll,
    turned: props.turned,
    lanes: rows.length,
    turns: props.lanes?.choice.by === "processor",
    longestName: longestName(props),
    longestNumber: grouped(props.viewport.to > props.events ? props.events : Math.ceil(props.viewport.to)).length,
    from: props.viewport.from,
    to: props.viewport.to,
  });

  const measure = () => {
    const box = scroller.current;
    if (!box) return;
    const scroll = props.turned ? box.scrollLeft : box.scrollTop;
    const next = { width: box.clientWidth, height: box.clientHeight, scroll };
    setSize((before) =>
      before.width === next.width && before.height === next.height && before.scroll === next.scroll ? before : next,
    );
  };

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [props.turned]);

  const latest = useRef({ geometry, props });
  latest.current = { geometry, props };
  const press = (lane: number, along: number) => {
    letGo();
    pressName(latest.current.props, lane, along);
  };
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    return attachGestures(element, {
      geometry: () => latest.current.geometry,
      takesWheel: () => latest.current.props.takesWheel,
      name: press,
      seek: (position) => {
        letGo();
        latest.current.props.onSeek(position);
      },
      click: ({ lane, position: along }, step) => {
        const { props } = latest.current;
        setMarked(spanOn(props, lane, along, step));
        props.onSeek(step);
      },
      zoom: (factor, around) => latest.current.props.onZoom(factor, around),
      pan: (events) => latest.current.props.onPan(events),
      point: (pointed) => {
        const known = pointed && pointed.position <= latest.current.props.events ? pointed : undefined;
        setSpot(known);
      },
    });
  }, []);

  const pixels = Math.max(0, geometry.end - geometry.start);
  const { firstLane, endLane } = geometry;
  useEffect(() => {
    if (size.width > 0) props.onRoom({ pixels, firstLane, endLane });
  }, [pixels, firstLane, endLane, rows]);

  useEffect(() => {
    setMarked((span) => span && afterMove(span, props.at));
  }, [props.at]);
  // Another run has other spans.
  useEffect(letGo, [props.lanes && props.named]);
  useLetGo(marked !== undefined, scroller, letGo);
  const markedLane = marked && laneOfKey(props, marked.key);
  const caption = spotOfSpan(geometry, marked, markedLane);
  const hand = hovered && !isOnSpan(hovered, marked, markedLane) ? hovered : undefined;
  const spot = hand ?? (marked ? undefined : spotOfKeys(geometry, keyLane, props.at));
  /** The moment within the marked span: it is kept while the reader points elsewhere. */
  const [told, setTold] = useState<TimelineProps["pointed"]>(undefined);
  const inside = marked && insideOf(marked);
  const within = [told, props.pointed].find((moment) => moment !== undefined && moment.at === inside);
  useEffect(() => setTold(within), [within]);
  const asked = spot ? spot.position : within ? undefined : inside;
  useEffect(() => {
    props.onPoint(asked);
  }, [asked]);

  const onKeyDown = (event: KeyboardEvent) => {
    const wish = keyOf(event, props.turned);
    if (!wish) return;
    event.preventDefault();
    if ("step" in wish) props.onSeek(props.at + wish.step);
    else if ("mark" in wish) {
      if (keyLane !== undefined) setMarked(spanOn(props, keyLane, props.at, props.at));
    } else if ("lane" in wish) {
      const last = rows.length - 1;
      const next = keyLane === undefined ? (acting ?? 0) : keyLane + wish.lane;
      setSpot(undefined);
      letGo();
      setKeyLane(Math.max(0, Math.min(last, next)));
    } else leaveKeys();
  };
  const leaveKeys = () => setKeyLane(undefined);

  const frame = marked && markedLane !== undefined ? { ...marked, lane: markedLane } : undefined;
  usePainting(canvas, props, geometry, spot ?? caption, frame);
  useRevealedLane(scroller, geometry, keyLane ?? acting, props.at);

  const who = spot && goroutineOn(props, spot.lane);
  const goroutine =
    who !== undefined && props.pointed?.at === spot?.position ? props.pointed?.goroutines[who] : undefined;
  const scrolled = props.turned ? 0 : size.scroll;
  const place = { words: props.words, width: size.width, bottom: size.height + scrolled };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div
        class={props.turned ? "timeline-scroll timeline-turned" : "timeline-scroll"}
        ref={scroller}
        role="group"
        aria-label={props.words.timelineKeys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: lanes are gone through by keyboard
        tabIndex={0}
        onScroll={measure}
        onKeyDown={onKeyDown}
        onBlur={leaveKeys}
      >
        <Extent length={geometry.extent} turned={props.turned}>
          <canvas
            class="timeline-canvas"
            data-testid={props.bare ? "timeline-other" : "timeline"}
            data-first-lane={firstLane}
            data-end-lane={endLane}
            data-from={Math.round(geometry.from)}
            data-to={Math.round(geometry.to)}
            role="img"
            aria-label={props.words.timelineHelp(props.named.length, props.events)}
            ref={canvas}
          />
        </Extent>
        {caption && marked ? (
          <Pointer
            {...place}
            named={props.named[marked.goroutine]}
            goroutine={within?.goroutines[marked.goroutine]}
            position={marked.position}
            span={marked}
            x={caption.x}
            y={caption.y + scrolled}
            onEnter={() => setSpot(undefined)}
            onDismiss={() => {
              letGo();
              scroller.current?.focus();
            }}
          />
        ) : null}
        {spot ? (
          <Pointer
            {...place}
            named={rows[spot.lane]}
            goroutine={goroutine}
            position={spot.position}
            x={spot.x}
            y={spot.y + scrolled}
          />
        ) : null}
      </div>
      <Away words={props.words} geometry={geometry} viewport={props.viewport} at={props.at} onPan={props.onPan} />
    </>
  );
}

/** Left of this a name's fold sign is pressed, right of it the name. */
const FOLD_PX = 20;

function pressName(props: TimelineProps, lane: number, along: number): void {
  const { lanes } = props;
  const row = lanes?.rows[lane];
  if (row?.fold && (row.fold.folded || along < FOLD_PX)) lanes?.onFold(row.fold.role);
  else {
    const goroutine = goroutineOn(props, lane);
    if (goroutine !== undefined) props.onFollow(goroutine);
  }
}

/** The goroutine whose lane it is, where it is one's. */
function goroutineOn({ lanes }: TimelineProps, lane: number): number | undefined {
  if (!lanes) return lane;
  const row = lanes.rows[lane];
  return lanes.choice.by === "goroutine" && row && !row.fold?.folded ? row.key : undefined;
}

/** The lane that something of the data is on, where it is on one. */
function laneOfKey({ lanes }: TimelineProps, key: number): number | undefined {
  return lanes ? lanes.places.get(key) : key;
}

/** The span at a place of a lane, to be marked; `step` is where the cursor goes. */
function spanOn(props: TimelineProps, lane: number | undefined, along: number, step: number): MarkedSpan | undefined {
  const { stretch, events, at } = props;
  if (lane === undefined || !stretch) return undefined;
  const span = spanAt(stretch, (key) => laneOfKey(props, key) === lane, along, events);
  return span && { ...span, position: Math.min(step, events), since: at };
}

/** Gives the scroller the length of all its lanes; the canvas sticks to the part in view. */
function Extent({ length, turned, children }: { length: number; turned: boolean; children: ComponentChildren }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    ref.current?.style.setProperty(turned ? "width" : "height", `${length}px`);
    ref.current?.style.removeProperty(turned ? "height" : "width");
  }, [length, turned]);
  return (
    <div class="timeline-extent" ref={ref}>
      {children}
    </div>
  );
}

/** The timeline: a canvas with lanes, its tools, and what is said of the place that the reader points at. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { EventInfo, GoroutineInfo, WindowData, WindowQuery } from "../../core/wire";
import { Icon } from "../../design/icons";
import type { Fold } from "../../state/lanes";
import type { Named } from "../../state/roles";
import type { Viewport } from "../../state/viewport";
import { grouped, type Interface } from "../../words";
import { draw } from "./draw";
import { EventList } from "./event-list";
import { acrossOf, alongOf, type Geometry, geometryOf } from "./geometry";
import { attachGestures } from "./gestures";
import { LanesMenu, type LanesProps } from "./lanes-menu";
import { type LensProps, LensView } from "./lens-view";
import { NextFrame } from "./next-frame";
import { Painter } from "./paint";
import { type Palette, readPalette } from "./palette";
import type { Picture } from "./picture";
import { Pointer } from "./pointer";
import "./timeline.css";

export interface TimelineProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  /** The lanes where they are not one for each goroutine, and what can be done to them. */
  readonly lanes?: LanesProps & {
    readonly rows: readonly { key: number; name: string; hue: number; fold?: Fold }[];
    readonly places: ReadonlyMap<number, number>;
    /** The lane of whoever took the last step, or of what it was done to. */
    readonly acting: number | undefined;
  };
  /** Where another run parts from this one. */
  readonly parting?: { readonly at: number; readonly text: string } | undefined;
  /** What is marked around the step at the cursor. */
  readonly lens?: LensProps;
  readonly events: number;
  readonly at: number;
  /** How far the last seek went. */
  readonly stride: number;
  /** The goroutine that is followed. */
  readonly followed: number | undefined;
  onFollow(goroutine: number): void;
  /** Goroutines that are blocked for ever. */
  readonly leaked: ReadonlySet<number>;
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
  /** What was found at a position, in a word or two. */
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
const TRAVEL_MS = 150;

/** Characters of the longest name. */
export function longestOf(lanes: readonly { readonly name: string }[]): number {
  return lanes.reduce((longest, { name }) => Math.max(longest, name.length), 0);
}

interface Spot {
  readonly lane: number;
  readonly position: number;
  readonly x: number;
  readonly y: number;
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

function Tools({ words, listOpen, lanes, lens, onZoom, onWhole, onList }: TimelineProps) {
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
      {lanes && !listOpen ? <LanesMenu words={words} {...lanes} /> : null}
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
  const painter = useRef<{ painter: Painter; palette: Palette; theme: string } | undefined>(undefined);
  const [size, setSize] = useState({ width: 0, height: 0, scroll: 0 });
  const [hovered, setSpot] = useState<Spot | undefined>(undefined);
  /** The lane that the arrow keys have chosen, while the timeline has the focus. */
  const [keyLane, setKeyLane] = useState<number | undefined>(undefined);

  const rows = props.lanes?.rows ?? props.named;
  const acting = props.lanes ? props.lanes.acting : props.actor;
  const geometry = geometryOf({
    width: size.width,
    height: size.height,
    scroll: size.scroll,
    turned: props.turned,
    lanes: rows.length,
    longestName: Math.max(props.besideName ?? 0, longestOf(rows)),
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
  const press = (lane: number, along: number) => pressName(latest.current.props, lane, along);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    return attachGestures(element, {
      geometry: () => latest.current.geometry,
      takesWheel: () => latest.current.props.takesWheel,
      name: press,
      seek: (position) => latest.current.props.onSeek(position),
      zoom: (factor, around) => latest.current.props.onZoom(factor, around),
      pan: (events) => latest.current.props.onPan(events),
      point: (pointed) => {
        const known = pointed && pointed.position <= latest.current.props.events ? pointed : undefined;
        setSpot(known);
        latest.current.props.onPoint(known?.position);
      },
    });
  }, []);

  const pixels = Math.max(0, geometry.end - geometry.start);
  const { firstLane, endLane } = geometry;
  useEffect(() => {
    if (size.width > 0) props.onRoom({ pixels, firstLane, endLane });
  }, [pixels, firstLane, endLane, rows]);

  const spot = hovered ?? spotOfKeys(geometry, keyLane, props.at);
  useEffect(() => {
    if (keyLane !== undefined) props.onPoint(props.at);
  }, [keyLane, props.at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const wish = keyOf(event, props.turned);
    if (!wish) return;
    event.preventDefault();
    if ("step" in wish) props.onSeek(props.at + wish.step);
    else if ("lane" in wish) {
      const last = rows.length - 1;
      const next = keyLane === undefined ? (acting ?? 0) : keyLane + wish.lane;
      setSpot(undefined);
      setKeyLane(Math.max(0, Math.min(last, next)));
    } else leaveKeys();
  };
  const leaveKeys = () => {
    if (keyLane === undefined) return;
    setKeyLane(undefined);
    props.onPoint(undefined);
  };

  usePainting(canvas, painter, props, geometry, spot);
  useRevealedLane(scroller, size.scroll, geometry, keyLane ?? acting, props.at);

  const row = spot ? rows[spot.lane] : undefined;
  const who = spot ? goroutineOn(props, spot.lane) : undefined;
  const goroutine =
    who !== undefined && props.pointed?.at === spot?.position ? props.pointed?.goroutines[who] : undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
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
          role="img"
          aria-label={props.words.timelineHelp(props.named.length, props.events)}
          ref={canvas}
        />
      </Extent>
      {spot ? (
        <Pointer
          words={props.words}
          named={row}
          goroutine={goroutine}
          position={spot.position}
          x={spot.x}
          y={spot.y + (props.turned ? 0 : size.scroll)}
          width={size.width}
        />
      ) : null}
    </div>
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

function spotOfKeys(geometry: Geometry, lane: number | undefined, at: number): Spot | undefined {
  if (lane === undefined) return undefined;
  const [along, across] = [alongOf(geometry, at), acrossOf(geometry, lane)];
  const [x, y] = geometry.turned ? [across, along] : [along, across];
  return { lane, position: at, x, y };
}

/** What a key does on the timeline: the arrows along time step, those across it go from lane to lane. */
function keyOf(
  event: KeyboardEvent,
  turned: boolean,
): { step: number } | { lane: number } | { leave: true } | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const by = event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 1;
  const across = event.key === "ArrowUp" || event.key === "ArrowDown";
  if (!across && event.key !== "ArrowLeft" && event.key !== "ArrowRight") {
    return event.key === "Escape" ? { leave: true } : undefined;
  }
  return across === turned ? { step: by } : { lane: by };
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

/** Paints once in every frame in which something has changed, and while a value travels. */
function usePainting(
  canvas: { readonly current: HTMLCanvasElement | null },
  kept: { current: { painter: Painter; palette: Palette; theme: string } | undefined },
  props: TimelineProps,
  geometry: Geometry,
  spot: Spot | undefined,
): void {
  const departed = useRef({ at: -1, time: 0 });
  const frame = useRef<NextFrame | undefined>(undefined);
  useEffect(() => () => frame.current?.forget(), []);
  const prepared = () => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || geometry.width === 0) return undefined;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(geometry.width * ratio), Math.round(geometry.height * ratio)];
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
      element.style.setProperty("width", `${geometry.width}px`);
      element.style.setProperty("height", `${geometry.height}px`);
      kept.current?.painter.forget();
    }
    if (!kept.current) {
      kept.current = {
        painter: new Painter(context),
        palette: readPalette(element.parentElement ?? element),
        theme: props.theme,
      };
    } else if (kept.current.theme !== props.theme) {
      kept.current.palette = readPalette(element.parentElement ?? element);
      kept.current.theme = props.theme;
      kept.current.painter.forget();
    }
    return { ...kept.current, ratio };
  };
  useLayoutEffect(() => {
    const still = props.stride !== 1 || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (departed.current.at !== props.at) departed.current = { at: props.at, time: performance.now() };
    const paint = () => {
      const ready = prepared();
      if (!ready) return;
      const { painter, palette, ratio } = ready;
      const share = (performance.now() - departed.current.time) / TRAVEL_MS;
      const travelled = still || share >= 1 ? 1 : 1 - (1 - share) ** 3;
      const { named, lanes, lens, events, at, stretch, value, words, followed, leaked } = props;
      const byGoroutine = !lanes || lanes.choice.by === "goroutine";
      const laneOf = (goroutine: number) => (lanes ? lanes.places.get(goroutine) : goroutine);
      const leakedLanes = byGoroutine ? [...leaked].flatMap((goroutine) => laneOf(goroutine) ?? []) : [];
      const list = draw({
        geometry,
        lanes: lanes?.rows ?? named,
        places: lanes?.places,
        parting: props.parting,
        concurrent: byGoroutine && lens?.lens === "order" ? lens.stretches : [],
        journey: lens?.lens === "value" ? lens.journey : [],
        hueOf: (goroutine) => named[goroutine]?.hue ?? 0,
        events,
        at,
        stretch,
        value,
        followed: byGoroutine && followed !== undefined ? laneOf(followed) : undefined,
        leaked: new Set(leakedLanes),
        travelled,
        pointed: spot,
        words,
        grouped,
      });
      painter.paint(list, palette, ratio);
      props.onDrawn?.({ list, palette, width: geometry.width, height: geometry.height });
      if (travelled < 1 && value !== undefined) frame.current?.want(paint);
    };
    frame.current ??= new NextFrame({
      request: (callback) => requestAnimationFrame(callback),
      cancel: (handle) => cancelAnimationFrame(handle),
    });
    frame.current.want(paint);
  });
}

/** Scrolls the lane of whoever took the step at the cursor into view. */
function useRevealedLane(
  scroller: { readonly current: HTMLDivElement | null },
  scroll: number,
  geometry: Geometry,
  actor: number | undefined,
  at: number,
): void {
  // Before it is measured, there is nothing in view and nothing out of it.
  const known = geometry.width > 0 && geometry.lanes > 0;
  useEffect(() => {
    const box = scroller.current;
    if (!box || actor === undefined || !known) return;
    const [across, side] = geometry.turned
      ? [geometry.width, "scrollLeft" as const]
      : [geometry.height, "scrollTop" as const];
    const start = actor * geometry.pitch;
    const room = across - geometry.ruler - geometry.pitch;
    const wanted =
      start < scroll ? start - geometry.pitch : start > scroll + room ? start - room + geometry.pitch : undefined;
    if (wanted === undefined) return;
    // In the frame: before it, to scroll or to ask where the box is would lay out the whole page once more.
    const frame = requestAnimationFrame(() => {
      box[side] = wanted;
    });
    return () => cancelAnimationFrame(frame);
  }, [actor, at, known]);
}

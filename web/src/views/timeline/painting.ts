/** When the timeline is painted, and with what: once in every frame in which something has changed. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { grouped } from "../../words";
import { draw } from "./draw";
import type { Geometry } from "./geometry";
import { NextFrame } from "./next-frame";
import { Painter } from "./paint";
import { type Palette, readPalette } from "./palette";
import type { Spot } from "./spots";
import type { TimelineProps } from "./timeline-view";

const TRAVEL_MS = 150;

/** Paints once in every frame in which something has changed, and while a value travels. */
export function usePainting(
  canvas: { readonly current: HTMLCanvasElement | null },
  props: TimelineProps,
  geometry: Geometry,
  spot: Spot | undefined,
  marked: { readonly lane: number; readonly from: number; readonly to: number } | undefined,
): void {
  const kept = useRef<{ painter: Painter; palette: Palette; theme: string } | undefined>(undefined);
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
      const { named, lanes, lens, events, at, stretch, value, words, followed } = props;
      const byGoroutine = !lanes || lanes.choice.by === "goroutine";
      const laneOf = (goroutine: number) => (lanes ? lanes.places.get(goroutine) : goroutine);
      const lanesOf = (goroutines: ReadonlySet<number> = new Set()) =>
        new Set(byGoroutine ? [...goroutines].flatMap((goroutine) => laneOf(goroutine) ?? []) : []);
      const list = draw({
        geometry,
        lanes: lanes?.rows ?? named,
        places: lanes?.places,
        parting: props.parting,
        concurrent: byGoroutine && lens?.lens === "order" ? lens.stretches : [],
        journey: lens?.lens === "value" ? lens.journey : [],
        who: (goroutine) => named[goroutine],
        events,
        at,
        stretch,
        value,
        followed: byGoroutine && followed !== undefined ? laneOf(followed) : undefined,
        leaked: lanesOf(props.leaked),
        asleep: lanesOf(props.asleep),
        travelled,
        pointed: spot,
        marked,
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

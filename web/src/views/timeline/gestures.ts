/**
 * What hands do on the timeline: scrub on the ruler, click to go, drag to pan, pinch or Ctrl and wheel to zoom, point.
 *
 * The handlers are attached by hand because a wheel listener has to be allowed to keep the page from zooming.
 */
import { acrossOf, type Geometry, type Spot, spotAt, stepAt } from "./geometry";

export interface GestureCallbacks {
  geometry(): Geometry;
  /** Whether the wheel alone, without Ctrl or Shift, zooms and pans. */
  takesWheel(): boolean;
  seek(position: number): void;
  /** The plot was clicked, which leads to a step. */
  click(spot: Spot, step: number): void;
  /** A lane's name was pressed, so far from the edge. */
  name(lane: number, along: number): void;
  zoom(factor: number, around: number): void;
  pan(events: number): void;
  point(spot: { lane: number; along: number; position: number; x: number; y: number } | undefined): void;
}

/** A press that moved less than this is a click. */
const CLICK_PX = 4;
const WHEEL_ZOOM_PER_PX = 0.0022;
/** A wheel that counts in lines: pixels of a line. */
const WHEEL_LINE_PX = 16;

interface Press {
  x: number;
  y: number;
  moved: boolean;
  readonly scrubs: boolean;
}

export function attachGestures(element: HTMLElement, callbacks: GestureCallbacks): () => void {
  const presses = new Map<number, Press>();

  const local = (event: MouseEvent): [number, number] => {
    const rect = element.getBoundingClientRect();
    return [event.clientX - rect.left, event.clientY - rect.top];
  };

  const alongOf = (x: number, y: number) => (callbacks.geometry().turned ? y : x);

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const [x, y] = local(event);
    const spot = spotAt(callbacks.geometry(), x, y);
    presses.set(event.pointerId, { x, y, moved: false, scrubs: spot.area === "ruler" });
    element.setPointerCapture(event.pointerId);
    callbacks.point(undefined);
    if (spot.area === "ruler") callbacks.seek(stepAt(spot));
  };

  const move = (event: PointerEvent) => {
    const [x, y] = local(event);
    const press = presses.get(event.pointerId);
    if (!press) {
      hover(event, x, y);
      return;
    }
    const geometry = callbacks.geometry();
    if (press.scrubs) {
      callbacks.seek(stepAt(spotAt(geometry, x, y)));
      return;
    }
    if (!press.moved && Math.hypot(x - press.x, y - press.y) < CLICK_PX) return;
    press.moved = true;
    const other = [...presses].find(([id]) => id !== event.pointerId)?.[1];
    const [before, now] = [alongOf(press.x, press.y), alongOf(x, y)];
    press.x = x;
    press.y = y;
    if (!other) {
      callbacks.pan((before - now) / geometry.perEvent);
      return;
    }
    const fixed = alongOf(other.x, other.y);
    const spread = Math.abs(before - fixed);
    if (spread > CLICK_PX) {
      const around = geometry.from + ((before + fixed) / 2 - geometry.start) / geometry.perEvent;
      callbacks.zoom(Math.max(0.5, Math.min(2, Math.abs(now - fixed) / spread)), around);
    }
  };

  const up = (event: PointerEvent) => {
    const press = presses.get(event.pointerId);
    presses.delete(event.pointerId);
    if (!press || press.moved || press.scrubs || event.type === "pointercancel") return;
    const [x, y] = local(event);
    const spot = spotAt(callbacks.geometry(), x, y);
    if (spot.area === "plot") callbacks.click(spot, stepAt(spot));
    else if (spot.area === "names" && spot.lane !== undefined) callbacks.name(spot.lane, alongOf(x, y));
  };

  const hover = (event: PointerEvent, x: number, y: number) => {
    if (event.pointerType === "touch") return;
    const geometry = callbacks.geometry();
    const spot = spotAt(geometry, x, y);
    if (spot.lane === undefined || spot.area !== "plot") {
      callbacks.point(undefined);
      return;
    }
    const across = acrossOf(geometry, spot.lane);
    const [shownX, shownY] = geometry.turned ? [across, y] : [x, across];
    callbacks.point({ lane: spot.lane, along: spot.position, position: stepAt(spot), x: shownX, y: shownY });
  };

  const leave = () => callbacks.point(undefined);

  const wheel = (event: WheelEvent) => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE_PX : 1;
    const geometry = callbacks.geometry();
    const [x, y] = local(event);
    const scrolls = element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      callbacks.zoom(Math.exp(-event.deltaY * unit * WHEEL_ZOOM_PER_PX * 2), spotAt(geometry, x, y).position);
    } else if (event.shiftKey) {
      event.preventDefault();
      callbacks.pan(((event.deltaY || event.deltaX) * unit) / geometry.perEvent);
    } else if (!callbacks.takesWheel()) {
      return;
    } else if (!geometry.turned && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      callbacks.pan((event.deltaX * unit) / geometry.perEvent);
    } else if (geometry.turned) {
      event.preventDefault();
      callbacks.pan((event.deltaY * unit) / geometry.perEvent);
    } else if (!scrolls) {
      event.preventDefault();
      callbacks.zoom(Math.exp(-event.deltaY * unit * WHEEL_ZOOM_PER_PX), spotAt(geometry, x, y).position);
    }
  };

  const listeners = {
    pointerdown: down,
    pointermove: move,
    pointerup: up,
    pointercancel: up,
    pointerleave: leave,
  } as const;
  for (const [name, listener] of Object.entries(listeners)) {
    element.addEventListener(name, listener as EventListener);
  }
  element.addEventListener("wheel", wheel, { passive: false });
  return () => {
    for (const [name, listener] of Object.entries(listeners)) {
      element.removeEventListener(name, listener as EventListener);
    }
    element.removeEventListener("wheel", wheel);
  };
}

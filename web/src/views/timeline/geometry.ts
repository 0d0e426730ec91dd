/**
 * Where things are on the timeline: positions of the run along it, lanes across it.
 *
 * On a wide screen time runs to the right and lanes lie below each other. Turned, time runs down and lanes stand beside
 * each other. Everything else is drawn in terms of *along* and *across* and does not know which it is.
 */

export interface Frame {
  /** Size of the canvas in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Time runs down. */
  readonly turned: boolean;
  readonly lanes: number;
  /** Goroutines take turns on a lane, and beside each turn stands whose it is. */
  readonly turns: boolean;
  /** Length of the longest lane name, in characters. */
  readonly longestName: number;
  /** Length of the longest number on the ruler, in characters. */
  readonly longestNumber: number;
  /** How far the lanes are scrolled, in pixels. */
  readonly scroll: number;
  /** The stretch of the run in view. */
  readonly from: number;
  readonly to: number;
}

export interface Geometry extends Frame {
  /** Room for the ruler, across. */
  readonly ruler: number;
  /** Room for the names of the lanes, along. */
  readonly names: number;
  /** Where the plot begins and ends, along. */
  readonly start: number;
  readonly end: number;
  /** Distance from lane to lane. */
  readonly pitch: number;
  /** Thickness of a span. */
  readonly bar: number;
  /** How far spans lie before the middle of their lane. */
  readonly raised: number;
  /** Pixels that an event takes. */
  readonly perEvent: number;
  /** First lane in view, and one past the last. */
  readonly firstLane: number;
  readonly endLane: number;
  /** Length of all lanes together with the ruler, for scrolling. */
  readonly extent: number;
}

const RULER_PX = 32;
const TURNED_RULER_PX = 52;
const TURNED_NAMES_PX = 116;
const LARGEST_TURNED_NAMES_PX = 174;
/** As wide as the seven tools of `timeline.css`, which stand above them: one width for every run, so that two of them are aligned. */
const NAMES_PX = 188;
/** The cursor's badge on a turned ruler, by the length of its number. */
const NUMBER_CHARACTER_PX = 7.2;
const NUMBER_MARGIN_PX = 22;
const CHARACTER_PX = 7.5;
const NAME_MARGIN_PX = 56;
const EDGE_PX = 24;
const SMALLEST_PITCH_PX = 15;
const LARGEST_PITCH_PX = 33;
const SMALLEST_TURNED_PITCH_PX = 26;
/** With a name below its spans, which leaves the lane no wider than one without. */
const LARGEST_PITCH_OF_TURNS_PX = 44;
const RAISED_PX = 6;
const SMALLEST_TIMELINE_PX = 168;

/** Height in which nothing but room would be added to this many lanes, though never so little that menus do not fit. */
export function heightOfAll(lanes: number): number {
  return Math.max(SMALLEST_TIMELINE_PX, RULER_PX + lanes * LARGEST_PITCH_PX + EDGE_PX / 3);
}

export function geometryOf(frame: Frame): Geometry {
  const { width, height, turned, lanes, turns, scroll, from, to } = frame;
  const ruler = turned ? roomForTurnedNumbers(frame) : RULER_PX;
  const names = namesPx(turned, frame.longestName);
  const along = turned ? height : width;
  const across = turned ? width : height;
  const start = names + EDGE_PX / 3;
  const end = Math.max(start + 1, along - EDGE_PX);
  const [smallest, largest] = turned
    ? [SMALLEST_TURNED_PITCH_PX, across]
    : [SMALLEST_PITCH_PX, turns ? LARGEST_PITCH_OF_TURNS_PX : LARGEST_PITCH_PX];
  const fitting = Math.floor((across - ruler - EDGE_PX / 3) / Math.max(1, lanes));
  const pitch = Math.min(largest, Math.max(smallest, fitting));
  return {
    ...frame,
    ruler,
    names,
    start,
    end,
    pitch,
    bar: Math.max(5, Math.min(10, Math.round(pitch * 0.32))),
    raised: turns ? RAISED_PX : 0,
    perEvent: (end - start) / Math.max(1e-9, to - from),
    firstLane: Math.max(0, Math.min(lanes, Math.floor(scroll / pitch))),
    endLane: Math.max(0, Math.min(lanes, Math.ceil((scroll + across - ruler) / pitch))),
    extent: ruler + lanes * pitch + EDGE_PX / 3,
  };
}

/** Above turned names stand the tools. A name that is longer than fits takes room from the run, up to half as much. */
export function namesPx(turned: boolean, longestName: number): number {
  if (!turned) return NAMES_PX;
  return Math.min(LARGEST_TURNED_NAMES_PX, Math.max(TURNED_NAMES_PX, longestName * CHARACTER_PX + NAME_MARGIN_PX));
}

/** Beside a turned run stand its numbers in full, and the badge of the cursor, which is wider than they are. */
function roomForTurnedNumbers({ longestNumber }: Frame): number {
  return Math.max(TURNED_RULER_PX, Math.ceil(longestNumber * NUMBER_CHARACTER_PX) + NUMBER_MARGIN_PX);
}

/** Where a position lies, along. */
export function alongOf(geometry: Geometry, position: number): number {
  return geometry.start + (position - geometry.from) * geometry.perEvent;
}

/** Where the spans of a lane lie, across. */
export function acrossOf(geometry: Geometry, lane: number): number {
  return edgeOf(geometry, lane) + geometry.pitch / 2 - geometry.raised;
}

/** Where a lane begins and the one before it ends, across. */
export function edgeOf(geometry: Geometry, lane: number): number {
  return geometry.ruler + lane * geometry.pitch - geometry.scroll;
}

/** What lies under a point of the canvas. */
export interface Spot {
  /** The position, fractional and not limited to the run. */
  readonly position: number;
  readonly lane: number | undefined;
  readonly area: "ruler" | "names" | "plot";
}

export function spotAt(geometry: Geometry, x: number, y: number): Spot {
  const [along, across] = geometry.turned ? [y, x] : [x, y];
  const position = geometry.from + (along - geometry.start) / geometry.perEvent;
  const lane = Math.floor((across - geometry.ruler + geometry.scroll) / geometry.pitch);
  const area = across < geometry.ruler ? "ruler" : along < geometry.names ? "names" : "plot";
  return { position, lane: area !== "ruler" && lane >= 0 && lane < geometry.lanes ? lane : undefined, area };
}

/** The step that is pointed at: the nearest one, since marks stand where their step ends. A click goes there. */
export function stepAt({ position }: Spot): number {
  return Math.max(0, Math.round(position));
}

/** Distance between two numbers on the ruler: 1, 2 or 5 times a power of ten, with room for the numbers. */
export function rulerStep(geometry: Geometry): number {
  const room = geometry.turned ? 40 : 64;
  const least = Math.max(1, room / geometry.perEvent);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((times) => times * power >= least) ?? 10;
  return step * power;
}

/** What is to be drawn, as data: the timeline's drawing is a pure function to this, and painting it decides nothing. */

/** Colours by meaning; the painter knows what they are in the theme at hand. */
export type Colour =
  | "paper"
  | "ink"
  | "soft"
  | "faint"
  | "rule"
  | "ruleStrong"
  | "now"
  | "onNow"
  | "bad"
  | `role${number}`;

export interface Box {
  readonly kind: "box";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius?: number;
  readonly fill?: Colour;
  readonly stroke?: Colour;
  readonly hatch?: Colour;
  readonly alpha?: number;
}

/** A run of points `[x, y, x, y, …]`; curved: cubic, with two control points before each further point. */
export interface Path {
  readonly kind: "path";
  readonly points: readonly number[];
  readonly curved?: boolean;
  readonly closed?: boolean;
  readonly fill?: Colour;
  readonly stroke?: Colour;
  readonly width?: number;
  readonly dash?: readonly number[];
  /** Only for the reader's hands: no part of a picture to keep. */
  readonly handle?: boolean;
  readonly alpha?: number;
}

export interface Circle {
  readonly kind: "circle";
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly fill?: Colour;
  readonly stroke?: Colour;
  readonly width?: number;
  readonly alpha?: number;
}

export interface Label {
  readonly kind: "label";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: Colour;
  readonly align?: "start" | "middle" | "end";
  readonly code?: boolean;
  readonly bold?: boolean;
  /** Longest width in pixels; longer text is cut with an ellipsis. */
  readonly limit?: number;
  /** Radians, clockwise. */
  readonly angle?: number;
  readonly alpha?: number;
}

/** A lane at a scale where events are narrower than pixels: a band by status with the number of events as its swell. */
export interface Strip {
  readonly kind: "strip";
  /** Where it begins, and how far a column is from the next, along. */
  readonly along: number;
  readonly step: number;
  /** Its middle and its largest thickness, across. */
  readonly across: number;
  readonly thickness: number;
  readonly turned: boolean;
  readonly colour: Colour;
  /** Status and number of events, alternately, column by column. */
  readonly columns: Uint8Array;
  /** Columns from this one on lie after the cursor. */
  readonly now: number;
  /** Number of events at which a lane swells to its full thickness. */
  readonly most: number;
}

export type Item = Box | Path | Circle | Label | Strip;

export type DrawList = readonly Item[];

/** How strongly that is drawn which has not happened yet. */
export const AHEAD_ALPHA = 0.3;
/** The same for strips, which are faint already. */
export const STRIP_AHEAD_ALPHA = 0.5;

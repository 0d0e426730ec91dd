/** Everything that the timeline's drawing depends on, and what that says of a lane. */
import type { WindowData, WindowQuery } from "../../core/wire";
import type { Colour } from "./draw-list";
import type { Geometry } from "./geometry";

export interface SceneLane {
  readonly name: string;
  /** Its role's; a processor or an object has none. */
  readonly hue?: number;
  /** Whether it can be folded with others into one lane, and whether it is. */
  readonly fold?: { readonly folded: boolean } | undefined;
}

/** A goroutine as it is named on a lane that stands for something else: in full, or by a sign where there is little room. */
export interface SceneActor {
  readonly name: string;
  readonly sign: string;
  readonly hue: number;
}

/** Everything that the drawing depends on. */
export interface Scene {
  readonly geometry: Geometry;
  readonly lanes: readonly SceneLane[];
  /** Which lane a goroutine, processor or object of the data is on; its own index where nothing is said. */
  readonly places?: ReadonlyMap<number, number> | undefined;
  /** Where another run parts from this one: the position up to which they are the same. */
  readonly parting?: number | undefined;
  /** Stretches of goroutines that are concurrent with the step at the cursor. */
  readonly concurrent?: readonly { readonly goroutine: number; readonly from: number; readonly to: number }[];
  /** Positions after the events that had the value at the cursor, in order. */
  readonly journey?: readonly number[];
  /** A goroutine, for lanes that stand for something else. */
  readonly who?: ((goroutine: number) => SceneActor | undefined) | undefined;
  readonly events: number;
  /** The cursor's position. */
  readonly at: number;
  readonly stretch: { readonly query: WindowQuery; readonly data: WindowData } | undefined;
  /** The value that travelled in the step at the cursor. */
  readonly value: string | undefined;
  /** How far it has come, from 0 to 1. */
  readonly travelled: number;
  /** The lane that is followed. */
  readonly followed?: number | undefined;
  /** A lane and a position that the reader points at. */
  readonly pointed: { readonly lane: number; readonly position: number } | undefined;
  /** A span that the reader has marked. */
  readonly marked?: { readonly lane: number; readonly from: number; readonly to: number } | undefined;
  /** Lanes of goroutines that are blocked for ever: since main has returned, or since nobody could go on. */
  readonly leaked?: ReadonlySet<number>;
  readonly asleep?: ReadonlySet<number>;
  readonly words: { readonly leaked: string; readonly asleep: string; readonly race: string };
  readonly grouped: (number: number) => string;
}

/** What a lane is drawn in: the hue of its role, or none in particular. */
export function colourOf(lane: SceneLane | undefined): Colour {
  return lane?.hue === undefined ? "soft" : `role${lane.hue}`;
}

/** Which lane something of the data is on, where it is on one. */
export function laneOf({ places }: Scene, key: number): number | undefined {
  return places ? places.get(key) : key;
}

/** Whoever did something, for lanes that stand for something else than goroutines. */
export function actorOf({ stretch, who }: Scene, nth: number): SceneActor | undefined {
  const actor = stretch?.data.actors[nth];
  return actor === undefined ? undefined : who?.(actor);
}

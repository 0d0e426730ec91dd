/** Everything that the timeline's drawing depends on, and what that says of a lane. */
import type { WindowData, WindowQuery } from "../../core/wire";
import type { Geometry } from "./geometry";

export interface SceneLane {
  readonly name: string;
  readonly hue: number;
  /** Whether it can be folded with others into one lane, and whether it is. */
  readonly fold?: { readonly folded: boolean } | undefined;
}

/** Everything that the drawing depends on. */
export interface Scene {
  readonly geometry: Geometry;
  readonly lanes: readonly SceneLane[];
  /** Which lane a goroutine, processor or object of the data is on; its own index where nothing is said. */
  readonly places?: ReadonlyMap<number, number> | undefined;
  /** Where another run parts from this one: the position up to which they are the same. */
  readonly parting?: { readonly at: number; readonly text: string } | undefined;
  /** Stretches of goroutines that are concurrent with the step at the cursor. */
  readonly concurrent?: readonly { readonly goroutine: number; readonly from: number; readonly to: number }[];
  /** Positions after the events that had the value at the cursor, in order. */
  readonly journey?: readonly number[];
  /** Hue of a goroutine, for lanes that stand for something else. */
  readonly hueOf?: ((goroutine: number) => number) | undefined;
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
  /** Goroutines that are blocked for ever, as the verdict says. */
  readonly leaked?: ReadonlySet<number>;
  readonly words: { readonly leaked: string; readonly race: string };
  readonly grouped: (number: number) => string;
}

/** Which lane something of the data is on, where it is on one. */
export function laneOf({ places }: Scene, key: number): number | undefined {
  return places ? places.get(key) : key;
}

/** The hue of whoever did something, for lanes that stand for something else than goroutines. */
export function hueOfActor({ stretch, hueOf }: Scene, nth: number): number | undefined {
  const actor = stretch?.data.actors[nth];
  return actor === undefined ? undefined : hueOf?.(actor);
}

/** The TCP chapter's state: signals that its views are drawn from and that only `TcpActions` writes. */
import { computed, signal } from "@preact/signals";
import type { ClockNow, EventInfo, Moment, Quarry, Refusal, TcpSummary } from "../../core/wire";
import { type Named, nameAll } from "../roles";
import type { Room, Stretch } from "../store";
import type { Viewport } from "../viewport";

/** Whether there is a companion: never on a static host; else it is looked for until it is there. */
export type Line = "none" | "looking" | "connected" | "gone";

/** What the timeline shows: what happens now, or what once did. */
export type Showing = "live" | "shipped" | "shared" | "file";

/** A client of the page's, while its connection lasts. */
export interface OpenClient {
  readonly number: number;
  /** It has a connection, and is not dialling any more. */
  readonly connected: boolean;
  readonly paused: boolean;
  /** It writes no more. */
  readonly halfClosed: boolean;
}

/** A session's address, once it is known whether it is short enough for one. */
export type TcpShared = { readonly url: string } | "long" | undefined;

/** Why the module was begun anew, and where what it held until then is: none when it is too long, or lost. */
export interface Restarted {
  readonly reason: string;
  readonly url: string | undefined;
}

/** A step that a session does not have. */
export interface Nowhere {
  /** A number, or what came for one. */
  readonly step: number | string;
  readonly events: number;
  /** The step in its place. */
  readonly shown: number;
}

export class TcpStore {
  /** Whether this chapter is the one on the screen. */
  readonly open = signal(false);
  readonly phase = signal<"loading" | "ready" | "failed">("loading");
  readonly line = signal<Line>("looking");
  readonly showing = signal<Showing>("live");
  readonly clock = signal<ClockNow | undefined>(undefined);
  /** What the companion said to a change that it refused. */
  readonly refused = signal<string | undefined>(undefined);
  /** Why a link or a file could not be opened. */
  readonly badSession = signal<Refusal["message"] | undefined>(undefined);
  /** Where a link leads that there is not. */
  readonly nowhere = signal<Nowhere | undefined>(undefined);
  /** Names in the link that was opened last that mean nothing here. Whatever is shown meanwhile, they stay to be read. */
  readonly unknown = signal<readonly string[]>([]);
  readonly clients = signal<readonly OpenClient[]>([]);
  /** That the module had to be begun anew. */
  readonly restarted = signal<Restarted | undefined>(undefined);

  readonly run = signal<TcpSummary>({ events: 0, lanes: [], full: false });
  readonly at = signal(0);
  readonly stride = signal(0);
  readonly moment = signal<Moment | undefined>(undefined);
  readonly viewport = signal<Viewport>({ from: 0, to: 8 });
  /** The reader has chosen the stretch in view. */
  readonly zoomed = signal(false);
  readonly room = signal<Room>({ pixels: 0, firstLane: 0, endLane: 0 });
  readonly stretch = signal<Stretch | undefined>(undefined);
  readonly pointed = signal<Moment | undefined>(undefined);
  readonly listOpen = signal(false);
  readonly nearby = signal<readonly EventInfo[]>([]);
  /** The page of the list that the reader has turned to; undefined: that of the cursor. */
  readonly listPage = signal<number | undefined>(undefined);
  readonly quarry = signal<Quarry>({ type: "notable" });
  readonly foundNothing = signal<"forward" | "backward" | undefined>(undefined);
  readonly playing = signal(false);
  readonly speed = signal<number>(3);
  readonly shared = signal<TcpShared>(undefined);
  /** Which view of several that share a place is open on narrow screens. */
  readonly panel = signal<"words" | "server" | "state" | "timeline">("words");

  readonly named = computed<readonly Named[]>(() => nameAll(this.run.value.lanes));
}

/**
 * The state of the page, in one place: signals that views are drawn from and that only actions write.
 *
 * The trace itself is not here. It stays in the core; what is here is the moment being looked at and the stretch that the
 * timeline draws.
 */
import { computed, signal } from "@preact/signals";
import type { Difference } from "../core/protocol";
import type {
  Around,
  EventInfo,
  Language,
  Moment,
  Moves,
  Quarry,
  Refusal,
  RunSummary,
  ScenarioInfo,
  WindowData,
  WindowQuery,
  Words,
} from "../core/wire";
import type { Compared } from "./actions/comparisons";
import { blockedIn, NOBODY } from "./blocked";
import type { Draft, DraftErrors } from "./draft";
import { type Explored, isOf, type LimitErrors, type LimitsDraft, USUAL_LIMITS } from "./exploration";
import { EVERY_GOROUTINE, type LaneChoice, rowsOf } from "./lanes";
import type { Theme } from "./preferences";
import type { RealTimeOver, RealTimeUnderWay } from "./real-time";
import { type Named, nameAll } from "./roles";
import type { ScenarioFiles } from "./scenario-files";
import type { BadView } from "./view-link";
import type { Viewport } from "./viewport";

/** Whether there is a core to be asked: what is asked before it has been got ready waits for it. */
export type Phase = "ready" | "failed";

/** Something that the reader has to be told once. */
export type Notice =
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** The run to compare with. */
  | { readonly kind: "badOther"; readonly refusal: Refusal }
  /** The default run is shown instead: of the program that it names, or else of the page where it has none. */
  | { readonly kind: "badLink"; readonly refusal: Refusal; readonly instead: boolean }
  | { readonly kind: "badFile"; readonly why: Words }
  | { readonly kind: "differs"; readonly difference: Difference }
  /** A link leads to a step that the run does not have. */
  | { readonly kind: "beyond"; readonly step: number; readonly events: number }
  /** A link says things of how to show the run that cannot be read. */
  | { readonly kind: "badView"; readonly bad: readonly BadView[] }
  | { readonly kind: "uncompared"; readonly refusal: Refusal }
  /** A part of the page, or of what it shows, does not come. */
  | { readonly kind: "notLoaded"; readonly reason: string }
  | { readonly kind: "restarted"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "brokeOff"; readonly reason: string }
  | { readonly kind: "loopBroke"; readonly reason: string };

/** What the timeline has room for. */
export interface Room {
  readonly pixels: number;
  readonly firstLane: number;
  readonly endLane: number;
}

export function isSameRoom(a: Room, b: Room): boolean {
  return a.pixels === b.pixels && a.firstLane === b.firstLane && a.endLane === b.endLane;
}

/** What the timeline draws, and the question that it answers. */
export interface Stretch {
  readonly query: WindowQuery;
  readonly data: WindowData;
}

/** An address, ready to be given away. */
export interface SharedLink {
  readonly url: string;
  readonly markdown: string;
  /** The element that embeds it in a page. */
  readonly iframe: string;
}

/** A run's addresses: one opens it at the moment at hand, one at its start. */
export interface Shared {
  readonly moment: SharedLink;
  readonly run: SharedLink;
}

/** Which source is shown. */
export type SourceChoice = "go" | "rust" | "both";

/** The order of the memory model around a step, or the way of its value. */
export type Lens = "order" | "value";

/** What was said of the step that leads to a position. */
export interface Marked<Answer> {
  readonly at: number;
  readonly answer: Answer | Refusal;
}

/** Speeds of *play*, in steps a second. */
export const SPEEDS = [1, 3, 10, 100, 1_000, 10_000] as const;

export class Store {
  readonly phase = signal<Phase>("ready");
  readonly language = signal<Language>("en");
  /** The fragment of the run and the moment at hand, as the address has it or will soon. */
  readonly fragment = signal("");
  /** Undefined: as the system has it. */
  readonly theme = signal<Theme | undefined>(undefined);
  /** Whether keys of one letter or sign do something wherever the focus is. */
  readonly letterKeys = signal(true);
  readonly notice = signal<Notice | undefined>(undefined);

  readonly catalogue = signal<readonly ScenarioInfo[]>([]);
  /** Undefined while they are being loaded, null when that failed. */
  readonly files = signal<ScenarioFiles | null | undefined>(undefined);

  /** The last finished run. */
  readonly run = signal<RunSummary | undefined>(undefined);
  /** Events so far of the run under way. */
  readonly underWay = signal<number | undefined>(undefined);
  readonly at = signal(0);
  /** Where the page is drawn at: the cursor, as soon as its moment is there, or soon without it. */
  readonly drawnAt = signal(0);
  /** How far the last seek went: 1 is a step forward, and the only thing that moves on the page. */
  readonly stride = signal(0);
  /** The stride and the stretch in view, drawn together with it. */
  readonly drawnStride = signal(0);
  readonly drawnViewport = signal<Viewport>({ from: 0, to: 8 });
  readonly moment = signal<Moment | undefined>(undefined);

  /** What *next* and *previous* look for. */
  readonly quarry = signal<Quarry>({ type: "notable" });
  /** Which way the last search found nothing, or that it was for a line at which nothing happens. */
  readonly foundNothing = signal<"forward" | "backward" | "line" | undefined>(undefined);

  readonly byHand = signal(false);
  /** By hand, small steps that nobody can tell apart are not taken by themselves. */
  readonly everyStep = signal(false);
  readonly moves = signal<Moves | undefined>(undefined);

  readonly playing = signal(false);
  readonly speed = signal<number>(3);

  readonly draft = signal<Draft>({});
  readonly draftErrors = signal<DraftErrors>({});
  /** How often what the form says was refused because of a row of it. */
  readonly draftRefusals = signal(0);
  /** The program on an event loop, while it runs there. */
  readonly realTime = signal<RealTimeUnderWay | undefined>(undefined);
  readonly realTimeOver = signal<RealTimeOver | undefined>(undefined);
  readonly realTimeSpeed = signal<number>(1);

  readonly viewport = signal<Viewport>({ from: 0, to: 8 });
  /** The reader has chosen the stretch in view; else it is the one that the page shows by itself. */
  readonly zoomed = signal(false);
  readonly room = signal<Room>({ pixels: 0, firstLane: 0, endLane: 0 });
  readonly stretch = signal<Stretch | undefined>(undefined);
  /** A lane and a position that the reader points at, and what the goroutine is doing there. */
  readonly pointed = signal<Moment | undefined>(undefined);
  readonly laneChoice = signal<LaneChoice>(EVERY_GOROUTINE);
  /** The run that the one at hand is compared with, and what is shown of it. */
  readonly compared = signal<Compared | undefined>(undefined);
  readonly otherRoom = signal<Room>({ pixels: 0, firstLane: 0, endLane: 0 });
  readonly otherStretch = signal<Stretch | undefined>(undefined);
  readonly otherEvent = signal<EventInfo | undefined>(undefined);
  /** What the timeline marks around the step at the cursor. */
  readonly lens = signal<Lens | undefined>(undefined);
  /** The answer, or why there is none. */
  readonly around = signal<Marked<Around> | undefined>(undefined);
  readonly journey = signal<Marked<readonly number[]> | undefined>(undefined);
  readonly listOpen = signal(false);
  readonly nearby = signal<readonly EventInfo[]>([]);
  /** The page of the list that the reader has turned to; undefined: that of the cursor. */
  readonly listPage = signal<number | undefined>(undefined);

  readonly source = signal<SourceChoice>("go");
  /** A label of the words that the reader points at. */
  readonly label = signal<string | undefined>(undefined);
  /** A label that the reader has pressed: it stays lit until the cursor moves. */
  readonly keptLabel = signal<string | undefined>(undefined);
  /** What shared links begin with, as the reader typed it; undefined: as it was built. */
  readonly base = signal<string | undefined>(undefined);
  readonly shared = signal<Shared | undefined>(undefined);
  readonly overlay = signal<"share" | "help" | "chapters" | undefined>(undefined);

  /** What was last explored, or is being explored. */
  readonly explored = signal<Explored | undefined>(undefined);
  readonly limits = signal<LimitsDraft>(USUAL_LIMITS);
  readonly limitErrors = signal<LimitErrors>({});
  /** Options of the words' question that the reader thinks can happen. */
  readonly guesses = signal<ReadonlySet<number>>(new Set());
  /** Which view of several that share a place is open. */
  readonly panel = signal<"words" | "outcomes" | "program" | "state" | "timeline">("words");

  /** The exploration of the program and the settings at hand. */
  readonly exploredHere = computed(() => {
    const [explored, run] = [this.explored.value, this.run.value];
    return explored && run && isOf(explored.spec, run.spec) ? explored : undefined;
  });
  /** Whether the settings at hand are those that the program opens with, which its words are about. */
  readonly asItOpens = computed(() => {
    const config = this.run.value?.spec.config ?? {};
    const fields = this.scenario.value?.fields ?? [];
    return fields.every((field) => (config[field.name] ?? field.default) === field.default);
  });
  /** Events that the timeline spans: of the longer of two runs where they stand beside each other. */
  readonly extent = computed(() =>
    Math.max(this.run.value?.events ?? 0, this.compared.value?.comparison.other.events ?? 0),
  );
  readonly named = computed<readonly Named[]>(() => nameAll(this.run.value?.lanes ?? []));
  /** The timeline's lanes. */
  readonly rows = computed(() => rowsOf(this.run.value, this.named.value, this.laneChoice.value));
  readonly blocked = computed(() => (this.run.value ? blockedIn(this.run.value) : NOBODY));
  readonly scenario = computed(() => {
    const id = this.run.value?.spec.scenario;
    return this.catalogue.value.find((scenario) => scenario.id === id) ?? this.catalogue.value[0];
  });
}

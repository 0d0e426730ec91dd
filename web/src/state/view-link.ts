/**
 * How the page shows a run, in its address: `lens=order`, `lanes=object`, `lanes=list` for the list of its events in the
 * place of lanes, `only=` a part of their names, `fold=` the roles that share a lane, `steps=all` where small steps are not
 * taken by themselves, `view=120-480` the stretch in view where the reader has chosen it: in events, since windows differ in
 * width. What is as usual is left out. The core passes these over: the run is the same without. The page writes them ahead of
 * a run to compare with, whose address would go on over them; whoever adds one by hand finds it read there too.
 */
import type { LanesBy } from "../core/wire";
import { withCompared } from "./compare-link";
import { EVERY_GOROUTINE, type LaneChoice } from "./lanes";
import type { Lens, Store } from "./store";
import { SHORTEST_EVENTS, type Viewport } from "./viewport";

export interface View {
  readonly lens: Lens | undefined;
  readonly lanes: LaneChoice;
  /** The events are listed. */
  readonly list: boolean;
  /** By hand, small steps that nobody can tell apart are seen one by one. */
  readonly everyStep: boolean;
  /** The stretch in view; undefined: the one that the page shows by itself. */
  readonly stretch: Viewport | undefined;
}

type ViewName = "lens" | "lanes" | "only" | "fold" | "steps" | "view";

/** A part that cannot be read. It is passed over. */
export interface BadView {
  /** `with`: the run to compare with. */
  readonly name: ViewName | "with";
  readonly came: string;
}

export const USUAL_VIEW: View = {
  lens: undefined,
  lanes: EVERY_GOROUTINE,
  list: false,
  everyStep: false,
  stretch: undefined,
};

/** Characters of a name's part, at most: the page's own field takes no more. */
export const MOST_ONLY = 60;
/** Roles that can be folded by an address. */
const MOST_FOLDED = 20;
/** Characters that are shown of what cannot be read. */
const MOST_SHOWN = 40;

const NAMES: readonly ViewName[] = ["lens", "lanes", "only", "fold", "steps", "view"];
const LENSES: readonly Lens[] = ["order", "value"];
/** In the place of lanes. */
const LIST = "list";
const LANES: readonly LanesBy[] = ["goroutine", "processor", "object"];

/**
 * Reads the address of a run, and what of the kind stands in that of the run to compare with. Of what is given twice the last
 * counts, and the run at hand before the other.
 */
export function viewOf(fragment: string, other = ""): { readonly view: View; readonly bad: readonly BadView[] } {
  let { lens, lanes, list, everyStep, stretch } = USUAL_VIEW;
  const bad: BadView[] = [];
  for (const [name, value] of [...parametersOf(other), ...parametersOf(fragment)]) {
    if (!isOneOf(NAMES, name)) continue;
    const texts = textsOf(value);
    const [first] = texts;
    if (name === "lens" && isOneOf(LENSES, first)) lens = first;
    else if (name === "lanes" && texts.every((text) => text === LIST || isOneOf(LANES, text))) {
      const by = texts.find((text) => isOneOf(LANES, text)) ?? EVERY_GOROUTINE.by;
      lanes = { ...lanes, by };
      list = texts.includes(LIST);
    } else if (name === "only" && texts.length === 1 && first !== undefined && first.length <= MOST_ONLY) {
      lanes = { ...lanes, filter: first };
    } else if (name === "fold" && texts.length <= MOST_FOLDED && texts.every((role) => role !== undefined)) {
      lanes = { ...lanes, folded: new Set(texts) };
    } else if (name === "steps" && value === "all") everyStep = true;
    else if (name === "view" && stretchOf(value)) stretch = stretchOf(value);
    else bad.push(badView(name, value));
  }
  return { view: { lens, lanes, list, everyStep, stretch }, bad };
}

/** Told of what cannot be read. */
export function badView(name: BadView["name"], came: string): BadView {
  return { name, came: came.slice(0, MOST_SHOWN) };
}

/** The address of a run without how it is shown. */
export function withoutView(fragment: string): string {
  const [path = "", query] = fragment.split("?", 2);
  const kept = query?.split("&").filter((parameter) => !isOneOf(NAMES, parameter.split("=", 1)[0]));
  return kept === undefined || kept.length === 0 ? path : `${path}?${kept.join("&")}`;
}

/** The address of a run with how it is shown. */
export function withView(fragment: string, { lens, lanes, list, everyStep, stretch }: View): string {
  const shown = [...(lanes.by === EVERY_GOROUTINE.by ? [] : [lanes.by]), ...(list ? [LIST] : [])];
  const parts = [
    ...(lens ? [`lens=${lens}`] : []),
    ...(shown.length === 0 ? [] : [`lanes=${shown.join(",")}`]),
    ...(lanes.filter === "" ? [] : [`only=${escaped(lanes.filter)}`]),
    ...(lanes.folded.size === 0 ? [] : [`fold=${[...lanes.folded].sort().map(escaped).join(",")}`]),
    ...(everyStep ? ["steps=all"] : []),
    ...(stretch ? [`view=${stretchAsText(stretch)}`] : []),
  ];
  if (parts.length === 0) return fragment;
  return `${fragment}${fragment.includes("?") ? "&" : "?"}${parts.join("&")}`;
}

/** The address of the run at hand as it is shown: the view, and the run that it is compared with. */
export function asShown(
  store: Pick<Store, "compared" | "lens" | "laneChoice" | "listOpen" | "everyStep" | "viewport" | "zoomed">,
  fragment: string,
  viewport = store.viewport.value,
): string {
  const { lens, laneChoice, listOpen, everyStep, zoomed } = store;
  const view: View = {
    lens: lens.value,
    lanes: laneChoice.value,
    list: listOpen.value,
    everyStep: everyStep.value,
    stretch: zoomed.value ? viewport : undefined,
  };
  return withCompared(store, withView(fragment, view));
}

/** A stretch in whole events, as an address has it. */
export function stretchAsText({ from, to }: Viewport): string {
  return `${Math.round(from)}-${Math.round(to)}`;
}

/** What a text says of a stretch; undefined where that is none. */
export function stretchOf(text: string): Viewport | undefined {
  const [, from, to] = /^(\d{1,10})-(\d{1,10})$/.exec(text)?.map(Number) ?? [];
  return from !== undefined && to !== undefined && to - from >= SHORTEST_EVENTS ? { from, to } : undefined;
}

function parametersOf(fragment: string): [name: string, value: string][] {
  const query = fragment.slice(fragment.indexOf("?") + 1);
  return query.split("&").map((parameter) => {
    const at = parameter.indexOf("=");
    return at < 0 ? [parameter, ""] : [parameter.slice(0, at), parameter.slice(at + 1)];
  });
}

/**
 * A text in letters, digits, `-` and `~`, which stands where a percent sign would: programs on the way escape that once
 * more, and take a full stop at the end for their own.
 */
function escaped(text: string): string {
  const hex = (c: string) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text)
    .replace(/[_.!~*'()]|-$/g, hex)
    .replaceAll("%", "~");
}

/** What was escaped, with commas between; undefined for each that cannot be read. What was escaped once more is taken back. */
function textsOf(value: string): (string | undefined)[] {
  const unescaped = (text: string) => {
    try {
      return decodeURIComponent(text) || undefined;
    } catch {
      return undefined;
    }
  };
  const plain = unescaped(value);
  return plain === undefined ? [undefined] : plain.split(",").map((text) => unescaped(text.replaceAll("~", "%")));
}

function isOneOf<T extends string>(all: readonly T[], text: string | undefined): text is T {
  return all.some((each) => each === text);
}

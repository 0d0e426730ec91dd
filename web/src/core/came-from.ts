/**
 * Where a goroutine came from that ends at a step. Its end has no place: which of its returns it has come to is not known.
 * What it did last has one.
 */
import type { EventInfo, Language, Moment, SearchQuery, Site } from "./wire";

/** What a core is asked. */
export interface Tells {
  moment(at: number, language: Language): Moment;
  find(query: SearchQuery): number | undefined;
  log(from: number, to: number, language: Language): EventInfo[];
}

/** A moment of a run. */
export interface RunMoment extends Moment {
  /** Where a goroutine was last seen that ends at this step. */
  readonly cameFrom?: Site;
}

/** Events that are passed over, at most: those that the goroutine took part in and another one did. */
const MOST_PASSED = 16;

export function momentOf(core: Tells, at: number, language: Language): RunMoment {
  const moment = core.moment(at, language);
  const { event } = moment;
  if (!event || event.site) return moment;
  const cameFrom = lastSiteOf(core, event.goroutine, at, language);
  return cameFrom ? { ...moment, cameFrom } : moment;
}

/** Undefined where it has done nothing before. */
function lastSiteOf(core: Tells, id: number, at: number, language: Language): Site | undefined {
  let from: number | undefined = at;
  for (let passed = 0; passed <= MOST_PASSED; passed += 1) {
    from = core.find({ quarry: { type: "goroutine", id }, from, backward: true });
    if (from === undefined) return undefined;
    const [event] = core.log(from - 1, from, language);
    if (event?.goroutine === id) return event.site ?? undefined;
  }
  return undefined;
}

import { expect, it } from "vitest";
import { momentOf, type Tells } from "./came-from";
import type { EventInfo, Moment, Site } from "./wire";

const line = (number: number): Site => ({ file: "body.rs", line: number, column: 1 });

interface Happened {
  readonly who: number;
  readonly site: Site | null;
  /** Who took part in it. */
  readonly partner?: number;
}

/** A core with a run, event by event. */
function core(...events: Happened[]): Tells {
  const told = ({ who, site }: Happened, index: number) => ({ index, goroutine: who, site }) as EventInfo;
  const log = events.map(told);
  return {
    moment: (at) => ({ at, event: log[at - 1] ?? null }) as Moment,
    log: (from, to) => log.slice(from, to),
    find: ({ quarry, from }) => {
      if (quarry.type !== "goroutine") throw new Error("nobody looks for that");
      const found = events.slice(0, from - 1).findLastIndex(({ who, partner }) => [who, partner].includes(quarry.id));
      return found < 0 ? undefined : found + 1;
    },
  };
}

const spawned = { who: 0, site: line(3), partner: 1 };
const end = (who: number) => ({ who, site: null });

it("of an end tells where the goroutine was last seen", () => {
  const run = core(spawned, { who: 1, site: line(7) }, { who: 1, site: line(8) }, { who: 0, site: line(4) }, end(1));
  expect(momentOf(run, 5, "en").cameFrom).toEqual(line(8));
});

it("passes over what another one did to it", () => {
  const run = core(spawned, { who: 1, site: line(7) }, { who: 0, site: line(4), partner: 1 }, end(1));
  expect(momentOf(run, 4, "en").cameFrom).toEqual(line(7));
});

it("knows nothing of one that has done nothing, or nothing for long", () => {
  expect(momentOf(core(spawned, end(1)), 2, "en")).not.toHaveProperty("cameFrom");
  expect(momentOf(core(end(0)), 1, "en")).not.toHaveProperty("cameFrom");
  const given = Array.from({ length: 40 }, () => ({ who: 0, site: line(4), partner: 1 }));
  expect(momentOf(core({ who: 1, site: line(7) }, ...given, end(1)), 42, "en")).not.toHaveProperty("cameFrom");
});

it("says no more of a step that has its place, or of the beginning", () => {
  const run = core(spawned, { who: 1, site: line(7) });
  expect(momentOf(run, 2, "en")).toEqual(run.moment(2, "en"));
  expect(momentOf(run, 0, "en")).toEqual(run.moment(0, "en"));
});

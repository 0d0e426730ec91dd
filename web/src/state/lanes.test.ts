import { describe, expect, it } from "vitest";
import { EVERY_GOROUTINE, rowsOf, windowQuery } from "./lanes";
import { nameAll } from "./roles";

const NAMES = ["main", "producer 1", "producer 2", "consumer 1", "producer 3"];
const named = nameAll(
  NAMES.map((name, goroutine) => {
    const [role = ""] = name.split(" ");
    return { goroutine, path: "", name, role, parent: null, born: 0, ended: null, futureBytes: null };
  }),
);
const run = {
  objects: [
    { id: 1, name: "dataCh" },
    { id: 4, name: "wg" },
  ],
  processors: 2,
};
const names = (choice: Partial<typeof EVERY_GOROUTINE>) =>
  rowsOf(run, named, { ...EVERY_GOROUTINE, ...choice }).rows.map(({ name }) => name);

describe("lanes", () => {
  it("are one a goroutine, in order of birth", () => {
    expect(names({})).toEqual(NAMES);
  });

  it("of a role fold into one, where its first goroutine was", () => {
    expect(names({ folded: new Set(["producer"]) })).toEqual(["main", "producer ×3", "consumer 1"]);
    const { places } = rowsOf(run, named, { ...EVERY_GOROUTINE, folded: new Set(["producer"]) });
    expect([0, 1, 2, 3, 4].map((id) => places.get(id))).toEqual([0, 1, 1, 2, 1]);
  });

  it("of a role with one goroutine do not fold", () => {
    expect(names({ folded: new Set(["main", "consumer"]) })).toEqual(NAMES);
  });

  it("are those whose name matches, whatever its case", () => {
    expect(names({ filter: " PROD" })).toEqual(["producer 1", "producer 2", "producer 3"]);
    expect(names({ filter: "prod", folded: new Set(["producer"]) })).toEqual(["producer ×3"]);
    expect(names({ filter: "nobody" })).toEqual([]);
  });

  it("stand for processors and objects", () => {
    expect(names({ by: "processor" })).toEqual(["P0", "P1"]);
    expect(names({ by: "object", filter: "w" })).toEqual(["wg"]);
    expect(rowsOf(run, named, { ...EVERY_GOROUTINE, by: "object" }).places.get(4)).toBe(1);
  });
});

describe("what the core is asked", () => {
  const rows = rowsOf(run, named, { ...EVERY_GOROUTINE, folded: new Set(["producer"]) });

  it("is about the rows in view", () => {
    const query = windowQuery(rows, { pixels: 99.6, firstLane: 0, endLane: 2 }, { from: 1.5, to: 7.2 }, 40);
    expect(query).toEqual({ from: 1, to: 8, pixels: 100, by: "goroutine", lanes: [0], merged: [[1, 2, 4]] });
  });

  it("never goes beyond the run", () => {
    const query = windowQuery(rows, { pixels: 10, firstLane: 2, endLane: 9 }, { from: 0, to: 8 }, 4);
    expect(query).toMatchObject({ to: 4, lanes: [3], merged: [] });
  });
});

import { createElement, type VNode } from "preact";
import { expect, it } from "vitest";
import { LateRows } from "./late-rows";

/** What a row says; it is made where it is drawn. */
function saidBy({ props }: VNode): unknown {
  return (props as unknown as { make(): VNode<{ children: unknown }> }).make().props.children;
}

/** A list of rows that say texts; an exclamation mark makes a row urgent. Gives back which rows were made anew. */
function list() {
  const rows = new LateRows();
  let before: readonly VNode[] = [];
  const draw = (texts: readonly string[], rested = false) => {
    rows.begin(rested);
    const views = texts.map((text, key) => {
      return rows.row(key, text, text.endsWith("!"), () => createElement("li", null, text));
    });
    const made = views.flatMap((view, key) => (view === before[key] ? [] : [key]));
    before = views;
    return { made, says: views.map(saidBy), late: rows.isLate };
  };
  return { rows, draw };
}

it("makes a row anew when it says something else", () => {
  const { draw } = list();
  expect(draw(["a", "b", "c"]).made).toEqual([0, 1, 2]);
  expect(draw(["a", "B", "c"])).toEqual({ made: [1], says: ["a", "B", "c"], late: false });
});

it("leaves rows that are not drawn as they are until the list has come to rest", () => {
  const { rows, draw } = list();
  draw(["a", "b", "c"]);
  rows.draws(1, false);
  rows.draws(2, false);
  expect(draw(["A", "B", "c"])).toEqual({ made: [0], says: ["A", "b", "c"], late: true });
  expect(draw(["A", "B", "c"], true)).toEqual({ made: [1], says: ["A", "B", "c"], late: false });
});

it("does not leave a row that has to be seen, nor one that had to be", () => {
  const { rows, draw } = list();
  draw(["a", "b"]);
  rows.draws(1, false);
  expect(draw(["a", "B!"]).says).toEqual(["a", "B!"]);
  expect(draw(["a", "b"])).toEqual({ made: [1], says: ["a", "b"], late: false });
  expect(draw(["a", "c"]).says).toEqual(["a", "b"]);
});

it("asks for another drawing when a row that may be out of date comes into view", () => {
  const { rows, draw } = list();
  draw(["a", "b"]);
  rows.draws(1, false);
  expect(rows.draws(1, true)).toBe(true);
  expect(rows.draws(1, true), "it was drawn already").toBe(false);
  expect(draw(["a", "B"]).says).toEqual(["a", "B"]);
});

it("knows nothing of a row that was gone meanwhile", () => {
  const { rows, draw } = list();
  draw(["a", "b"]);
  rows.draws(1, false);
  draw(["a"]);
  expect(draw(["a", "B"]).says).toEqual(["a", "B"]);
  expect(draw(["a", "C"])).toEqual({ made: [1], says: ["a", "C"], late: false });
});

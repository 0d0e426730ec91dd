import { expect, it } from "vitest";
import type { Move } from "../../core/wire";
import type { Named } from "../../state/roles";
import { groupMoves, MOST_BUTTONS } from "./groups";

const named: Named[] = Array.from({ length: 40 }, (_, id) => ({
  id,
  name: `g${id}`,
  role: id % 2 === 0 ? "producer" : "consumer",
  hue: 1 + (id % 2),
  sign: String(id),
}));
const move = (goroutine: number): Move => ({ goroutine, choice: `c${goroutine}`, sentence: [], taken: false });

it("leaves a few moves as they are", () => {
  const groups = groupMoves([move(0), move(2), move(1)], named);
  expect(groups.map(({ moves }) => moves.map(({ choice }) => choice))).toEqual([["c0"], ["c2"], ["c1"]]);
});

it("gives a goroutine that could do several things a group of its own", () => {
  const draws = Array.from({ length: MOST_BUTTONS }, (_, value) => ({ ...move(4), choice: `draw ${value}` }));
  const groups = groupMoves([...draws, move(0), move(2)], named);
  expect(groups.map(({ name, moves }) => `${name} ${moves.length}`)).toEqual([`g4 ${MOST_BUTTONS}`, "producer 2"]);
});

it("groups many by role and loses none", () => {
  const groups = groupMoves(
    Array.from({ length: MOST_BUTTONS + 1 }, (_, id) => move(id)),
    named,
  );
  expect(groups.map(({ name, moves }) => `${name} ${moves.length}`)).toEqual(["producer 7", "consumer 6"]);
});

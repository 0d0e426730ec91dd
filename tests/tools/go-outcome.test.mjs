import { expect, test } from "vitest";
import { isPossible, nameOf, possible, shown } from "../../tools/go-outcome.mjs";

const PANIC = "panic: send on closed channel\n\ngoroutine 7 [running]:\nmain.main()\n";
const FAULT =
  "panic: runtime error: invalid memory address or nil pointer dereference\n" +
  "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4840f4]\n\ngoroutine 1 [running]:\n";
const RACE = possible([["completed, data race", ["a"]]]);
const NO_RACE = possible([["completed", ["a"]]]);

test("lines of both outputs are told in the order of the alphabet, and what the runtime says of its end is none", () => {
  expect(shown(2, "c\na\n", `b\n${PANIC}`)).toEqual({ ending: "panicked", lines: ["a", "b", "c"], fault: false });
  expect(shown(0, "", "é\nz\n").lines).toEqual(["z", "é"]);
});

test("how it ended is told by Go's own texts", () => {
  expect(shown(0, "", "").ending).toBe("completed");
  expect(shown(2, "", "fatal error: all goroutines are asleep - deadlock!\n").ending).toBe("deadlocked");
  expect(shown(2, "", "fatal error: concurrent map writes\n").ending).toBe("fatal");
  expect(shown(1, "", PANIC).ending).toBe("panicked");
});

test("the order of lines is not compared, their number is", () => {
  const can = possible([["completed", ["b", "a", "a"]]]);
  expect(isPossible(can, shown(0, "a\nb\na\n", ""))).toBe(true);
  expect(isPossible(can, shown(0, "a\nb\n", ""))).toBe(false);
});

test("others may print more while a crash takes its moment, not less", () => {
  const can = possible([["panicked", ["a"]]]);
  expect(isPossible(can, shown(2, "a\nb\n", PANIC))).toBe(true);
  expect(isPossible(can, shown(2, "b\n", PANIC))).toBe(false);
  expect(isPossible(can, shown(0, "a\nb\n", ""))).toBe(false);
});

test("a memory fault is let pass where there is a race, and nowhere else; another panic never is", () => {
  expect(isPossible(RACE, shown(2, "", FAULT))).toBe(true);
  expect(isPossible(NO_RACE, shown(2, "", FAULT))).toBe(false);
  expect(isPossible(RACE, shown(2, "", PANIC))).toBe(false);
  expect(isPossible(RACE, shown(2, "", "fatal error: concurrent map writes\n"))).toBe(false);
});

test("what cannot be told apart has one name", () => {
  const can = possible([
    ["completed", ["a"]],
    ["completed, data race", ["a"]],
  ]);
  expect(can.names).toEqual(new Set([nameOf({ ending: "completed", lines: ["a"] })]));
});

test("a torn string is let pass where there is a race: one text's bytes at another one's length", () => {
  const lines = ["the defaults", "from the file"];
  const raced = possible(lines.map((line) => ["completed, data race", ["not waiting", line]]));
  const orderly = possible(lines.map((line) => ["completed", ["not waiting", line]]));
  const shows = (can, line) => isPossible(can, shown(0, `not waiting\n${line}\n`, ""));
  expect(["the defaultss", "from the fil"].map((line) => shows(raced, line))).toEqual([true, true]);
  expect(["the defaultsss", "from the f", "from a file..", "other"].map((line) => shows(raced, line))).toEqual(
    Array(4).fill(false),
  );
  expect(shows(orderly, "the defaultss")).toBe(false);
  expect(isPossible(raced, shown(0, "the defaultss\n", ""))).toBe(false);
});

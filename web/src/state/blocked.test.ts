import { expect, it } from "vitest";
import type { Ending, FindingInfo, Lane } from "../core/wire";
import { blockedIn } from "./blocked";

const lane = (goroutine: number, ended: number | null): Lane => ({
  goroutine,
  path: "",
  name: "",
  role: "",
  parent: null,
  born: 0,
  ended,
  futureBytes: null,
});
const lanes = [lane(0, null), lane(1, 7), lane(2, null)];
const finding = (kind: string, goroutine: number): FindingInfo => ({
  kind,
  sentence: { en: "", zh: "" },
  more: null,
  accesses: [],
  at: 0,
  goroutines: [goroutine],
});
const blocked = (ending: Ending, ...findings: FindingInfo[]) =>
  blockedIn({ lanes, verdict: { ending, sentence: { en: "", zh: "" }, findings, good: false } });

it("whoever has not ended sleeps for ever in a deadlock, and in no other ending", () => {
  expect([...blocked("deadlocked").asleep]).toEqual([0, 2]);
  for (const ending of ["completed", "panicked", "fatal", "cut"] as const) {
    expect(blocked(ending).asleep.size).toBe(0);
  }
});

it("whoever is found to have leaked is blocked for ever", () => {
  const { leaked, asleep } = blocked("completed", finding("dataRace", 1), finding("leaked", 2));
  expect([[...leaked], [...asleep]]).toEqual([[2], []]);
});

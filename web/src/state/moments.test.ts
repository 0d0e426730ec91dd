import { expect, it } from "vitest";
import type { Language, Moment, RunSummary } from "../core/wire";
import { Moments } from "./moments";
import { Store } from "./store";

/** A core that answers when it is let, in the order in which it was asked. */
function reader(events = 50) {
  const store = new Store();
  const pending: { asked: string; answer(): Promise<void> }[] = [];
  const ask = (at: number, language: Language) =>
    new Promise<Moment>((resolve) => {
      pending.push({
        asked: `${at} ${language}`,
        answer: async () => {
          resolve({ at } as Moment);
          await new Promise((later) => setTimeout(later));
        },
      });
    });
  const moments = new Moments(store, ask, (error) => {
    throw error;
  });
  const go = (at: number, stride = at - store.at.value) => {
    store.at.value = at;
    store.stride.value = stride;
    moments.show();
  };
  const open = (at = 0) => {
    store.run.value = { events } as RunSummary;
    go(at, 0);
  };
  const answer = async () => await pending.shift()?.answer();
  return {
    store,
    open,
    /** Opened, and what is asked for ahead is there. */
    openReady: async (at?: number) => {
      open(at);
      await answer();
      await answer();
    },
    go,
    show: () => moments.show(),
    asked: () => pending.map(({ asked }) => asked),
    answer,
    shown: () => store.moment.value?.at,
  };
}

it("has the next step ready, and the one after it once that is shown", async () => {
  const { open, go, answer, asked, shown } = reader();
  open();
  expect(asked()).toEqual(["0 en"]);
  await answer();
  expect(asked()).toEqual(["1 en"]);
  await answer();
  expect(shown()).toBe(0);
  go(1);
  expect([shown(), asked()]).toEqual([1, ["2 en"]]);
});

it("looks ahead the way that the reader goes, and remembers where that was", async () => {
  const { openReady, go, answer, asked, shown } = reader();
  await openReady(9);
  go(10);
  await answer();
  expect(asked()).toEqual([]);
  go(9);
  expect([shown(), asked()]).toEqual([9, ["8 en"]]);
  await answer();
  go(8);
  expect([shown(), asked()]).toEqual([8, ["7 en"]]);
});

it("does not ask twice for what is on its way", async () => {
  const { open, go, answer, asked, shown } = reader();
  open();
  await answer();
  go(1);
  expect([shown(), asked()]).toEqual([0, ["1 en"]]);
  await answer();
  expect([shown(), asked()]).toEqual([1, ["2 en"]]);
});

it("asks for nothing ahead of a jump, nor beyond an end", async () => {
  const { openReady, go, answer, asked, shown } = reader(30);
  await openReady();
  go(20);
  await answer();
  expect([shown(), asked()]).toEqual([20, []]);
  go(30);
  await answer();
  expect([shown(), asked()]).toEqual([30, []]);
  go(29, -1);
  await answer();
  go(30, 1);
  expect([shown(), asked()]).toEqual([30, ["28 en"]]);
});

it("an answer of a place that was left does not replace what is there already", async () => {
  const { openReady, go, answer, shown } = reader();
  await openReady();
  go(10);
  go(1);
  expect(shown()).toBe(1);
  await answer();
  expect(shown()).toBe(1);
});

it("an answer of a place that was left is shown until that of the cursor comes", async () => {
  const { openReady, go, answer, shown } = reader();
  await openReady();
  go(10);
  go(20);
  await answer();
  expect(shown()).toBe(10);
  await answer();
  expect(shown()).toBe(20);
});

it("uses nothing of another run or another language", async () => {
  const { store, open, go, show, answer, asked } = reader();
  open();
  await answer();
  // Asked ahead of the run before; what comes may be of either.
  open();
  await answer();
  expect(asked()).toEqual(["0 en"]);
  await answer();
  go(1);
  expect(asked()).toEqual(["1 en"]);
  await answer();
  store.language.value = "zh";
  show();
  expect(asked()).toContain("1 zh");
});

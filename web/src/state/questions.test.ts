import { expect, it } from "vitest";
import type { RunSummary } from "../core/wire";
import { type CoreLine, Questions } from "./questions";
import { Store } from "./store";

it("an address that was asked for at a step of the run before is not written for the run at hand", async () => {
  const store = new Store();
  const heard: string[] = [];
  const pending: Array<() => Promise<void>> = [];
  const core = {
    call: (method: string, at: number) =>
      new Promise((resolve) => {
        pending.push(async () => {
          resolve(`${method} ${at}`);
          await new Promise((later) => setTimeout(later));
        });
      }),
  } as unknown as CoreLine;
  const questions = new Questions(store, core, { fragment: (fragment) => heard.push(fragment), failed: () => {} });
  const goTo = (at: number) => {
    store.at.value = at;
    questions.fragment(at);
  };
  store.run.value = { events: 9 } as RunSummary;
  goTo(1);
  goTo(5);
  // Another run has come; the first answer is still on its way, and the second not asked for yet.
  store.run.value = { events: 7 } as RunSummary;
  store.at.value = 0;
  await pending[0]?.();
  await pending[1]?.();
  expect([pending.length, heard]).toEqual([2, []]);
  goTo(3);
  await pending[2]?.();
  expect(heard).toEqual(["writeLink 3"]);
});

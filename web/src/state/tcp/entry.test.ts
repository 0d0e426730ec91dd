import { expect, it } from "vitest";
import { Address } from "../address";
import type { TcpActions } from "./actions";
import { TcpEntry } from "./entry";
import { TcpStore } from "./store";

/** An entry whose chapter comes when the test says so. */
function entry() {
  const store = new TcpStore();
  const [opened, pushed, failed]: [string[], string[], unknown[]] = [[], [], []];
  const loads: Array<{ resolve(actions: TcpActions): void; reject(error: unknown): void }> = [];
  const history = { pushState: (_: unknown, __: string, url: string) => void pushed.push(url), replaceState: () => {} };
  const chapter = new TcpEntry(store, {
    address: new Address(history, { set: () => 0, clear: () => {} }),
    load: () => new Promise((resolve, reject) => void loads.push({ resolve, reject })),
    failed: (error) => failed.push(error),
  });
  const sessions = { openAddress: async (fragment: string) => void opened.push(fragment), leave: () => {} };
  const actions = { sessions } as unknown as TcpActions;
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { store, chapter, loads, actions, opened, pushed, failed, settle };
}

it("opens the last of the addresses that were asked for while it was loaded, which it is once", async () => {
  const { store, chapter, loads, actions, opened, settle } = entry();
  expect(chapter.open("#/tcp-clock?at=1")).toBe(true);
  expect(chapter.open("#/tcp-clock?at=2")).toBe(true);
  expect(store.open.value).toBe(true);
  loads[0]?.resolve(actions);
  await settle();
  expect([opened, loads.length]).toEqual([["#/tcp-clock?at=2"], 1]);
});

it("is not opened once it has been left", async () => {
  const { store, chapter, loads, actions, opened, settle } = entry();
  chapter.open("#/tcp-clock");
  expect(chapter.open("#/rendezvous")).toBe(false);
  loads[0]?.resolve(actions);
  await settle();
  expect([store.open.value, opened]).toEqual([false, []]);
});

it("that does not come is told, and asked for again when it is next opened", async () => {
  const { chapter, loads, actions, opened, pushed, failed, settle } = entry();
  chapter.enter();
  loads[0]?.reject("gone");
  await settle();
  expect([failed, opened, pushed]).toEqual([["gone"], [], ["#/tcp-clock"]]);
  chapter.open("#/tcp-clock");
  loads[1]?.resolve(actions);
  await settle();
  expect(opened).toEqual(["#/tcp-clock"]);
});

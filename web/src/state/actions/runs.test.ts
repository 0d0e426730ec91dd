import { expect, it } from "vitest";
import { page, spec } from "./fake-page";

it("shows its progress and can be cancelled, and the run before stays", async () => {
  const { core, store, actions } = page();
  await actions.places.openAddress("");
  core.holdRuns = true;
  const opened = actions.runs.openRun(spec(8));
  expect(store.underWay.value).toBe(0);
  core.held[0]?.report(5_000);
  expect(store.underWay.value).toBe(5_000);
  await actions.runs.cancel();
  await opened;
  expect(store.underWay.value).toBeUndefined();
  expect(store.run.value?.spec).toEqual(spec(0));
  expect(store.notice.value).toBeUndefined();
});

it("one that is over before the core hears of the stop is shown, as an entry of the history of its own", async () => {
  const { core, store, actions, entries, settle } = page();
  await actions.places.openAddress("");
  actions.cursor.step(5);
  await settle();
  core.holdRuns = true;
  core.deaf = true;
  const opened = actions.runs.openRun(spec(8));
  // It is over, and the page has not heard it yet.
  core.current = spec(8);
  const stopped = actions.runs.cancel();
  await settle();
  core.held[0]?.finish();
  await Promise.all([opened, stopped]);
  await settle();
  expect([store.run.value?.spec.seed, store.at.value, store.underWay.value]).toEqual([8, 0, undefined]);
  expect(entries).toEqual(["#seed=0&at=5", "#seed=8&at=0"]);
});

it("of two asked for in a row the last is in the history, also when the first could not be stopped any more", async () => {
  const { core, store, actions, entries, settle } = page();
  await actions.places.openAddress("");
  core.holdRuns = true;
  core.deaf = true;
  const first = actions.runs.openAt(spec(8), 3, "first");
  const second = actions.runs.openRun(spec(9));
  core.held[0]?.finish();
  await first;
  expect([store.run.value?.spec.seed, store.underWay.value]).toEqual([8, 0]);
  core.held[1]?.report(700);
  expect(store.underWay.value).toBe(700);
  core.held[1]?.finish();
  await second;
  await settle();
  expect([store.run.value?.spec.seed, store.underWay.value]).toEqual([9, undefined]);
  expect(entries).toEqual(["#seed=0&at=0", "#seed=9&at=0"]);
  expect(core.asked.filter((asked) => asked.startsWith("compareDigest"))).toEqual([]);
});

it("a stop is of the run under way, and says nothing of the one that is asked for after it", async () => {
  const { core, store, actions, entries, settle } = page();
  await actions.places.openAddress("");
  core.holdRuns = true;
  const first = actions.runs.openRun(spec(8));
  const stopped = actions.runs.cancel();
  const second = actions.runs.openRun(spec(9));
  core.held[1]?.finish();
  await Promise.all([first, stopped, second]);
  await settle();
  expect([store.run.value?.spec.seed, store.notice.value]).toEqual([9, undefined]);
  expect(entries).toEqual(["#seed=0&at=0", "#seed=9&at=0"]);
});

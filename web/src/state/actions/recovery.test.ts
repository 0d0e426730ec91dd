import { expect, it } from "vitest";
import { CoreRestarted } from "../../core/client";
import { page, spec } from "./fake-page";

it("the run at hand is asked for again, at its moment and as it was shown", async () => {
  const { store, actions, entries } = page();
  await actions.places.openAddress("");
  actions.cursor.step(5);
  actions.timeline.zoomBy(2, 0);
  await actions.recovery.restarted("unreachable");
  expect(store.notice.value).toMatchObject({ kind: "restarted" });
  expect(store.run.value?.spec).toEqual(spec(0));
  expect(store.at.value).toBe(5);
  expect(store.viewport.value).toEqual({ from: 0, to: 20 });
  expect(entries.at(-1)).toBe("#seed=0&at=5?view=0-20");
});

it("again and again, it goes back to what may not trap, and then gives up", async () => {
  const { store, actions } = page();
  await actions.places.openAddress("");
  await actions.runs.openRun(spec(7));
  actions.cursor.step(5);
  const places: unknown[] = [];
  for (let trap = 0; trap < 3; trap += 1) {
    await actions.recovery.restarted("unreachable");
    places.push([store.run.value?.spec.seed, store.at.value]);
  }
  expect(places).toEqual([
    [7, 5],
    [7, 0],
    [0, 0],
  ]);
  await actions.recovery.restarted("unreachable");
  expect(store.phase.value).toBe("failed");
});

it("after the reader has gone on, it counts anew", async () => {
  const { store, actions } = page();
  await actions.places.openAddress("");
  for (let trap = 0; trap < 5; trap += 1) {
    actions.cursor.step(1);
    await actions.recovery.restarted("unreachable");
  }
  expect(store.phase.value).toBe("ready");
  expect(store.at.value).toBe(5);
});

it("what was interrupted is not reported twice", async () => {
  const { core, store, actions, settle } = page();
  await actions.places.openAddress("");
  core.answer = () => {
    throw new CoreRestarted("unreachable");
  };
  actions.cursor.step(1);
  await settle();
  expect(store.notice.value).toBeUndefined();
});

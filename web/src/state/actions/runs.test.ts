import { expect, it } from "vitest";
import { page, spec } from "./fake-page";

it("shows its progress and can be cancelled, and the run before stays", async () => {
  const { core, store, actions } = page();
  await actions.places.start("");
  core.holdRuns = true;
  const opened = actions.runs.openRun(spec(8));
  expect(store.underWay.value).toBe(0);
  core.report(5_000);
  expect(store.underWay.value).toBe(5_000);
  actions.runs.cancel();
  await opened;
  expect(store.underWay.value).toBeUndefined();
  expect(store.run.value?.spec).toEqual(spec(0));
  expect(store.notice.value).toBeUndefined();
});

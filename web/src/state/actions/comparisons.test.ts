import { expect, it } from "vitest";
import { CoreRefused } from "../../core/client";
import { EVENTS, page, refusal, spec, words } from "./fake-page";

/** A page with a run, whose core compares with none. */
async function refusing() {
  const all = page();
  const { core, actions } = all;
  const answer = core.answer.bind(core);
  core.answer = (method, args) => {
    if (method === "compare") throw new CoreRefused(refusal);
    return answer(method, args);
  };
  await actions.places.openAddress("");
  return all;
}

it("whoever asks for a comparison by a link is answered why it cannot be, and nobody else is told", async () => {
  const { core, store, actions } = await refusing();
  core.place = { kind: "link", field: null, message: words("A link begins otherwise.") };
  expect(await actions.comparisons.compareWith("garbage")).toEqual(core.place);
  core.place = { spec: spec(8), at: 0, digest: null };
  expect(await actions.comparisons.compareWith("#/pair?seed=8")).toEqual(refusal);
  expect([store.notice.value, store.compared.value]).toEqual([undefined, undefined]);
});

it("of an address with two runs, or an outcome, the notice says that it is the other one", async () => {
  const { core, store, actions } = await refusing();
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#/pair?seed=7&with=pair%3Fseed%3D8");
  expect(store.run.value?.spec.seed).toBe(7);
  expect(store.notice.value).toEqual({ kind: "badOther", refusal });
  store.notice.value = undefined;
  await actions.comparisons.compareRun(spec(8), undefined);
  expect(store.notice.value).toEqual({ kind: "badOther", refusal });
});

it("beside a longer run the timeline spans all of that one, until the run stands alone again", async () => {
  const { core, store, actions } = page();
  const answer = core.answer.bind(core);
  core.answer = (method, args) =>
    method === "compare" ? { other: { lanes: [], events: EVENTS + 20, verdict: {} }, same: 3 } : answer(method, args);
  await actions.places.openAddress("");
  actions.timeline.showWhole();
  await actions.comparisons.compareRun(spec(8), undefined);
  expect(store.viewport.value).toEqual({ from: 0, to: EVENTS + 20 });
  // All of the run alone is not what two runs are shown in by themselves.
  actions.timeline.zoomBy((EVENTS + 20) / EVENTS, 0);
  expect([store.viewport.value, store.zoomed.value]).toEqual([{ from: 0, to: EVENTS }, true]);
  actions.timeline.showWhole();
  actions.timeline.zoomBy(4, EVENTS + 20);
  expect(store.viewport.value).toEqual({ from: EVENTS + 5, to: EVENTS + 20 });
  actions.comparisons.end();
  expect(store.viewport.value).toEqual({ from: EVENTS - 15, to: EVENTS });
});

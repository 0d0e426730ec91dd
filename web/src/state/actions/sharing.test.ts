import { expect, it } from "vitest";
import { page, spec } from "./fake-page";
import { MOST_EVENTS_IN_A_FILE } from "./sharing";

it("a file opens its run at its moment, and one that is none of ours says so and changes nothing", async () => {
  const { store, actions } = page();
  await actions.places.openAddress("");
  const place = { spec: spec(9), at: 6, digest: "d" };
  const verdict = { ending: "completed", sentence: { en: "ended", zh: "结束" }, findings: [], good: true };
  const file = { format: "chanscope-run", version: 1, place, events: 9, verdict, lanes: [], log: [] };
  await actions.sharing.openFile(JSON.stringify(file));
  expect([store.run.value?.spec.seed, store.at.value]).toEqual([9, 6]);
  await actions.sharing.openFile("{");
  expect(store.notice.value).toMatchObject({ kind: "badFile", why: { en: expect.stringContaining("no JSON") } });
  expect(store.at.value).toBe(6);
});

it("writes a link with the digest, and Markdown that its title cannot break", async () => {
  const { store, actions } = page();
  await actions.places.openAddress("");
  await actions.sharing.share();
  expect(store.shared.value?.moment).toEqual({
    url: "http://page/#seed=0&at=0",
    markdown: "[Title](http://page/#seed=0&at=0)",
    iframe: expect.stringContaining('src="http://page/?embed#seed=0&amp;at=0"'),
  });
});

it("writes beside the link to the moment the one to the run, which names neither a step nor what it did", async () => {
  const { store, actions, settle } = page();
  await actions.places.openAddress("");
  actions.cursor.seek(7);
  await settle();
  await actions.sharing.share();
  const { moment, run } = store.shared.value ?? {};
  expect([moment?.url, run?.url]).toEqual(["http://page/#seed=0&at=7", "http://page/#seed=0&at=0"]);
  expect(run?.markdown).toBe("[Title](http://page/#seed=0&at=0)");
});

it("the element has all that the link has, and the room for two runs", async () => {
  const { core, store, actions } = page();
  const answer = core.answer.bind(core);
  core.answer = (method, args) =>
    method === "compare" ? { other: { lanes: [], events: 60, verdict: {} }, same: 3 } : answer(method, args);
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#/pair?seed=7&at=3&lens=order&with=pair?seed=8");
  await actions.sharing.share();
  const { url, iframe } = store.shared.value?.moment ?? {};
  expect(url).toBe("http://page/#seed=7&at=3?lens=order&with=pair?seed=8");
  expect(iframe).toContain('src="http://page/?embed#seed=7&amp;at=3?lens=order&amp;with=pair?seed=8"');
  expect(iframe).toContain('height="720"');
});

it("links have the stretch that the reader has chosen, and the one to the run as much from its start", async () => {
  const { store, actions } = page();
  await actions.places.openAddress("");
  actions.timeline.zoomBy(4, 40);
  actions.cursor.seek(35);
  await actions.sharing.share();
  const { moment, run } = store.shared.value ?? {};
  expect(moment?.url).toBe("http://page/#seed=0&at=35?view=30-40");
  expect(run?.url).toBe("http://page/#seed=0&at=0?view=0-10");
});

it.each([
  [MOST_EVENTS_IN_A_FILE, MOST_EVENTS_IN_A_FILE],
  [MOST_EVENTS_IN_A_FILE + 1, MOST_EVENTS_IN_A_FILE],
])("a file of a run of %i events lists %i of them, and opens the run all the same", async (events, listed) => {
  const { core, store, actions } = page();
  core.events = events;
  await actions.places.openAddress("");
  actions.cursor.seek(events);
  const { text } = (await actions.sharing.file("trace")) ?? { text: "" };
  const file = JSON.parse(text);
  expect([file.events, file.log.length, file.log.at(-1).index]).toEqual([events, listed, listed - 1]);
  await actions.runs.openRun(spec(9));
  await actions.sharing.openFile(text);
  expect([store.run.value?.spec.seed, store.at.value, store.notice.value]).toEqual([0, events, undefined]);
});

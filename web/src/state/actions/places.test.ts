import { expect, it } from "vitest";
import type { Refusal } from "../../core/wire";
import { EVENTS, page, refusal, spec, words } from "./fake-page";

it("an empty address opens the first preset at once, without a new entry of the history", async () => {
  const { core, store, actions, entries } = page();
  await actions.places.openAddress("");
  expect(core.asked).not.toContain("readLink");
  expect(store.run.value?.spec).toEqual(spec(0));
  expect(store.at.value).toBe(0);
  expect(entries).toEqual(["#seed=0&at=0"]);
});

it("a link opens its run at its moment, or at the run's end where that comes before, and says so", async () => {
  const { core, store, actions } = page();
  core.place = { spec: spec(7), at: 1_000, digest: null };
  await actions.places.openAddress("#link");
  expect(store.run.value?.spec.seed).toBe(7);
  expect(store.at.value).toBe(EVENTS);
  expect(store.notice.value).toEqual({ kind: "beyond", step: 1_000, events: EVENTS });
  expect(core.asked).not.toContain("compareDigest d");
});

it("cancelling the first run opens the default one", async () => {
  const { core, store, actions, settle } = page();
  core.place = { spec: spec(7), at: 3, digest: null };
  core.holdRuns = true;
  void actions.places.openAddress("#link");
  await settle();
  core.holdRuns = false;
  await actions.runs.cancel();
  await settle();
  expect(store.run.value?.spec).toEqual(spec(0));
  expect(store.notice.value).toBeUndefined();
});

it("a bad address leaves the run at hand, and the next good one clears the notice", async () => {
  const { core, store, actions, entries, settle } = page();
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#link");
  core.place = { kind: "link", field: null, message: words("there is no program") };
  entries.push("#bad");
  await actions.places.openAddress("#bad");
  expect(store.notice.value?.kind).toBe("badLink");
  expect(store.run.value?.spec.seed).toBe(7);
  expect(entries.at(-1)).toBe("#bad");
  actions.cursor.step(1);
  await settle();
  expect(entries.at(-1)).toBe("#seed=7&at=4");
  core.place = { spec: spec(8), at: 1, digest: null };
  await actions.places.openAddress("#good");
  expect(store.notice.value).toBeUndefined();
  expect(store.run.value?.spec.seed).toBe(8);
});

it("a bad setting leads to the default run of the program that was named, and the address stays to be mended", async () => {
  const { core, store, actions, entries, settle } = page();
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#link");
  core.place = { spec: { ...spec(1), config: { producers: 0 } }, at: 9, digest: null };
  entries.push("#typed");
  await actions.places.openAddress("#typed");
  await settle();
  expect(store.notice.value).toEqual({ kind: "badLink", refusal, instead: true });
  expect([store.run.value?.spec, store.at.value]).toEqual([spec(0), 9]);
  expect(entries.at(-1)).toBe("#typed");
  actions.cursor.step(1);
  await settle();
  expect(entries.at(-1)).toBe("#seed=0&at=10");
});

it.each([
  ["#/pair?at=9&producers=many", 9],
  ["#/pair?producers=many&at=40", 40],
  // Those are no steps of the default run, and one is the other run's.
  ["#/pair?at=41&producers=many", 0],
  ["#/pair?at=9.5&producers=many", 0],
  ["#/pair?flat=9&producers=many", 0],
  ["#/pair?producers=many&with=pair?at=9", 0],
  ["#/nope?at=9", 0],
])("of a link that cannot be read the step stays where the default run has it: %s", async (fragment, at) => {
  const { core, store, actions } = page();
  core.place = { kind: "link", field: null, message: words("“producers” in the link …") };
  await actions.places.openAddress(fragment);
  expect(store.notice.value).toMatchObject({ kind: "badLink", instead: true });
  expect([store.run.value?.spec, store.at.value]).toEqual([spec(0), at]);
});

/** What is wrong with an address: it cannot be read, or its run not be run, as where a replay diverges. */
const wrong = {
  read: { kind: "link", field: null, message: words("“producers” in the link …") },
  run: { spec: { ...spec(1), config: { producers: 0 } }, at: 35, digest: null },
};

it.each(["read", "run"] as const)("what is good in a link is kept where it cannot be %s", async (how) => {
  const { core, store, actions, entries, settle } = page();
  const answer = core.answer.bind(core);
  core.answer = (method, args) => {
    if (method === "compare") return { other: { lanes: [], events: 60, verdict: {} }, same: 3 };
    if (method !== "readLink") return answer(method, args);
    core.place = args[0] === "#/pair?seed=8" ? { spec: spec(8), at: 0, digest: null } : wrong[how];
    return answer(method, args);
  };
  const typed = "#/pair?at=35&producers=0&lens=order&lanes=object,list&steps=all&view=30-50&with=pair?seed=8";
  entries.push(typed);
  await actions.places.openAddress(typed);
  await settle();
  expect(store.notice.value).toMatchObject({ kind: "badLink", instead: true });
  expect([store.run.value?.spec, store.at.value]).toEqual([spec(0), 35]);
  expect([store.lens.value, store.laneChoice.value.by, store.listOpen.value]).toEqual(["order", "object", true]);
  expect([store.everyStep.value, store.viewport.value]).toEqual([true, { from: 30, to: 50 }]);
  expect(store.compared.value?.fragment).toBe("#/pair?seed=8");
  expect(entries.at(-1)).toBe(typed);
  actions.cursor.step(1);
  await settle();
  const shown = "lens=order&lanes=object,list&steps=all&view=30-50&with=pair?seed=8";
  expect(entries.at(-1)).toBe(`#seed=0&at=36?${shown}`);
});

it("of a link and of its other run the first that is wrong is told", async () => {
  const { core, store, actions } = page();
  core.place = wrong.read as Refusal;
  await actions.places.openAddress("#/pair?producers=many&with=pair?seed=x");
  expect(store.notice.value).toMatchObject({ kind: "badLink", refusal: { message: wrong.read.message } });
  expect(store.compared.value).toBeUndefined();
});

it("of a bad link to no program that there is nothing is shown beside the run at hand", async () => {
  const { core, store, actions } = page();
  await actions.places.openAddress("");
  core.place = wrong.read as Refusal;
  await actions.places.openAddress("#/nope?lens=order&with=pair?seed=8");
  expect([store.notice.value, store.lens.value]).toMatchObject([{ kind: "badLink", instead: false }, undefined]);
  expect(core.asked).not.toContain("compare");
});

it("a step of the run before is not written over an address that is kept to be mended", async () => {
  const { core, actions, entries, settle } = page();
  await actions.places.openAddress("");
  await settle();
  const before = [...entries];
  actions.cursor.step(1);
  core.place = { kind: "link", field: null, message: words("“producers” in the link …") };
  await actions.places.openAddress("#/pair?at=9&producers=many");
  await settle();
  expect(entries).toEqual(before);
});

it("nothing is said of an address that another one has followed", async () => {
  const { core, store, actions } = page();
  await actions.places.openAddress("");
  core.place = { kind: "link", field: null, message: words("there is no program") };
  const bad = actions.places.openAddress("#/nope");
  core.place = { spec: spec(8), at: 1, digest: null };
  await Promise.all([bad, actions.places.openAddress("#/pair?seed=8&at=1")]);
  expect(store.notice.value).toBeUndefined();
  expect(store.run.value?.spec.seed).toBe(8);
});

it("an address that changes while the core is being got ready is the one that opens", async () => {
  const { core, store, actions, entries, settle } = page();
  core.holdRuns = true;
  core.place = { spec: spec(7), at: 3, digest: null };
  const before = actions.places.openAddress("#before");
  await settle();
  core.place = { spec: spec(8), at: 4, digest: null };
  const after = actions.places.openAddress("#after");
  await settle();
  for (const { finish } of core.held) finish();
  await Promise.all([before, after]);
  expect([store.run.value?.spec.seed, store.at.value]).toEqual([8, 4]);
  expect(entries).toEqual(["#seed=8&at=4"]);
});

it("a damaged link says so and opens the default run, and the address stays to be mended", async () => {
  const { core, store, actions, entries } = page();
  core.place = { kind: "link", field: null, message: words("At character 3 …") };
  await actions.places.openAddress("#x");
  expect(store.notice.value).toMatchObject({ kind: "badLink", instead: true });
  expect(store.run.value?.spec).toEqual(spec(0));
  expect(entries).toEqual(["#start"]);
});

it("of a damaged link that names a program the default run of that one opens", async () => {
  const { core, store, actions, entries } = page();
  core.place = { kind: "link", field: null, message: words("“at” in the link …") };
  await actions.places.openAddress("#/other?at=");
  expect(store.notice.value).toMatchObject({ kind: "badLink", instead: true });
  expect(store.run.value?.spec.scenario).toBe("pair");
  expect(entries).toEqual(["#start"]);
});

it("a link to a run that the core refuses says so and opens the default run", async () => {
  const { core, store, actions } = page();
  core.place = { spec: spec(7, 0), at: 3, digest: null };
  await actions.places.openAddress("#x");
  expect(store.notice.value).toEqual({ kind: "badLink", refusal, instead: true });
  expect(store.run.value?.spec).toEqual(spec(0));
});

it("a link whose replay differs says where", async () => {
  const { core, store, actions } = page();
  core.place = { spec: spec(7), at: 3, digest: "other" };
  core.digestDiffers = true;
  await actions.places.openAddress("#x");
  expect(store.notice.value).toEqual({ kind: "differs", difference: { from: 4, to: 5 } });
  expect(store.at.value).toBe(3);
});

it("a link to two runs compares nothing when the first of them is stopped", async () => {
  const { core, store, actions } = page();
  await actions.places.openAddress("");
  core.place = { spec: spec(7), at: 3, digest: null };
  core.holdRuns = true;
  const opened = actions.places.openAddress("#/pair?seed=7&with=pair%3Fseed%3D8");
  await new Promise((resolve) => setTimeout(resolve, 0));
  await actions.runs.cancel();
  await opened;
  expect([store.run.value?.spec.seed, store.compared.value]).toEqual([0, undefined]);
  expect(core.asked).not.toContain("compare");
});

it("a link's view is shown, kept in the address, and taken back by one without", async () => {
  const { core, store, actions, entries, settle } = page();
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#/pair?seed=7&at=3&lens=order&only=pro&fold=producer");
  expect(store.lens.value).toBe("order");
  expect(store.laneChoice.value).toEqual({ by: "goroutine", filter: "pro", folded: new Set(["producer"]) });
  expect(entries.at(-1)).toBe("#seed=7&at=3?lens=order&only=pro&fold=producer");
  actions.timeline.setLens(undefined);
  await settle();
  expect(entries.at(-1)).toBe("#seed=7&at=3?only=pro&fold=producer");
  await actions.places.openAddress("#/pair?seed=7&at=3");
  expect(store.laneChoice.value.filter).toBe("");
  expect(store.notice.value).toBeUndefined();
});

it("the stretch that the reader has chosen is in the address, and the one that the page shows by itself is not", async () => {
  const { store, actions, entries, settle } = page();
  await actions.places.openAddress("");
  actions.cursor.step(1);
  await settle();
  expect(entries.at(-1)).toBe("#seed=0&at=1");
  actions.timeline.zoomBy(4, 10);
  expect(store.viewport.value).toEqual({ from: 7.5, to: 17.5 });
  await settle();
  expect(entries.at(-1)).toBe("#seed=0&at=1?view=8-18");
  actions.timeline.panBy(-1);
  await settle();
  expect(entries.at(-1)).toBe("#seed=0&at=1?view=7-17");
  actions.timeline.showWhole();
  await settle();
  expect(entries.at(-1)).toBe("#seed=0&at=1");
});

it("a link's stretch is shown whatever room there is, until a run is opened that says nothing of it", async () => {
  const { core, store, actions, entries } = page();
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#/pair?seed=7&at=3&view=20-36");
  expect(store.viewport.value).toEqual({ from: 20, to: 36 });
  actions.timeline.setRoom({ pixels: 200, firstLane: 0, endLane: 4 });
  expect(store.viewport.value).toEqual({ from: 20, to: 36 });
  expect(entries.at(-1)).toBe("#seed=7&at=3?view=20-36");
  await actions.runs.openRun(spec(8));
  expect(store.viewport.value).toEqual({ from: 0, to: 16 });
  expect(entries.at(-1)).toBe("#seed=8&at=0");
});

it("a variation of the run is shown in the stretch that the reader has chosen, as far as it has that", async () => {
  const { core, store, actions, entries } = page();
  await actions.places.openAddress("");
  actions.timeline.zoomBy(4, EVENTS);
  core.events = EVENTS - 5;
  await actions.runs.open(spec(8), { at: 30, history: "push", keepView: true });
  expect(store.viewport.value).toEqual({ from: 25, to: 35 });
  expect(entries.at(-1)).toBe("#seed=8&at=30?view=25-35");
});

it("a stretch that the run does not have is passed over, and told", async () => {
  const { core, store, actions } = page();
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#/pair?seed=7&at=3&view=30-41");
  expect(store.viewport.value).toEqual({ from: 0, to: 40 });
  expect(store.notice.value).toEqual({ kind: "badView", bad: [{ name: "view", came: "30-41" }] });
});

it("a stretch of two runs is one of the longer of them", async () => {
  const { core, store, actions, entries, settle } = page();
  const answer = core.answer.bind(core);
  core.answer = (method, args) =>
    method === "compare" ? { other: { lanes: [], events: 60, verdict: {} }, same: 3 } : answer(method, args);
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#/pair?seed=7&at=3&view=35-55&with=pair?seed=8");
  expect(store.viewport.value).toEqual({ from: 35, to: 55 });
  expect(store.notice.value).toBeUndefined();
  // A reload meanwhile finds both.
  expect(entries).toEqual(["#start"]);
  await settle();
  expect(entries.at(-1)).toContain("?view=35-55&with=pair");
  await actions.places.openAddress("#/pair?seed=7&at=3&view=35-61&with=pair?seed=8");
  expect(store.notice.value).toEqual({ kind: "badView", bad: [{ name: "view", came: "35-61" }] });
});

it("how two runs are shown may stand after the other one too, and is written ahead of it", async () => {
  const { core, store, actions, entries, settle } = page();
  const answer = core.answer.bind(core);
  core.answer = (method, args) =>
    method === "compare" ? { other: { lanes: [], events: 60, verdict: {} }, same: 3 } : answer(method, args);
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#/pair?seed=7&at=3&with=pair?seed=8&lens=order&view=30-50");
  await settle();
  expect([store.lens.value, store.viewport.value]).toEqual(["order", { from: 30, to: 50 }]);
  expect(entries.at(-1)).toBe("#seed=7&at=3?lens=order&view=30-50&with=pair?seed=8");
});

it.each([
  ["with=", undefined, ""],
  ["with=%zz", undefined, "%zz"],
  ["with=pair?seed=8&with=pair?seed=9", "#/pair?seed=8", "pair?seed=9"],
])("of %s what is no other run is passed over, and told", async (query, compared, came) => {
  const { core, store, actions } = page();
  const answer = core.answer.bind(core);
  core.answer = (method, args) =>
    method === "compare" ? { other: { lanes: [], events: 60, verdict: {} }, same: 3 } : answer(method, args);
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress(`#/pair?seed=7&at=3&${query}`);
  expect([store.run.value?.spec.seed, store.compared.value?.fragment]).toEqual([7, compared]);
  expect(store.notice.value).toEqual({ kind: "badView", bad: [{ name: "with", came }] });
});

it("what a link says of a view that there is not is passed over, and told", async () => {
  const { core, store, actions } = page();
  core.place = { spec: spec(7), at: 3, digest: null };
  await actions.places.openAddress("#/pair?seed=7&at=3&lens=odd");
  expect(store.run.value?.spec.seed).toBe(7);
  expect(store.lens.value).toBeUndefined();
  expect(store.notice.value).toEqual({ kind: "badView", bad: [{ name: "lens", came: "odd" }] });
});

it("a link to another program opens with what there is to say of it", async () => {
  const { core, store, actions } = page();
  core.place = { spec: { ...spec(7), scenario: "other" }, at: 3, digest: null };
  await actions.places.openAddress("#/other?seed=7&at=3");
  expect(store.scenario.value?.title.en).toBe("Other title");
  expect(store.at.value).toBe(3);
});

it("where the list of programs does not come, a link to another one says so and the default run opens", async () => {
  const { core, store, actions, host } = page();
  host.gone = true;
  core.place = { spec: { ...spec(7), scenario: "other" }, at: 3, digest: null };
  await actions.places.openAddress("#/other?seed=7&at=3");
  expect(store.notice.value).toMatchObject({ kind: "badLink", refusal: { kind: "load" } });
  expect(store.run.value?.spec).toEqual(spec(0));
});

import { expect, it } from "vitest";
import { EVENTS, page } from "./fake-page";

it("stays within the run and replaces the address", async () => {
  const { store, actions, entries, settle } = page();
  await actions.places.openAddress("");
  actions.cursor.step(10);
  actions.cursor.step(-3);
  expect(store.at.value).toBe(7);
  actions.cursor.step(-100);
  expect(store.at.value).toBe(0);
  actions.cursor.step(Number.MAX_SAFE_INTEGER);
  expect(store.at.value).toBe(EVENTS);
  await settle();
  expect(entries).toEqual([`#seed=0&at=${EVENTS}`]);
});

it("asks for one moment at a time, the last one wanted", async () => {
  const { core, store, actions, settle } = page();
  await actions.places.openAddress("");
  await settle();
  core.asked.length = 0;
  for (let jump = 0; jump < 10; jump += 1) actions.cursor.step(2);
  await settle();
  expect(core.asked.filter((asked) => asked.startsWith("moment"))).toEqual(["moment 2 en", "moment 20 en"]);
  expect(store.moment.value?.at).toBe(20);
});

it("keeps the moment when the language changes", async () => {
  const { core, store, actions, settle } = page();
  await actions.places.openAddress("");
  actions.cursor.step(5);
  await settle();
  await actions.page.setLanguage("zh");
  await settle();
  expect(store.at.value).toBe(5);
  expect(core.asked).toContain("moment 5 zh");
});

it("goes to what is found, and says when there is nothing more", async () => {
  const { store, actions } = page();
  await actions.places.openAddress("");
  await actions.cursor.findNext(false);
  expect(store.at.value).toBe(10);
  await actions.cursor.findNext(false);
  expect([store.at.value, store.foundNothing.value]).toEqual([10, "forward"]);
  actions.cursor.step(2);
  expect(store.foundNothing.value).toBeUndefined();
  await actions.cursor.findNext(true);
  expect(store.at.value).toBe(10);
});

it("a filter by name goes with the kind of lanes that it was for", async () => {
  const { store, actions } = page();
  await actions.places.openAddress("");
  actions.timeline.setLanes({ filter: "prod" });
  actions.timeline.foldLanes("producer");
  expect(store.laneChoice.value.filter).toBe("prod");
  actions.timeline.setLanes({ by: "object" });
  expect(store.laneChoice.value).toMatchObject({ by: "object", filter: "" });
});

it("asks for the stretch in view once, until it is another one or of another run", async () => {
  const { core, store, actions, settle } = page();
  await actions.places.openAddress("");
  actions.timeline.setRoom({ pixels: 800, firstLane: 0, endLane: 4 });
  await settle();
  core.asked.length = 0;
  const asked = () => core.asked.filter((each) => each.startsWith("window")).length;
  actions.cursor.step(1);
  await settle();
  expect(asked()).toBe(0);
  actions.timeline.zoomBy(4);
  await settle();
  expect(asked()).toBe(1);
  await actions.runs.openDefault();
  await settle();
  expect(store.stretch.value).toBeDefined();
});

import { expect, it } from "vitest";
import { page } from "./fake-page";

it("takes a choice as a new run that is the same up to there", async () => {
  const { store, actions, entries, settle } = page();
  await actions.places.openAddress("");
  actions.cursor.step(6);
  actions.byHand.set(true);
  await settle();
  await actions.byHand.choose("other");
  expect(store.run.value?.spec.deviations).toEqual([{ at: 6, choice: "other" }]);
  expect(store.at.value).toBe(7);
  expect(entries).toHaveLength(2);
});

it("forgets the choices and returns to where the first was made", async () => {
  const { store, actions, settle } = page();
  await actions.places.openAddress("");
  actions.cursor.step(6);
  actions.byHand.set(true);
  await settle();
  await actions.byHand.choose("other");
  actions.cursor.step(10);
  await actions.byHand.forgetChoices();
  expect(store.run.value?.spec.deviations).toEqual([]);
  expect(store.at.value).toBe(6);
});

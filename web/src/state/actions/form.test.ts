import { expect, it } from "vitest";
import { page, spec } from "./fake-page";

it("runs what it says, as a new entry of the history", async () => {
  const { store, actions, entries } = page();
  await actions.places.openAddress("");
  actions.form.edit({ seed: "9" });
  await actions.form.run();
  expect(store.run.value?.spec.seed).toBe(9);
  expect(entries).toHaveLength(2);
});

it("shows what is wrong beside its row and keeps the last good run", async () => {
  const { store, actions, entries } = page();
  await actions.places.openAddress("");
  actions.cursor.step(5);
  actions.form.edit({ producers: "0" });
  await actions.form.run();
  expect(store.draftErrors.value).toEqual({ producers: { typed: "0", min: 1, max: 100 } });
  expect(store.run.value?.spec).toEqual(spec(0));
  expect(store.at.value).toBe(5);
  expect(entries).toHaveLength(1);
  actions.form.edit({ producers: "4" });
  expect(store.draftErrors.value).toEqual({});
});

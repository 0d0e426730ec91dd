import { expect, it } from "vitest";
import { page, spec } from "./fake-page";

it("the list of chapters is loaded once, when it is first shown", async () => {
  const { store, actions, host } = page();
  expect(store.catalogue.value.map(({ id }) => id)).toEqual(["pair"]);
  await actions.page.showChapters();
  expect([store.overlay.value, store.catalogue.value.length]).toEqual(["chapters", 2]);
  actions.page.show(undefined);
  host.gone = true;
  await actions.page.showChapters();
  expect(store.overlay.value).toBe("chapters");
});

it("a list that does not come is told, and shown once it does", async () => {
  const { store, actions, host } = page();
  host.gone = true;
  await actions.page.showChapters();
  expect([store.overlay.value, store.notice.value?.kind]).toEqual([undefined, "notLoaded"]);
  host.gone = false;
  await actions.page.showChapters();
  expect(store.overlay.value).toBe("chapters");
});

it("a run of another program that is stopped before it is known what to say of it leaves the run at hand", async () => {
  const { store, actions } = page();
  await actions.places.openAddress("");
  const opened = actions.runs.openRun({ ...spec(7), scenario: "other" });
  await actions.runs.cancel();
  await opened;
  expect(store.run.value?.spec).toEqual(spec(0));
  expect(store.underWay.value).toBeUndefined();
});

it("a language whose words do not come is not taken, and that is told", async () => {
  const { store, actions, host } = page();
  host.gone = true;
  await actions.page.setLanguage("zh");
  expect([store.language.value, store.notice.value]).toEqual(["en", { kind: "notLoaded", reason: "gone" }]);
  host.gone = false;
  await actions.page.setLanguage("zh");
  expect(store.language.value).toBe("zh");
});

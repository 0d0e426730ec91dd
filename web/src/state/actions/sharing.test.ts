import { expect, it } from "vitest";
import { page, spec } from "./fake-page";

it("a file opens its run at its moment, and one that is none of ours says so and changes nothing", async () => {
  const { store, actions } = page();
  await actions.places.start("");
  const file = { format: "chanscope-run", version: 1, place: { spec: spec(9), at: 6, digest: "d" } };
  await actions.sharing.openFile(JSON.stringify(file));
  expect([store.run.value?.spec.seed, store.at.value]).toEqual([9, 6]);
  await actions.sharing.openFile("{");
  expect(store.notice.value).toEqual({ kind: "badFile", why: "json" });
  expect(store.at.value).toBe(6);
});

it("writes a link with the digest, and Markdown that its title cannot break", async () => {
  const { store, actions } = page();
  await actions.places.start("");
  await actions.sharing.share();
  expect(store.shared.value).toEqual({
    url: "http://page/#seed=0&at=0",
    markdown: "[Title](http://page/#seed=0&at=0)",
    iframe: expect.stringContaining('src="http://page/?embed#seed=0&amp;at=0"'),
  });
});

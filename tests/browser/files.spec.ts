/** The run as a file: saved, opened in a fresh profile at the same moment with the same digest. */
import { readFile } from "node:fs/promises";
import { expect, open, test } from "./fixtures";

test("a saved trace opens again elsewhere", { tag: "@download" }, async ({ page, browser }) => {
  await open(page, "./#/many-to-many?strategy=random&seed=42&at=17");
  const digest = (await page.getByTestId("digest").textContent()) ?? "";
  await page.getByTestId("share").click();
  const download = page.waitForEvent("download");
  await page.getByTestId("save-trace").click();
  const path = await (await download).path();
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({
    format: "chanscope-run",
    place: { at: 17, digest },
  });

  const profile = await browser.newContext();
  const other = await profile.newPage();
  await open(other);
  await other.getByTestId("share").click();
  await other.getByTestId("open-file").setInputFiles(path);
  await expect(other.getByTestId("position")).toHaveText("17");
  await expect(other.getByTestId("digest")).toHaveText(digest);
  await expect(other.getByTestId("notice")).toHaveCount(0);
  await profile.close();
});

test("a trace that was damaged is refused in a sentence that says where", async ({ page }) => {
  await open(page);
  await page.getByTestId("share").click();
  const buffer = Buffer.from('{"format": "chanscope-run", "version": 1, "place": {"spec": null}}');
  await page.getByTestId("open-file").setInputFiles({ name: "x.json", mimeType: "application/json", buffer });
  await expect(page.getByTestId("notice")).toHaveText(
    "This trace is damaged: “place.spec” is null; expected: an object.",
  );
  await page.getByTestId("forward").click();
  await expect(page.getByTestId("position")).toHaveText("1");
});

test("Chrome's format lists a slice for every event", { tag: "@download" }, async ({ page }) => {
  await open(page);
  const events = Number(await page.getByTestId("position-total").getAttribute("data-value"));
  await page.getByTestId("share").click();
  const download = page.waitForEvent("download");
  await page.getByTestId("save-chrome").click();
  const { traceEvents } = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(traceEvents.filter(({ ph }: { ph: string }) => ph === "X")).toHaveLength(events);
});

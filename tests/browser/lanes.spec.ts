/** Lanes: what they stand for, which are shown, what is marked on them, and two runs beside each other. */

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { accessible, expect, open, test, typeOver } from "./fixtures";

const lanes = async (page: Page) => {
  const timeline = page.getByTestId("timeline");
  return Number(await timeline.getAttribute("data-end-lane")) - Number(await timeline.getAttribute("data-first-lane"));
};

test("lanes fold by role, are found by name, and stand for objects and processors", async ({ page }) => {
  await open(page, "./#/many-to-many?strategy=go-like&at=20");
  const all = await lanes(page);
  await page.getByTestId("lanes").click();
  const producers = page.getByRole("checkbox", { name: /producer/ });
  await producers.check();
  await expect.poll(() => lanes(page)).toBeLessThan(all);
  await producers.uncheck();
  await expect.poll(() => lanes(page)).toBe(all);
  await page.getByTestId("lanes-filter").fill("CONSUMER");
  await expect.poll(() => lanes(page)).toBeLessThan(all);
  await page.getByTestId("lanes-filter").fill("nobody at all");
  await expect(page.getByText("No lane is named like “nobody at all”.")).toBeVisible();
  await page.getByTestId("lanes-filter").fill("");
  await page.getByTestId("lanes-by").selectOption("object");
  await expect.poll(() => lanes(page)).toBeGreaterThan(1);
  await page.getByTestId("lanes-filter").press("Escape");
  await expect(page.getByTestId("lanes-filter")).toHaveCount(0);
  await expect(page.getByTestId("lanes")).toBeFocused();
});

test("what is shown of a run is in its address, through a reload, the way back and a shared link", async ({ page }) => {
  await open(page, "./#/many-to-many?strategy=go-like&at=20");
  const all = await lanes(page);
  await page.getByTestId("lens-order").click();
  await page.getByTestId("lanes").click();
  await page.getByTestId("lanes-by").selectOption("object");
  await page.getByTestId("lanes-filter").fill("stop");
  await expect(page).toHaveURL(/&lens=order&lanes=object&only=stop$/);
  const few = await lanes(page);
  expect(few).toBeLessThan(all);
  await page.reload();
  await expect(page.getByTestId("lens-order")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => lanes(page)).toBe(few);
  await page.getByTestId("share").click();
  await expect(page.getByTestId("share-link")).toHaveValue(/lens=order&lanes=object&only=stop$/);
  await page.keyboard.press("Escape");
  await page.goto("./#/many-to-many?strategy=go-like&at=20");
  await expect.poll(() => lanes(page)).toBe(all);
  await expect(page.getByTestId("lens-order")).toHaveAttribute("aria-pressed", "false");
  await page.goBack();
  await expect.poll(() => lanes(page)).toBe(few);
  await page.goto("./#/many-to-many?strategy=go-like&at=20&lanes=threads");
  await expect(page.getByTestId("notice")).toContainText("“lanes=threads” in this link is passed over");
});

test("the order around a step and the way of its value are marked and told", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  await page.getByTestId("lens-order").click();
  const lens = page.getByTestId("lens");
  await expect(lens).toContainText("Happens before");
  await expect(lens).toContainText("main");
  await page.getByTestId("find-what").selectOption({ label: "consumer 1" });
  await page.getByTestId("find-next").click();
  await page.getByTestId("lens-value").click();
  await expect(page.getByTestId("lens-order")).toHaveAttribute("aria-pressed", "false");
  for (let at = 0; at < 40 && (await lens.locator(".lens-stop").count()) < 2; at += 1) {
    const position = await page.getByTestId("position").getAttribute("data-value");
    await page.getByTestId("forward").click();
    await expect(page.getByTestId("position")).not.toHaveAttribute("data-value", position ?? "");
    await expect(lens.locator("p")).toBeVisible();
    await expect(lens).not.toBeEmpty();
  }
  const first = lens.locator(".lens-stop").first();
  const where = (await first.textContent()) ?? "";
  await first.click();
  await expect(page.getByTestId("position")).toHaveText(where);
  await accessible(page);
});

test("the lane of the step stays in view when something else takes the timeline's height", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, "./#/many-to-many?producers=100&consumers=10&capacity=100&values=1000&rounds=1&seed=463&at=300");
  const timeline = page.getByTestId("timeline");
  await expect(page.getByTestId("sentence")).toContainText("producer 37");
  // Main and the moderator are before the first producer.
  const lane = 38;
  const isWhole = async () => {
    const [first, end] = ["data-first-lane", "data-end-lane"].map((name) => timeline.getAttribute(name));
    return Number(await first) <= lane && lane < Number(await end) - 1;
  };
  const height = async () => (await timeline.boundingBox())?.height ?? 0;
  await expect.poll(isWhole).toBe(true);
  for (const panel of ["by-hand", "lens-order"]) {
    const before = await height();
    await page.getByTestId(panel).click();
    await expect.poll(height).toBeLessThan(before);
    await expect.poll(isWhole).toBe(true);
  }
});

test("two runs stand beside each other, and the link brings both", async ({ page, context }) => {
  await open(page, "./#/many-to-many?strategy=random&seed=3");
  await page.getByRole("button", { name: /Share/ }).first().click();
  await page.getByTestId("compare-link").fill("http://elsewhere/#/many-to-many?strategy=random&seed=4");
  await page.getByTestId("compare-start").click();
  const compare = page.getByTestId("compare");
  await expect(compare).toContainText("part in step");
  await page.getByTestId("compare-parting").click();
  const [ours, theirs] = [page.getByTestId("compare-ours"), page.getByTestId("compare-theirs")];
  await expect(theirs.locator("span").first()).not.toBeEmpty();
  const said = [await ours.textContent(), await theirs.textContent()];
  await expect(page).toHaveURL(/&with=many-to-many\?strategy=random&seed=4$/);
  await accessible(page);

  const other = await context.newPage();
  await open(other, page.url());
  await expect(other.getByTestId("compare-ours")).toHaveText(said[0] ?? "");
  await expect(other.getByTestId("compare-theirs")).toHaveText(said[1] ?? "");
  await other.getByTestId("compare-end").click();
  await expect(other.getByTestId("compare")).toHaveCount(0);
  await expect(other).not.toHaveURL(/with=/);
});

test("of two runs that both leave somebody behind each says so", async ({ page }) => {
  const done = "do=8:1-send,9:1-default,16:4-print,21:4-close,22:4-done,25:0-return";
  await open(page, `./#/many-to-one?${done},26:3-send&with=${encodeURIComponent(`many-to-one?${done}`)}`);
  for (const run of ["compare-ours", "compare-theirs"]) {
    await expect(page.getByTestId(run)).toContainText("main returned");
    await expect(page.getByTestId(run)).toContainText("Leak");
    await expect(page.getByTestId(run).locator(".seal-leak")).toBeVisible();
  }
});

test("on a phone one of two runs is shown at a time, on the same steps and with room for its lanes", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "./#/many-to-many?at=20&with=many-to-many%3Fstrategy%3Drandom%26seed%3D3");
  // What was asked for is shown, whatever else was.
  await expect(page.getByTestId("tab-timeline")).toHaveAttribute("aria-selected", "true");
  const sides = page.getByRole("tablist", { name: "Two runs" }).getByRole("tab");
  const heights: number[] = [];
  for (const [nth, testid] of ["timeline", "timeline-other"].entries()) {
    await sides.nth(nth).click();
    const canvas = page.getByTestId(testid);
    await expect(canvas).toBeVisible();
    heights.push((await canvas.boundingBox())?.height ?? 0);
  }
  expect(heights[0]).toBeGreaterThan(300);
  expect(heights[1]).toBe(heights[0]);
  await accessible(page);
});

test("in a low window one of two runs is shown at a time, with its ending in the tab, and where they part in a word", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 500 });
  await open(page, "./#/many-to-many?strategy=random&seed=42&at=17&with=many-to-many?strategy=random&seed=3");
  const [ours, theirs] = [page.getByTestId("run-ours"), page.getByTestId("run-theirs")];
  await expect(ours).toHaveText("This");
  await expect(ours.locator(".seal-race")).toBeVisible();
  await expect(theirs).toHaveAttribute("title", "The other run: main returned");
  await ours.focus();
  await page.keyboard.press("ArrowRight");
  await expect(theirs).toBeFocused();
  await expect(page.getByTestId("compare-theirs")).toContainText("producer 3 sends");
  expect((await page.getByTestId("timeline-other").boundingBox())?.height).toBeGreaterThan(110);
  await page.getByTestId("compare-parting").click();
  await expect(page.getByTestId("position")).toHaveText("10");
  await expect(page.getByTestId("compare-parting")).toHaveCount(0);
  await expect(page.getByTestId("compare")).toContainText("Part in step 10");
  await page.setViewportSize({ width: 1280, height: 700 });
  await expect(page.getByTestId("timeline")).toBeVisible();
  await expect(page.getByTestId("timeline-other")).toBeVisible();
});

test("a run of another program is not compared, and the page says why", async ({ page }) => {
  await open(page, "./#/many-to-many?with=deadlock");
  await expect(page.getByTestId("notice")).toContainText("The run to compare with could not be opened");
  await expect(page.getByTestId("compare")).toHaveCount(0);
});

test("a link that cannot be compared with is refused below its field, and stays there to be mended", async ({
  page,
}) => {
  await open(page, "./#/many-to-many?at=20");
  await page.getByRole("button", { name: /Share/ }).first().click();
  const link = page.getByTestId("compare-link");
  await link.fill("garbage");
  await page.getByTestId("compare-start").click();
  const refused = page.getByTestId("compare-refused");
  await expect(refused).toHaveText(
    "The run to compare with could not be opened. A link begins with “#/” and a program's id; this one begins with “garbage”.",
  );
  await expect(link).toHaveValue("garbage");
  await expect(link).toBeFocused();
  await expect(page.getByTestId("notice")).toHaveCount(0);
  await accessible(page, "dialog");
  await typeOver(link, "#/many-to-many?strategy=random&seed=4");
  await expect(refused).toBeEmpty();
  await link.press("Enter");
  await expect(page.getByTestId("compare")).toContainText("part in step");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a link leads to the moment, or to the run and no step of it", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  await page.getByRole("button", { name: /Share/ }).first().click();
  const [link, frame] = [page.getByTestId("share-link"), page.getByTestId("share-iframe")];
  await expect(link).toHaveValue(/[?&]at=20/);
  await page.getByTestId("share-moment").uncheck();
  await expect(link).toHaveValue(/#\/many-to-many/);
  await expect(link).not.toHaveValue(/at=/);
  await expect(frame).not.toHaveValue(/at=/);
  await accessible(page, "dialog");
});

test("the timeline is kept as SVG and as PNG", { tag: "@download" }, async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  await page.getByRole("button", { name: /Share/ }).first().click();
  const kept = async (kind: string) => {
    const download = page.waitForEvent("download");
    await page.getByTestId(`save-${kind}`).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`many-to-many.${kind}`);
    return readFileSync(await file.path());
  };
  const svg = (await kept("svg")).toString();
  const { names, title, description } = await page.evaluate((markup) => {
    const parsed = new DOMParser().parseFromString(markup, "image/svg+xml");
    const said = (tag: string) => parsed.querySelector(`svg > ${tag}`)?.textContent;
    const names = [...parsed.querySelectorAll("text")].map(({ textContent }) => textContent);
    return { names, title: said("title"), description: said("desc") };
  }, svg);
  expect(names).toContain("producer 1");
  expect(title).toBe("Many producers, many consumers: step 20 of 50");
  expect(description).toBe(await page.getByTestId("sentence").textContent());
  expect((await kept("png")).subarray(1, 4).toString()).toBe("PNG");
});

test("links begin with the address that the readers have", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  await page.getByRole("button", { name: /Share/ }).first().click();
  const link = page.getByTestId("share-link");
  await expect(link).toHaveValue(/^http:\/\/127\.0\.0\.1/);
  await page.getByTestId("share-base").fill("https://example.org/chanscope/");
  await expect(link).toHaveValue(/^https:\/\/example\.org\/chanscope\/#\/many-to-many/);
  await expect(page.getByTestId("share-iframe")).toHaveValue(/https:\/\/example\.org\/chanscope\/\?embed#/);
  await page.getByTestId("share-base").fill("javascript:alert(1)");
  await expect(link).toHaveValue(/^http:\/\/127\.0\.0\.1/);
  await expect(page.getByTestId("share-base")).toHaveAttribute("aria-invalid", "true");
});

/** The timeline's twin in words: all of the run, a page at a time. */
import type { Locator } from "@playwright/test";
import { accessible, expect, open, test } from "./fixtures";

test("the list has every step of the run, follows the cursor, and stands in the address", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20&producers=10&consumers=5&capacity=10&values=100&rounds=0&seed=1");
  const total = Number(await page.getByTestId("position-total").getAttribute("data-value"));
  expect(total).toBeGreaterThan(100);
  await page.getByRole("button", { name: "Events as a list" }).click();
  const list = page.getByTestId("event-list");
  const rows = list.locator("tbody tr");
  await expect(rows).toHaveCount(50);
  await expect(list.locator("tr[aria-current]")).toContainText("20");
  await list.getByRole("button", { name: "Steps after these" }).click();
  await expect(rows.first()).toContainText("51");
  await list.getByRole("button", { name: "Last steps" }).click();
  await expect(rows.last().getByRole("button")).toHaveText(String(total).replace(/\B(?=(\d{3})+$)/g, "\u202f"));
  // A step of the run brings back the page of the cursor.
  await page.getByTestId("forward").click();
  await expect(list.locator("tr[aria-current]")).toContainText("21");
  await expect(page).toHaveURL(/at=21.*lanes=list$/);
  await page.reload();
  await expect(list.locator("tr[aria-current]")).toContainText("21");
  await accessible(page);
});

test("the list says what was found where it was, and is not cut at 360 px", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, "./#/capture?lanes=list");
  await page.locator(".verdict-finding").first().click();
  await page.getByTestId("tab-timeline").click();
  const found = page.getByTestId("event-list").locator(".event-list-found").first();
  await expect(found).toContainText("Data race");
  const wide = await page.locator(".event-list-rows").evaluate((rows) => rows.scrollWidth - rows.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
});

test("the list leaves its room to the sentences, which begin with the name", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, "./#/capture?lanes=list&at=8");
  const row = page.getByTestId("event-list").locator("tr[aria-current]");
  const edge = async () => ((await row.boundingBox())?.x ?? 0) + ((await row.boundingBox())?.width ?? 0);
  expect(await edge()).toBeGreaterThan(1400);
  const name = row.locator("td").nth(1);
  await expect(name).toBeVisible();
  // Its actor has the hue that it has elsewhere.
  const hue = (of: Locator) => of.evaluate((element) => getComputedStyle(element).color);
  const elsewhere = page.getByTestId("event-list").locator("tr:not([aria-current]) .name").first();
  await expect(row.locator(".name").first()).toHaveClass((await elsewhere.getAttribute("class")) ?? "");
  expect(await hue(row.locator(".name").first())).toBe(await hue(elsewhere));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByTestId("tab-timeline").click();
  await expect(name).toBeHidden();
  expect((await row.locator("td").last().boundingBox())?.width).toBeGreaterThan(280);
});

test("the order around a step is told below the lanes, with steps to go to", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20&lens=order");
  const lens = page.getByTestId("lens");
  await expect(lens).toContainText("By the Go memory model");
  const [canvas, panel] = [await page.getByTestId("timeline").boundingBox(), await lens.boundingBox()];
  expect((canvas?.y ?? 0) + (canvas?.height ?? 0)).toBeLessThanOrEqual((panel?.y ?? 0) + 1);
  const before = lens.getByRole("button", { name: /^main/ }).first();
  const step = (await before.locator(".lens-stop").textContent()) ?? "";
  await before.click();
  await expect(page.getByTestId("position")).toHaveText(step);
});

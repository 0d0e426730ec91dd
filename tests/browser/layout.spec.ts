/** At every size there is room for what is looked at: the sentence in a line or two, and a column beside it that can be read. */
import type { Page } from "@playwright/test";
import { expect, open, test } from "./fixtures";

const heightOf = async (page: Page, selector: string) =>
  (await page.locator(selector).first().boundingBox())?.height ?? 0;

/** The longest sentence of the run that the page opens with. */
const LONG = "./#/many-to-many?at=30";

for (const [width, height] of [
  [761, 1024],
  [768, 1024],
  [834, 700],
  [1024, 600],
  [1100, 700],
  [1101, 700],
] as const) {
  test(`at ${width} × ${height} everything has room`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const address of ["./#/many-to-many?at=0", LONG]) {
      await open(page, address);
      expect(await heightOf(page, ".sentence"), "the sentence").toBeLessThanOrEqual(54);
      expect(await heightOf(page, ".transport"), "the transport").toBeLessThanOrEqual(96);
      expect(await heightOf(page, ".columns"), "the columns").toBeGreaterThan(180);
      expect(await heightOf(page, ".lanes"), "the lanes").toBeGreaterThan(150);
    }
    for (const facts of await page.locator(".transport > *").all()) {
      const box = await facts.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width + 8);
    }
  });
}

test("at 800 × 600 by hand leaves program, state and timeline in sight", async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  await open(page, LONG);
  await page.getByTestId("by-hand").click();
  await expect(page.getByTestId("moves").getByRole("button").first()).toBeVisible();
  await page.getByRole("tab", { name: "State" }).click();
  await expect(page.getByTestId("goroutine-table")).toBeVisible();
  expect(await heightOf(page, ".columns")).toBeGreaterThan(150);
  expect(await heightOf(page, ".lanes")).toBeGreaterThan(130);
});

test("a phone held sideways shows the run beside what it is walked with", async ({ page }) => {
  await page.setViewportSize({ width: 740, height: 360 });
  await open(page, LONG);
  await page.getByTestId("tab-program").click();
  expect(await heightOf(page, ".panel")).toBeGreaterThan(250);
  await page.getByTestId("by-hand").click();
  expect(await heightOf(page, ".panel")).toBeGreaterThan(250);
  await expect(page.getByTestId("play")).toBeInViewport({ ratio: 1 });
});

test("by hand on a phone shows several choices", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, LONG);
  await page.getByTestId("by-hand").click();
  const moves = page.getByTestId("moves").getByRole("button");
  for (const nth of [0, 1, 2]) await expect(moves.nth(nth)).toBeInViewport({ ratio: 1 });
});

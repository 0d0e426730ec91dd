/** Long lists: what is out of view is brought up to date later than what is in view, and is so before anybody sees it. */
import type { Page } from "@playwright/test";
import { expect, open, test } from "./fixtures";

const MANY = "./#/many-to-many?producers=100&consumers=10&values=400&rounds=0&seed=463";

const textsOf = (page: Page, rows: string) =>
  page.locator(rows).evaluateAll((elements) => elements.map(({ textContent }) => textContent));

for (const rows of [".goroutine td", ".output-line"]) {
  test(`all of ${rows} say after a seek what they say when the page opens there`, async ({ page }) => {
    await open(page, `${MANY}&at=900`);
    const wanted = await textsOf(page, rows);
    expect(wanted.length).toBeGreaterThan(20);
    await page.getByTestId("first").click();
    await expect(page.getByTestId("position")).toHaveAttribute("data-value", "0");
    await page.keyboard.press("End");
    await expect(page.getByTestId("position")).not.toHaveAttribute("data-value", "0");
    await page.getByTestId("position").click();
    await page.keyboard.type("900");
    await page.keyboard.press("Enter");
    await expect.poll(() => textsOf(page, rows)).toEqual(wanted);
  });
}

test("a row that comes into view is up to date", async ({ page }) => {
  await open(page, `${MANY}&at=900`);
  const last = page.locator(".goroutine").last();
  const wanted = await last.locator("td").textContent();
  await page.keyboard.press("End");
  await expect(last.locator("td")).not.toHaveText(wanted ?? "");
  await page.getByTestId("position").click();
  await page.keyboard.type("900");
  await page.keyboard.press("Enter");
  await last.scrollIntoViewIfNeeded();
  await expect(last.locator("td")).toHaveText(wanted ?? "");
});

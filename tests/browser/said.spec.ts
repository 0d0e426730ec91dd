/** What the page says rather than passes over, and what it keeps out of the way. */
import { expect, open, test } from "./fixtures";

test("a base that is no address is named, and a link to this machine is called one", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  await page.getByTestId("share").click();
  await expect(page.getByText("This link opens on this machine alone.")).toBeVisible();
  await page.getByTestId("share-base").fill("example.org");
  await expect(page.getByText("This is no address of a page")).toBeVisible();
  await page.getByTestId("share-base").fill("https://example.org/");
  await expect(page.getByText("This is no address of a page")).toHaveCount(0);
  await expect(page.getByText("This link opens on this machine alone.")).toHaveCount(0);
});

test("play stops behind a dialog, and chapters are found by what they are about", async ({ page }) => {
  await open(page, "./#/many-to-many?at=2");
  await page.getByTestId("play").click();
  await page.getByTestId("chapters").click();
  await expect(page.getByTestId("play")).toHaveAttribute("aria-label", "Play");
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator("[aria-current]")).toContainText("open now");
  await expect.poll(() => dialog.getByRole("link").count()).toBeGreaterThan(10);
  await dialog.getByRole("searchbox").fill("CLOCK server");
  await expect(dialog.getByRole("link")).toHaveCount(1);
  await dialog.getByRole("searchbox").fill("nothing of the kind");
  await expect(dialog.getByText("No chapter is about “nothing of the kind”.")).toBeVisible();
});

test("two tabs keep their languages", async ({ page, context }) => {
  await open(page, "./#/many-to-many?at=2");
  const other = await context.newPage();
  await open(other, "./#/many-to-many?at=2");
  await other.getByTestId("language-zh").click();
  await expect(other.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.reload();
  await expect(page.getByTestId("sentence")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await other.reload();
  await expect(other.locator("html")).toHaveAttribute("lang", "zh-CN");
});

test("each finding has a line, and the details have the rest", async ({ page }) => {
  await open(page, "./#/capture");
  await page.getByTestId("last").click();
  const footer = page.getByTestId("verdict");
  const height = (await footer.boundingBox())?.height ?? 0;
  expect(height).toBeLessThan(110);
  await page.locator(".verdict-details summary").click();
  const full = page.locator(".verdict-full .verdict-finding");
  await expect(full.first()).toBeInViewport({ ratio: 1 });
  await full.first().click();
  await expect(page.getByTestId("position")).not.toHaveText(
    (await page.getByTestId("position-total").textContent()) ?? "",
  );
});

test("a goroutine that has leaked is shown as such at the end", async ({ page }) => {
  await open(page, "./#/many-to-one");
  await page.getByTestId("last").click();
  const leaked = page.locator('tr[data-status="leaked"]');
  await expect(leaked.first().getByRole("img", { name: "leaked" })).toBeVisible();
  await page.getByTestId("back").click();
  await expect(leaked).toHaveCount(0);
});

/** The program's text: where goroutines stand is in view, and so is what a step has lit, in both languages. */
import type { Locator } from "@playwright/test";
import { expect, open, test } from "./fixtures";

/** What of some text of a source is cut off by the pane that it stands in. */
async function beyond(pane: Locator, part: string): Promise<string[]> {
  return await pane
    .locator(part)
    .first()
    .evaluate((line) => {
      const pane = ((line.getRootNode() as ShadowRoot).host as HTMLElement).getBoundingClientRect();
      const range = new Range();
      range.selectNodeContents(line);
      const box = range.getBoundingClientRect();
      const cut = {
        left: pane.left - box.left,
        right: box.right - pane.right,
        top: pane.top - box.top,
        bottom: box.bottom - pane.bottom,
      };
      return Object.entries(cut).flatMap(([side, pixels]) => (pixels > 0 ? [`${side} by ${pixels} px`] : []));
    });
}

for (const [width, height] of [
  [1900, 1000],
  [1440, 900],
  [1280, 800],
  [1024, 900],
  [390, 844],
] as const) {
  test(`side by side, the lines of a step can be read at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, "./#/many-to-many?at=19");
    if (width < 760) await page.getByTestId("tab-program").click();
    await page.getByTestId("source-both").click();
    for (const step of ["20", "21", "22", "23"]) {
      await page.getByTestId("forward").click();
      await expect(page.getByTestId("position")).toHaveText(step);
      for (const language of ["go", "rust"]) {
        const pane = page.locator(`[data-source="${language}"]`);
        await expect.poll(() => beyond(pane, ".line-now"), `${language} at step ${step}`).toEqual([]);
      }
    }
  });
}

for (const chapter of ["many-to-many", "stored", "context-tree"]) {
  test(`${chapter} opens where main stands`, async ({ page }) => {
    await open(page, `./#/${chapter}`);
    const pane = page.locator('[data-source="go"]');
    await expect(pane.locator(".signs")).toHaveAttribute("title", /main/);
    await expect.poll(() => beyond(pane, ".signs")).toEqual([]);
  });
}

test("a source that comes after the reader has gone to the end shows where main stood", async ({ page }) => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/editor-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, "./#/many-to-many");
  await page.getByTestId("last").click();
  await expect(page.getByTestId("sentence")).toContainText("main returns");
  letGo();
  const pane = page.locator('[data-source="go"]');
  await expect(pane.getByText("func main() {")).toBeVisible();
  await expect.poll(() => pane.locator(".cm-scroller").evaluate((scroller) => scroller.scrollTop)).toBeGreaterThan(0);
});

test("a link to the end of another program shows where main was last seen there, and not where the one before stood", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 760 });
  await open(page, "./#/many-to-many?at=30");
  const pane = page.locator('[data-source="go"]');
  await expect(pane.locator(".line-now")).toBeInViewport();
  await page.evaluate(() => {
    location.hash = "#/increments?how=mutex&at=9999";
  });
  await expect(page.getByTestId("notice")).toContainText("Shown is its last one");
  await expect(pane.locator(".line-now")).toHaveCount(0);
  await expect(pane.locator(".line-last")).toHaveText("fmt.Println(result)");
  await expect.poll(() => beyond(pane, ".line-last")).toEqual([]);
});

for (const language of ["en", "zh"] as const) {
  test(`where a goroutine ends no line is lit, and the one is marked at which it was last seen (${language})`, async ({
    page,
  }) => {
    // Main starts the last goroutine, which is no operation of its own, and returns.
    await open(page, `./?lang=${language}#/capture?wait=no&strategy=random&seed=7&at=9`);
    const pane = page.locator('[data-source="go"]');
    await expect(pane.locator(".line-now")).not.toHaveCount(0);
    await page.getByTestId("forward").click();
    await expect(page.getByTestId("sentence")).toContainText(language === "en" ? "main returns" : "main 返回");
    await expect(pane.locator(".line-now")).toHaveCount(0);
    await expect(pane.locator(".line-last").first()).toContainText("go ");
    await expect.poll(() => beyond(pane, ".line-last")).toEqual([]);
    const said = { en: "main has ended; last seen at the marked line", zh: "main 已结束，最后见于标出的一行" };
    await expect(page.locator(".source-actor")).toHaveText(said[language]);
    await page.getByTestId("back").click();
    await expect(pane.locator(".line-last")).toHaveCount(0);
  });
}

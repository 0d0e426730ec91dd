/** By finger, on a phone. */
import { expect, open, test } from "./fixtures";

test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

test("a tap on words that name code opens the program with its lines lit, until the run goes on", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  const name = page.locator(".to-lines").first();
  await name.tap();
  await expect(page.getByTestId("tab-program")).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".line-pointed").first()).toBeVisible();
  await page.getByTestId("forward").tap();
  await expect(page.locator(".line-pointed")).toHaveCount(0);
});

test("the scrub is as large as a finger", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  const box = await page.getByTestId("scrub").boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  // And takes no press from what stands above and below it.
  await page.getByTestId("position").tap();
  await expect(page.getByLabel("Jump to a step")).toBeFocused();
});

test("a tap on a span says who is there and why it cannot go on, until a tap elsewhere", async ({ page }) => {
  await open(page, "./#/many-to-many?at=24");
  await page.getByTestId("tab-timeline").tap();
  const canvas = page.getByTestId("timeline");
  const { x = 0, y = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
  // On the first lane: there main waits for the others.
  const told = page.locator(".timeline-caption");
  await page.touchscreen.tap(x + 76, y + height / 2);
  await expect(told).toContainText(/main.*parked · wait for wg/);
  await expect(told).toBeInViewport({ ratio: 1 });
  await page.getByTestId("position").tap();
  await expect(told).toHaveCount(0);
});

for (const width of [360, 390]) {
  test(`the menu of lanes is all in sight at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, "./#/many-to-many?at=20");
    await page.getByTestId("tab-timeline").tap();
    await page.getByTestId("lanes").tap();
    await expect(page.getByRole("group", { name: /^Lanes: what/ })).toBeInViewport({ ratio: 1 });
    // The longest choice is not cut: the field has room for it and for the arrow.
    const select = page.getByTestId("lanes-by");
    const room = await select.evaluate((element: HTMLSelectElement) => {
      const pen = document.createElement("canvas").getContext("2d");
      const style = getComputedStyle(element);
      if (pen) pen.font = `${style.fontSize} ${style.fontFamily}`;
      const longest = Math.max(...[...element.options].map(({ text }) => pen?.measureText(text).width ?? 0));
      return element.clientWidth - Number.parseFloat(style.paddingLeft) * 2 - longest;
    });
    expect(room).toBeGreaterThan(20);
  });
}

test("the keys say what fingers do, and nothing of a mouse where there is none", async ({ page }) => {
  await open(page);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("two fingers to zoom");
  await expect(page.locator(".help-touch")).toBeVisible();
  await expect(page.locator(".help-mouse")).toBeHidden();
});

/** On the lanes: pointing and pressing, a span that stays marked, and the way back to a cursor that is out of view. */
import type { Page } from "@playwright/test";
import { accessible, expect, open, test } from "./fixtures";

/** A place on a lane of many-to-many by its share of the run, all of which is in view. */
async function spot(page: Page, lane: number, share: number): Promise<[x: number, y: number]> {
  const box = await page.getByTestId("timeline").boundingBox();
  if (!box) throw new Error("there is no timeline");
  return [box.x + 196 + share * (box.width - 220), box.y + 32 + 33 * (lane + 0.5)];
}

const MODERATOR = 1;
const pointer = (page: Page) => page.locator(".timeline-pointer:not(.timeline-caption)");
const caption = (page: Page) => page.locator(".timeline-caption");
const position = (page: Page) => page.getByTestId("position");

test.use({ viewport: { width: 1440, height: 900 } });

test("a click leads to the step that is named where the pointer is", async ({ page }) => {
  await open(page, "./#/many-to-many?at=24");
  for (const step of [12.3, 12.5, 12.7]) {
    await page.mouse.move(...(await spot(page, MODERATOR, step / 50)));
    await expect(pointer(page)).toContainText(/step \d+/);
    const [, named] = /step (\d+)/.exec((await pointer(page).textContent()) ?? "") ?? [];
    await page.mouse.down();
    await page.mouse.up();
    await expect(position(page)).toHaveText(named ?? "");
    await page.getByTestId("last").click();
    await expect(pointer(page)).toHaveCount(0);
  }
});

test("a span that was clicked stays marked and says why, until it is let go", async ({ page }) => {
  await open(page, "./#/many-to-many?at=24");
  const address = page.url();
  const click = async (lane: number, step: number) => page.mouse.click(...(await spot(page, lane, step / 50)));
  // On the span, near its end: where the next begins is a matter of how a browser rounds.
  await click(MODERATOR, 23.8);
  await expect(caption(page)).toContainText("moderator");
  await expect(caption(page)).toContainText("from step 9 to step 24");
  await expect(caption(page)).toContainText("parked · receive from stopReq: it is empty");
  // What is pointed at meanwhile is told beside it.
  await page.mouse.move(...(await spot(page, 2, 0.3)));
  await expect(pointer(page)).toContainText(/producer 1.*running · next/);
  await expect(caption(page)).toContainText("parked · receive from stopReq: it is empty");
  await caption(page).hover();
  await expect(pointer(page)).toHaveCount(0);
  // It is in no link.
  expect(page.url()).toBe(address);
  await accessible(page, ".timeline");

  await page.keyboard.press("Escape");
  await expect(caption(page)).toHaveCount(0);
  await click(MODERATOR, 23.8);
  await page.locator(".sentence").click();
  await expect(caption(page)).toHaveCount(0);
  await click(MODERATOR, 23.8);
  await page.mouse.move(700, 200);
  await page.keyboard.press("ArrowRight");
  await expect(caption(page)).toHaveCount(0);
  await click(MODERATOR, 20);
  await expect(position(page)).toHaveText("20");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(caption(page)).toHaveCount(0);
  await expect(position(page)).toHaveText("20");
});

test("a span is marked by keyboard too", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  await page.getByRole("group", { name: /Lanes.*Enter/ }).focus();
  await page.keyboard.press("ArrowUp");
  for (let lane = 0; lane < 9; lane++) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  await expect(pointer(page)).toContainText("moderator");
  await page.keyboard.press("Enter");
  await expect(caption(page)).toContainText("from step 9 to step 24");
  await expect(pointer(page)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(caption(page)).toHaveCount(0);
});

test("on a processor a marked span says who runs", async ({ page }) => {
  await open(page, "./#/processors?strategy=go-like&at=20&lanes=processor");
  await page.mouse.click(...(await spot(page, 1, 15 / 33)));
  await expect(caption(page)).toContainText("worker 2");
  await expect(caption(page)).toContainText("running");
});

test("where the cursor is out of view, the ruler says where and leads back to it", async ({ page }) => {
  await open(page, "./#/many-to-many?at=5");
  const away = page.getByTestId("away");
  await expect(away).toHaveCount(0);
  await page.mouse.move(...(await spot(page, 0, 0.9)));
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -300);
  await page.keyboard.up("Control");
  await expect(away).toHaveText("← 5");
  await away.click();
  await expect(away).toHaveCount(0);
  await expect(position(page)).toHaveText("5");
  await page.keyboard.press("End");
  await page.mouse.move(...(await spot(page, 0, 0.5)));
  await page.keyboard.down("Shift");
  await page.mouse.wheel(0, -3000);
  await page.keyboard.up("Shift");
  await expect(away).toHaveText("50 →");
  await accessible(page, ".timeline");
  // Back by key as well, at the scale that it was looked at.
  await away.press("Enter");
  await expect(away).toHaveCount(0);
});

for (const width of [1440, 390]) {
  test(`the menu of lanes leaves their names in sight at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await open(page, "./#/many-to-many?at=24");
    if (width < 700) await page.getByTestId("tab-timeline").click();
    await page.getByTestId("lanes").click();
    const panel = page.getByRole("group", { name: /^Lanes: what/ });
    await expect(panel).toBeInViewport({ ratio: 1 });
    const [menu, canvas] = [await panel.boundingBox(), await page.getByTestId("timeline").boundingBox()];
    if (width < 700) expect((menu?.y ?? 0) - (canvas?.y ?? 0)).toBeGreaterThanOrEqual(116);
    else expect((menu?.x ?? 0) - (canvas?.x ?? 0)).toBeGreaterThanOrEqual(188);
  });
}

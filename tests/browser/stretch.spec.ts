/** The stretch of a run that the timeline shows, and its address. */
import type { Page } from "@playwright/test";
import { expect, open, test } from "./fixtures";

async function stretch(page: Page, timeline = "timeline"): Promise<string> {
  const canvas = page.getByTestId(timeline);
  return `${await canvas.getAttribute("data-from")}-${await canvas.getAttribute("data-to")}`;
}

test("a stretch that the reader has chosen is in the address, through a reload, the way back and a shared link", async ({
  page,
  context,
}) => {
  await open(page, "./#/many-to-many?at=20");
  const all = await stretch(page);
  await page.getByTestId("forward").click();
  await expect(page).toHaveURL(/\?at=21$/);
  await page.keyboard.press("+");
  await expect(page).toHaveURL(/\?at=21&view=\d+-\d+$/);
  const once = page.url();
  await page.keyboard.press("+");
  await expect(page).not.toHaveURL(once);
  const [, chosen = ""] = /view=(.*)$/.exec(page.url()) ?? [];
  await expect.poll(() => stretch(page)).toBe(chosen);
  expect(chosen).not.toBe(all);

  await page.reload();
  await expect.poll(() => stretch(page)).toBe(chosen);
  await page.getByTestId("share").click();
  const link = page.getByTestId("share-link");
  await expect(link).toHaveValue(new RegExp(`&view=${chosen}$`));
  await expect(page.getByTestId("share-iframe")).toHaveValue(new RegExp(`&amp;view=${chosen}"`));
  const other = await context.newPage();
  await other.setViewportSize({ width: 900, height: 700 });
  await open(other, await link.inputValue());
  await expect.poll(() => stretch(other)).toBe(chosen);
  await page.keyboard.press("Escape");

  await page.goto("./#/many-to-many?at=20");
  await expect.poll(() => stretch(page)).toBe(all);
  await page.goBack();
  await expect.poll(() => stretch(page)).toBe(chosen);
  await page.keyboard.press("0");
  await expect(page).toHaveURL(/\?at=21$/);
});

test("of a stretch that is none, or that the run does not have, a sentence says so, and the run opens", async ({
  page,
}) => {
  await open(page, "./#/many-to-many?at=20&view=30-10");
  const notice = page.getByTestId("notice");
  await expect(notice).toContainText("“view=30-10” in this link is passed over: view takes two steps");
  await expect(page.getByTestId("position")).toHaveText("20");
  await page.goto("./#/many-to-many?at=21&view=100000-100100");
  await expect(notice).toContainText("“view=100000-100100” in this link is passed over");
  await page.getByTestId("language-zh").click();
  await expect(notice).toContainText("链接中的“view=100000-100100”已忽略：view 应为");
});

test("two runs are shown in the stretch of their link", async ({ page }) => {
  const run = "many-to-many?strategy=random&seed";
  await open(page, `./#/${run}=3&view=12-34&with=${run}=4`);
  await expect(page.getByTestId("compare")).toBeVisible();
  for (const timeline of ["timeline", "timeline-other"]) await expect.poll(() => stretch(page, timeline)).toBe("12-34");
  await page.reload();
  for (const timeline of ["timeline", "timeline-other"]) await expect.poll(() => stretch(page, timeline)).toBe("12-34");
});

test("a session of the TCP chapter is shown in the stretch of its link", async ({ page }) => {
  await page.goto("./#/tcp-clock?at=5&view=2-14");
  await expect(page.getByTestId("position")).toHaveAttribute("data-value", "5");
  await expect.poll(() => stretch(page)).toBe("2-14");
  await page.keyboard.press("-");
  await expect(page).not.toHaveURL(/view=2-14/);
  await expect(page).toHaveURL(/#\/tcp-clock\?at=5/);
});

test("zooming in every frame writes the address now and then", async ({ page }) => {
  await page.addInitScript(() => {
    const replace = history.replaceState.bind(history);
    Object.assign(window, { replaced: 0 });
    history.replaceState = (...args) => {
      (window as unknown as { replaced: number }).replaced += 1;
      replace(...args);
    };
  });
  await open(page, "./#/many-to-many?at=20");
  const [turns, ms, replaced] = await page.getByTestId("timeline").evaluate(async (timeline) => {
    const counter = window as unknown as { replaced: number };
    const before = counter.replaced;
    const { x, y, width, height } = timeline.getBoundingClientRect();
    const place = { clientX: x + width / 2, clientY: y + height / 2, bubbles: true, cancelable: true, ctrlKey: true };
    const began = performance.now();
    for (let turn = 0; turn < 90; turn += 1) {
      timeline.dispatchEvent(new WheelEvent("wheel", { ...place, deltaY: turn % 20 < 10 ? -40 : 40 }));
      await new Promise(requestAnimationFrame);
    }
    return [90, performance.now() - began, counter.replaced - before] as const;
  });
  expect(replaced).toBeLessThanOrEqual(ms / 400 + 1);
  expect(replaced).toBeLessThan(turns);
  await expect(page).toHaveURL(/view=\d+-\d+$/);
});

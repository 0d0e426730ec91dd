/** At 320 px, a page of 1280 px at four times its size, nothing has to be scrolled sideways to be read (WCAG 1.4.10). */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

test.use({ viewport: { width: 320, height: 640 } });

/** What sticks out at the sides and cannot be reached, or makes the whole page scroll. The timeline is a drawing. */
function beyond(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll("body *")].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      const hidden = element.closest(".unseen, .timeline-scroll, svg, .source-host, .tabs-bar");
      return own > 0 && (right > width + 0.5 || left < -0.5) && !hidden;
    });
    const wide = document.documentElement.scrollWidth > width ? ["the page"] : [];
    return [...wide, ...out.map(({ tagName, className }) => `${tagName} ${className}`)];
  });
}

for (const language of ["en", "zh"]) {
  for (const place of ["many-to-many", "tcp-clock"]) {
    test(`${place} in ${language}`, async ({ page }) => {
      await page.goto(`./?lang=${language}#/${place}`);
      const tabs = page.locator(".tabs-bar [role=tab]");
      await expect(tabs.first()).toBeVisible();
      await expect(page.getByTestId("sentence")).toBeVisible();
      for (const tab of await tabs.all()) {
        await tab.click();
        await expect(tab).toHaveAttribute("aria-selected", "true");
        expect(await beyond(page), (await tab.textContent()) ?? "").toEqual([]);
      }
      for (const key of ["?", "s"]) {
        await page.keyboard.press(key);
        await expect(page.getByRole("dialog")).toBeVisible();
        expect(await beyond(page), key).toEqual([]);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
      }
    });
  }
}

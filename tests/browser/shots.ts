/** Pictures of the page for people to look at, in the middle of the run that it opens with: `npm run shots`. */
import { expect, open, stepForward, test } from "./fixtures";

const WIDTHS = [1440, 1024, 390];
const HEIGHT = 900;
/** On narrow screens the sources are a tab that is not open. */
const NARROW = 700;
const STEPS = 26;

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of WIDTHS) {
    test(`${colorScheme} ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: HEIGHT });
      await page.emulateMedia({ colorScheme });
      await open(page);
      await stepForward(page, STEPS);
      if (width > NARROW) {
        await expect(page.locator(".cm-line").nth(1)).toBeVisible();
      }
      await page.screenshot({ path: `test-results/shots/${colorScheme}-${width}.png`, fullPage: true });
    });
  }
}

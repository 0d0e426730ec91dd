/** Pictures of the page for people to look at: `npm run shots`. */
import { open, test } from "./fixtures";

const WIDTHS = [1440, 1024, 390];
const HEIGHT = 900;

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of WIDTHS) {
    test(`${colorScheme} ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: HEIGHT });
      await page.emulateMedia({ colorScheme });
      await open(page);
      await page.screenshot({ path: `test-results/shots/${colorScheme}-${width}.png`, fullPage: true });
    });
  }
}

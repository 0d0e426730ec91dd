/**
 * Pictures of the page for people to look at: `npm run shots`. Every chapter in both themes and three widths, at the
 * step that shows its first finding, or else at the end.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { foldersIn } from "../../web/build/scenarios";
import { expect, open, test } from "./fixtures";

const WIDTHS = [1440, 1024, 390];
const HEIGHT = 900;
/** On narrow screens the sources are a tab that is not open. */
const NARROW = 760;
const SCENARIOS = new URL("../../crate/scenario/src/", import.meta.url);
const CHAPTERS = foldersIn(fileURLToPath(SCENARIOS)).map((folder) => {
  const name = /^ {4}id: "([a-z-]+)"/m.exec(readFileSync(new URL(`${folder}/mod.rs`, SCENARIOS), "utf8"))?.[1];
  if (name === undefined) throw new Error(`${folder}/mod.rs names no program`);
  return name;
});

for (const chapter of CHAPTERS) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of WIDTHS) {
      test(`${chapter} ${colorScheme} ${width}`, async ({ page }) => {
        await page.setViewportSize({ width, height: HEIGHT });
        await page.emulateMedia({ colorScheme });
        await open(page, `./#/${chapter}`);
        await page.getByTestId("last").click();
        const finding = page.locator(".verdict-finding").first();
        if ((await finding.count()) > 0) await finding.click();
        if (width > NARROW) {
          await expect(page.locator(".cm-line").nth(1)).toBeVisible();
        } else {
          await page.getByTestId("tab-timeline").click();
          await expect(page.getByTestId("timeline")).toBeVisible();
        }
        await page.screenshot({ path: `test-results/shots/${chapter}-${colorScheme}-${width}.png` });
      });
    }
  }
}

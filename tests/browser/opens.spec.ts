import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";

test("the page opens and loads its core", async ({ page }) => {
  const core = page.waitForResponse((response) => response.url().endsWith(".wasm"));
  await page.goto("./");
  await expect(page).toHaveTitle(/Chanscope/);
  expect((await core).headers()["content-type"]).toBe("application/wasm");
  await expect(page.locator("#app")).not.toBeEmpty();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the page is accessible in its ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const core = page.waitForResponse((response) => response.url().endsWith(".wasm"));
    await page.goto("./");
    await core;
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
}

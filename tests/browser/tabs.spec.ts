/** Tabs: one stop of the Tab key, arrows among them that leave the run alone, and a panel that bears the tab's name. */
import { expect, open, test } from "./fixtures";

for (const { width, first, second, list } of [
  { width: 1440, first: "pane-words", second: "pane-outcomes", list: "Views" },
  { width: 390, first: "tab-words", second: "tab-outcomes", list: "Views" },
  { width: 1440, first: "source-go", second: "source-rust", list: "Program" },
]) {
  test(`${first} at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, "./#/many-to-many?at=20");
    const tabs = page.getByRole("tablist", { name: list }).getByRole("tab");
    const stops = await tabs.evaluateAll((all) => all.filter((tab) => (tab as HTMLElement).tabIndex === 0).length);
    expect(stops).toBe(1);
    await page.getByTestId(first).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByTestId(second)).toBeFocused();
    await expect(page.getByTestId(second)).toHaveAttribute("aria-selected", "true");
    const name = (await page.getByTestId(second).textContent()) ?? "";
    const panel = page.getByRole("tabpanel", { name });
    await expect(panel).toBeVisible();
    await expect(page.getByTestId(second)).toHaveAttribute("aria-controls", (await panel.getAttribute("id")) ?? "");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Home");
    await expect(page.getByTestId(first)).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await expect(tabs.last()).toBeFocused();
    await expect(page.getByTestId("position")).toHaveAttribute("data-value", "20");
  });
}

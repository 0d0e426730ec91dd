/** Where the keyboard goes on after what it has pressed is gone. */
import { expect, open, test } from "./fixtures";

test("after a choice by hand the next choices have the focus", async ({ page }) => {
  await open(page, "./#/many-to-many?requests=producer&stopCapacity=0&at=8");
  await page.getByTestId("by-hand").click();
  const moves = page.getByTestId("moves");
  for (const goroutine of [3, undefined]) {
    const before = await page.getByTestId("position").getAttribute("data-value");
    const move = goroutine === undefined ? moves.locator(".move") : moves.locator(`[data-goroutine="${goroutine}"]`);
    await move.first().press("Enter");
    await expect(page.getByTestId("position")).not.toHaveAttribute("data-value", before ?? "");
    await expect(moves.locator(".move, summary").first()).toBeFocused();
  }
});

test("after a jump the position has the focus, and what is no step is refused in words", async ({ page }) => {
  await open(page, "./#/many-to-many?at=8");
  const position = page.getByTestId("position");
  await position.press("Enter");
  const field = page.getByLabel("Jump to a step");
  for (const typed of ["-5", "1e3"]) {
    await field.press("ControlOrMeta+a");
    await field.pressSequentially(typed);
    await field.press("Enter");
    await expect(page.getByText("Type a step from 0 to 50.")).toBeVisible();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toBeFocused();
  }
  await field.press("ControlOrMeta+a");
  await field.pressSequentially("12");
  await field.press("Enter");
  await expect(position).toHaveText("12");
  await expect(position).toBeFocused();
  await position.press("Enter");
  await field.press("Escape");
  await expect(position).toBeFocused();
});

/** Where the keyboard goes on after what it has pressed is gone. */
import { accessible, expect, open, test } from "./fixtures";

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

test("after a jump the position has the focus, however fast it was typed", async ({ page }) => {
  await open(page, "./#/many-to-many?at=8");
  // Before the browser has painted the field.
  await page.getByTestId("position").evaluate(async (button: HTMLElement) => {
    button.click();
    const field = () => document.querySelector<HTMLInputElement>(".transport-jump");
    for (let turn = 0; turn < 100 && !field(); turn++) await Promise.resolve();
    const found = field();
    if (!found) throw new Error("there is no field yet");
    found.value = "999";
    found.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  });
  await expect(page.getByTestId("position")).toHaveText("50");
  await expect(page.getByText("Went to the last step, 50.")).toBeVisible();
  await expect(page.getByTestId("position")).toBeFocused();
});

for (const width of [1440, 1024, 390]) {
  test(`a jump beyond the end says that it went to the last step, within the bar at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await open(page, "./#/many-to-many?at=8");
    const position = page.getByTestId("position");
    const within = async (text: string) => {
      const said = page.getByText(text);
      await expect(said).toBeInViewport({ ratio: 1 });
      const [bar, box] = [await page.locator(".transport").boundingBox(), await said.boundingBox()];
      expect((box?.y ?? 0) - (bar?.y ?? 0)).toBeGreaterThanOrEqual(4);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
    };
    await position.click();
    await page.keyboard.type("abc");
    await page.keyboard.press("Enter");
    await within("Type a step from 0 to 50.");
    const field = await page.getByLabel("Jump to a step").boundingBox();
    const step = await page.locator(".transport-step").boundingBox();
    expect((field?.x ?? 0) - (step?.x ?? 0) - (step?.width ?? 0)).toBeGreaterThanOrEqual(4);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("999");
    await page.keyboard.press("Enter");
    await expect(position).toHaveText("50");
    await within("Went to the last step, 50.");
    await page.getByTestId("back").click();
    await expect(page.getByText("Went to the last")).toHaveCount(0);
  });
}

test("keys of one letter can be switched off, stay off, and everything they do has a button", async ({ page }) => {
  await open(page, "./#/many-to-many?at=10");
  await page.keyboard.press("?");
  const letters = page.getByTestId("letter-keys");
  await expect(letters).toBeChecked();
  await accessible(page, "dialog");
  await letters.uncheck();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const position = page.getByTestId("position");
  const silent = async () => {
    for (const key of ["h", "e", "s", "n", "p", "?", "+", "0"]) await page.keyboard.press(key);
    // A key that is no character is one still, and comes after them.
    await page.keyboard.press("ArrowRight");
    await expect(position).toHaveText("11");
    await page.keyboard.press("ArrowLeft");
    await expect(position).toHaveText("10");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByTestId("moves")).toHaveCount(0);
    await expect(page.getByTestId("pane-words")).toHaveAttribute("aria-selected", "true");
  };
  await silent();
  await expect(page).toHaveURL(/at=10$/);
  await page.reload();
  await expect(position).toHaveText("10");
  await silent();
  await page.getByTestId("help").click();
  await letters.check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("h");
  await expect(page.getByTestId("moves")).toBeVisible();
});

test("where there is no room for a button, the keys are found below the chapters", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page);
  await page.getByTestId("chapters").click();
  await page.getByTestId("chapters-keys").click();
  await expect(page.getByTestId("letter-keys")).toBeVisible();
});

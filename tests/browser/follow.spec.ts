/** Following: from one event of a goroutine, of an object, or of note, to the next. */
import type { Page } from "@playwright/test";
import { expect, open, test } from "./fixtures";

test("next and previous walk along what is followed", async ({ page }) => {
  await open(page);
  const position = page.getByTestId("position");
  const at = async () => Number(await position.getAttribute("data-value"));
  // In `main` every goroutine is started: its first event of note comes later.
  await page.getByTestId("find-next").click();
  await expect(position).not.toHaveAttribute("data-value", "0");
  const notable = await at();
  await page.keyboard.press("n");
  await expect(position).not.toHaveAttribute("data-value", String(notable));
  await page.keyboard.press("p");
  await expect(position).toHaveAttribute("data-value", String(notable));

  await page.getByTestId("find-what").selectOption({ label: "producer 1" });
  await page.getByTestId("find-next").click();
  await expect(page.getByTestId("sentence")).toContainText("producer 1");

  await page.getByTestId("find-what").selectOption({ label: "main" });
  await page.getByTestId("last").click();
  await page.getByTestId("find-next").click();
  await expect(page.getByText("None after this.")).toBeVisible();
  await expect(position).toHaveText((await page.getByTestId("position-total").textContent()) ?? "");
});

test("lanes explain themselves under the arrow keys", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  const lanes = page.getByRole("group", { name: /Lanes/ });
  await lanes.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(page.locator(".timeline-pointer")).toContainText("step 20");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".timeline-pointer")).toContainText("step 21");
  await page.keyboard.press("Escape");
  await expect(page.locator(".timeline-pointer")).toHaveCount(0);
});

test("a press on a line of the program goes to its next event", async ({ page }) => {
  await open(page, "./#/many-to-many?at=20");
  const lit = page.locator('[data-source="go"]');
  await expect(lit).not.toHaveAttribute("data-lit", "");
  const line = (await lit.getAttribute("data-lit")) ?? "";
  await page.getByTestId("forward").click();
  // The step is drawn, and its line scrolled to.
  await expect(lit).not.toHaveAttribute("data-lit", line);
  await numberOf(page, line).click();
  await expect(lit).toHaveAttribute("data-lit", line);
  await expect(page.getByTestId("position")).not.toHaveAttribute("data-value", /^2[01]$/);
});

test("the line that is pressed is the one below the pointer when the button went down, also where a step scrolls it away", async ({
  page,
}) => {
  await open(page, "./#/many-to-many?at=20");
  const lit = page.locator('[data-source="go"]');
  await expect(lit).not.toHaveAttribute("data-lit", "");
  const line = (await lit.getAttribute("data-lit")) ?? "";
  const number = numberOf(page, line);
  await number.hover();
  const before = await number.boundingBox();
  await page.mouse.down();
  await page.getByTestId("forward").evaluate((button: HTMLButtonElement) => button.click());
  await expect(lit).not.toHaveAttribute("data-lit", line);
  await expect.poll(async () => (await number.boundingBox())?.y).not.toBe(before?.y);
  await page.mouse.up();
  await expect(lit).toHaveAttribute("data-lit", line);
});

const numberOf = (page: Page, line: string) =>
  page.locator(".cm-lineNumbers .cm-gutterElement", { hasText: new RegExp(`^${line}$`) });

test("lines of the program are gone through by arrow keys, and Enter goes to the next event of one", async ({
  page,
}) => {
  await open(page, "./#/many-to-many?at=20");
  const position = page.getByTestId("position");
  const lit = page.locator('[data-source="go"]');
  await expect(lit).not.toHaveAttribute("data-lit", "");
  const line = Number(((await lit.getAttribute("data-lit")) ?? "").split(" ")[0]);
  const program = page.locator(".cm-content");
  await expect(program).toBeVisible();
  await page.getByTestId("source-go").focus();
  await page.keyboard.press("Tab");
  await expect(page.locator(".line-chosen")).toHaveText(/case value := <-dataCh/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByText(`Line ${line}: case value := <-dataCh`)).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(position).not.toHaveAttribute("data-value", "20");
  await expect(lit).toHaveAttribute("data-lit", new RegExp(`(^| )${line}( |$)`));
  // The line below it, an `if`, is no event of anybody.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing happens at this line in this run.")).toBeVisible();
});

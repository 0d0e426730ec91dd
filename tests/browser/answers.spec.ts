/** What is said of a search as a whole: of all kinds of outcomes, of what was not tried, and where it cannot begin. */
import { expect, explored, open, openLimits, test } from "./fixtures";

test("of more outcomes than are listed each kind is, and all are counted", async ({ page }) => {
  await open(page, "./#/many-to-one?producers=6&rounds=1");
  await openLimits(page);
  await page.getByLabel("Tell orders of output apart").check();
  await page.getByTestId("explore").click();
  await explored(page);
  await expect(page.getByTestId("explore-standing")).toContainText(/666 outcomes in 1\s166 executions/);
  await page.getByTestId("outcomes-others").click();
  const rows = page.getByTestId("outcome");
  await expect(rows).toHaveCount(200);
  await expect(page.locator('[data-testid="outcome"][data-seal="leak"]')).toHaveCount(100);
  await expect(page.getByTestId("outcome-kinds").getByRole("listitem")).toHaveText([
    /^ ?Leak \d+ %$/,
    /^ ?Ends well \d+ %$/,
  ]);
});

test("a question that was not answered by trying everything says so, and can be asked again", async ({ page }) => {
  await open(page, "./#/capture");
  await openLimits(page);
  await page.getByLabel("Executions, at most").fill("1");
  await page.getByLabel("Random runs beside").fill("0");
  await page.getByTestId("pane-words").click();
  await page.getByTestId("find-out").click();
  await expect(page.getByTestId("question")).toContainText("Not everything was tried");
  await expect(page.locator('[data-answer="cannot"]')).toHaveCount(0);
  await expect(page.getByTestId("find-out")).toHaveText("Find out again");
});

test("where a limit does not go the question says so, and the panel leads to it", async ({ page }) => {
  await open(page, "./#/capture");
  await openLimits(page);
  await page.getByLabel("Executions, at most").fill("1.000");
  await page.getByTestId("pane-words").click();
  await page.getByTestId("find-out").click();
  await expect(page.getByTestId("question-wrong")).toHaveText(
    /^A limit under Outcomes does not go\. Executions, at most: It takes a whole number from 1 to 1\s000\s000\s000\.$/,
  );
  await page.getByTestId("outcomes-open").click();
  await page.getByTestId("explore").press("Enter");
  await expect(page.getByLabel("Executions, at most")).toBeFocused();
  // Another limit can be changed first.
  await page.keyboard.press("Tab");
  await page.keyboard.type("399");
  await expect(page.getByLabel("Steps of each, at most")).toHaveValue("399");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("1,000");
  await page.keyboard.press("Enter");
  await explored(page);
  await expect(page.getByTestId("explore-standing")).toHaveAttribute("data-complete", "true");
});

test("the keyboard stays in the panel through a search, and other limits are told from those that it had", async ({
  page,
}) => {
  await open(page, "./#/capture");
  await page.getByTestId("outcomes-open").click();
  await page.getByTestId("explore").press("Enter");
  await explored(page);
  await expect(page.getByTestId("explore")).toBeFocused();
  const other = page.getByText("What follows was found within other limits");
  await expect(other).toHaveCount(0);
  await openLimits(page);
  await page.getByLabel("Executions, at most").fill("5");
  await expect(other).toContainText(/Limits: 100\s000 executions, 400 steps, 1\s000 random\.$/);
});

test("the link that was copied last is marked, and one that could not be says so", async ({ page }) => {
  await page.addInitScript(() => {
    const writes = [() => Promise.resolve(), () => Promise.resolve(), () => Promise.reject(new Error("refused"))];
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => writes.shift()?.() } });
  });
  await open(page, "./#/capture");
  await page.getByTestId("outcomes-open").click();
  await page.getByTestId("explore").click();
  await explored(page);
  const links = page.getByTestId("outcome-link");
  await links.nth(0).click();
  await expect(links.nth(0)).toHaveText("Copied");
  await links.nth(1).click();
  await expect(links.nth(1)).toHaveText("Copied");
  await expect(links.nth(0)).toHaveText("Copy link");
  await links.nth(0).click();
  await expect(links.nth(0)).toHaveText("not copied: open it, and copy its address");
});

/** Programs on the browser's own event loop: real timers, a reader who can press at any moment, a run that replays. */
import { expect, open, stepForward, test } from "./fixtures";

test("three seconds of a context pass in real time, faster, and open as a run that steps like any other", async ({
  page,
}) => {
  await open(page, "./#/context-calls");
  await stepForward(page, 2);
  await expect(page).toHaveURL(/context-calls\?at=2$/);
  await page.getByLabel("Time passes").selectOption({ label: "100 times as fast" });
  await page.getByTestId("real-time-start").click();
  // The run that it became is opened at its beginning; its address says where its order differs from the strategy's.
  await expect(page.getByTestId("position")).toHaveAttribute("data-value", "0");
  await page.getByTestId("last").click();
  await expect(page.getByTestId("verdict")).toContainText("main returned");
  await page.reload();
  await expect(page.getByTestId("verdict")).toContainText("main returned");
  await page.goBack();
  await expect(page).toHaveURL(/context-calls\?at=2$/);
});

test("Cancel is heard while a goroutine polls in a tight loop, and is part of the run", async ({ page }) => {
  await open(page, "./#/polling");
  await page.getByLabel("Rounds").fill("100000");
  await page.getByTestId("real-time-start").click();
  // A loop that never waits leaves a reader who can press the time for it.
  await page.getByTestId("real-time-press").click();
  await expect(page).toHaveURL(/rounds=100000/);
  await page.getByTestId("last").click();
  await expect(page.getByTestId("output")).toContainText("cancelled");
});

test("who will not wait any longer sees what has happened, and the rest in the order of coming", async ({ page }) => {
  await open(page, "./#/context-calls");
  await page.getByLabel("After", { exact: true }).fill("60000");
  await page.getByTestId("real-time-start").click();
  await page.getByTestId("real-time-stop").click();
  await expect(page.getByTestId("real-time-start")).toBeVisible();
  await expect(page).toHaveURL(/after=60000/);
  await page.getByTestId("last").click();
  await expect(page.getByTestId("verdict")).toContainText("main returned");
});

test("what is no setting is told beside its row", async ({ page }) => {
  await open(page, "./#/polling");
  await page.getByLabel("Rounds").fill("many");
  await page.getByTestId("real-time-start").click();
  await expect(page.getByTestId("problem-rounds")).toBeVisible();
  await expect(page.getByTestId("real-time-stop")).toHaveCount(0);
});

test("a run that is over at once says so, and that it is the same", async ({ page }) => {
  await open(page, "./#/polling");
  const over = page.getByTestId("real-time-over");
  await expect(over).toBeEmpty();
  await page.getByTestId("real-time-start").click();
  await expect(over).toHaveText(/^Ran in real time: \d+ events in .* The steps came in the same order/);
  await expect(over).toBeInViewport({ ratio: 1 });
  // It is of that run alone.
  await page.getByLabel("Rounds").fill("4");
  await page.getByTestId("run").click();
  await expect(over).toBeEmpty();
});

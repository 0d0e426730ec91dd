/** What can happen: explored on the page, opened in the stepper, shared, cancelled, refused. */
import type { Page } from "@playwright/test";
import { accessible, expect, explored, open, openLimits, test } from "./fixtures";

async function ask(page: Page) {
  await page.getByTestId("outcomes-open").click();
  await page.getByTestId("explore").click();
}

/** Asks for more than can be searched in days: such a search is there until somebody stops it. */
async function askWithoutEnd(page: Page) {
  await open(page, "./#/increments?goroutines=6&times=4");
  await openLimits(page);
  await page.getByLabel("Executions, at most").fill("1000000000");
  await page.getByTestId("explore").click();
}

test("explore, open a witness, and see its outcome in the stepper", async ({ page }) => {
  await open(page, "./#/capture");
  await ask(page);
  await explored(page);
  await expect(page.getByTestId("explore-standing")).toHaveText(
    "Complete: 5 outcomes in 6 executions. Nothing else can happen.",
  );
  const rows = page.getByTestId("outcome");
  await expect(rows).toHaveCount(5);
  const aLot = rows.filter({ hasText: "prints, whatever the order: c c c" });
  await aLot.getByRole("button", { name: /Open its run/ }).click();
  await expect(aLot).toContainText("open now");
  await expect(page.getByTestId("verdict")).toContainText("data race");
  await expect(page.getByTestId("position")).not.toHaveText("0");
  await page.getByTestId("last").click();
  await expect(page.locator(".output")).toContainText("c");
  await expect(page.getByTestId("notice")).toHaveCount(0);
});

for (const width of [1440, 1024]) {
  test(`with much to say about how a run ends, the question stays in sight at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page, "./#/memo");
    expect(await page.locator(".verdict-finding").count()).toBeGreaterThan(1);
    await expect(page.getByTestId("outcomes-open")).toBeInViewport({ ratio: 1 });
    await page.locator(".verdict-details summary").click();
    await expect(page.getByTestId("digest")).toBeInViewport({ ratio: 1 });
  });
}

for (const width of [1440, 1024, 390]) {
  test(`bars are as long in every row at ${width} px, whatever stands beside them`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page, "./#/waiting?how=none&workers=3");
    const outcomes = page.getByTestId(width < 760 ? "tab-outcomes" : "outcomes-open");
    await outcomes.click();
    await page.getByTestId("explore").click();
    await explored(page);
    // The row that is open has nothing to compare it with.
    await page.locator(".outcome-open").first().click();
    await outcomes.click();
    await expect(page.getByTestId("outcome-compare")).toHaveCount(7);
    const edges = await page.locator(".outcome-share").evaluateAll((bars) =>
      bars.map((bar) => {
        const { left, right } = bar.getBoundingClientRect();
        return `${left.toFixed(1)} ${right.toFixed(1)}`;
      }),
    );
    expect(edges).toHaveLength(8);
    expect(new Set(edges).size).toBe(1);
  });
}

test("a witness's link opens the same run elsewhere", async ({ page, context, browser }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "./#/capture");
  await ask(page);
  await explored(page);
  const row = page.getByTestId("outcome").first();
  await row.getByTestId("outcome-link").click();
  await expect(row.getByTestId("outcome-link")).toHaveText("Copied");
  const url = await page.evaluate(() => navigator.clipboard.readText());
  const profile = await browser.newContext();
  const other = await profile.newPage();
  await open(other, url);
  await expect(other.getByTestId("notice")).toHaveCount(0);
  expect(url).toContain(`digest=${await other.getByTestId("digest").textContent()}`);
  await profile.close();
});

test("a bad outcome shows the step after which there is no way back", async ({ page }) => {
  await open(page, "./#/many-to-many?producers=1&consumers=1&rounds=1&requests=producer&stopCapacity=0");
  await ask(page);
  await explored(page);
  const bad = page.locator('[data-testid="outcome"][data-seal="locked"]').first();
  await expect(bad).toContainText("Deadlock");
  const turning = bad.getByTestId("outcome-turning");
  await expect(turning).toContainText("No way back after step");
  const after = (await turning.textContent())?.match(/step (\d+)/)?.[1];
  await turning.click();
  await expect(page.getByTestId("position")).toHaveText(String(after));
  await expect(page.getByTestId("sentence")).toContainText("producer 1");
});

test("of many outcomes the first are listed at once, and the others when they are asked for by keyboard", async ({
  page,
}) => {
  await open(page, "./#/waiting?how=none&workers=4");
  await openLimits(page);
  await page.getByLabel("Tell orders of output apart").check();
  await page.getByTestId("explore").click();
  await explored(page);
  const rows = page.getByTestId("outcome");
  await expect(rows).toHaveCount(24);
  const others = page.getByTestId("outcomes-others");
  await expect(others).toHaveText("Show 176 outcomes more");
  await others.press("Enter");
  await expect(rows).toHaveCount(200);
  await expect(others).toHaveCount(0);
  await expect(rows.nth(24).getByRole("button", { name: /Open its run/ })).toBeFocused();
  // The run of one of them stays in the list when another search has found it again.
  await page.keyboard.press("Enter");
  await expect(rows.nth(24)).toContainText("open now");
  await page.getByTestId("explore").click();
  await explored(page);
  await expect(others).toBeVisible();
  await expect(rows.filter({ hasText: "open now" })).toHaveCount(1);
});

test("a long search shows its progress, leaves the stepper alone, and can be cancelled", async ({ page }) => {
  await askWithoutEnd(page);
  const progress = page.getByTestId("explore-progress");
  const executions = async () => Number(await progress.getAttribute("data-executions"));
  await expect.poll(executions).toBeGreaterThan(0);
  const before = await executions();
  await expect.poll(executions).toBeGreaterThan(before);
  await expect(page.getByTestId("outcome").first()).toBeVisible();
  // Stepping does not wait for it.
  await page.getByTestId("forward").click();
  await expect(page.getByTestId("position")).toHaveText("1");
  await page.getByTestId("explore-cancel").click();
  await expect(page.getByTestId("outcomes")).toHaveAttribute("data-phase", "stopped");
  await expect(page.getByTestId("explore-standing")).toHaveText(
    /^Not complete, because you stopped it\. Seen so far: [\d\s]+ outcomes? in [\d\s]+ executions? \(of about [\d\s]+, at a guess\) and [\d\s]+ random runs?\.$/,
  );
  await expect(page.getByTestId("outcome").first()).toBeVisible();
});

test("once the search is over it says that the smallest runs are looked for, and how many are left", async ({
  page,
}) => {
  await open(page, "./#/many-to-one?producers=7");
  await openLimits(page);
  await page.getByLabel("Executions, at most").fill("1 000");
  // Looked at and cancelled in the page, where nothing can come between: soon there is nothing to cancel any more.
  const said = page.evaluate((looks) => {
    return new Promise<string>((resolve) => {
      const observer = new MutationObserver(() => {
        const progress = document.querySelector('[data-testid="explore-progress"]')?.textContent ?? "";
        if (!progress.includes(looks)) return;
        observer.disconnect();
        document.querySelector<HTMLElement>('[data-testid="explore-cancel"]')?.click();
        resolve(progress);
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  }, "Looking for the smallest runs");
  await page.getByTestId("explore").click();
  // The search comes first.
  expect(await said).toMatch(/Looking for the smallest runs and points of no return: \d+ left/);
  expect(await said).not.toContain("a second");
  await expect(page.getByTestId("outcomes")).toHaveAttribute("data-phase", "stopped");
  // What was searched was searched to its limit: that is why it is not complete.
  await expect(page.getByTestId("explore-standing")).toContainText(/because the limit of 1\s000 executions was met\./);
});

test("where chance never presses a button in time, the row says so", async ({ page }) => {
  await open(page, "./#/polling");
  await ask(page);
  await explored(page);
  const said = "at random 0 % (runs by chance press a button only when nothing else can happen)";
  await expect(page.getByTestId("outcome").filter({ hasText: said })).not.toHaveCount(0);
  await expect(page.getByTestId("outcome").filter({ hasNotText: said })).not.toHaveCount(0);
});

test("at 1440 by 900 a third outcome is in sight, each is told in full, and the limits are on one line", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, "./#/many-to-one");
  await ask(page);
  // The smallest runs of twenty outcomes are looked for.
  await explored(page);
  await expect(page.getByTestId("outcome").nth(1)).toBeInViewport({ ratio: 1 });
  await expect(page.getByTestId("outcome").nth(2)).toBeInViewport();
  const lines = await page.getByTestId("explore-limits").evaluate((limits) => {
    const range = document.createRange();
    range.selectNodeContents(limits);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  });
  expect(lines).toBe(1);
  const cut = await page.locator(".outcome-detail").evaluateAll((details) => {
    return details.filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight).length;
  });
  expect(cut).toBe(0);
});

/** The page takes the machine for one with so many cores. */
async function onCores(page: Page, cores: number) {
  await page.addInitScript((value) => Object.defineProperty(navigator, "hardwareConcurrency", { value }), cores);
}

/** Workers of an exploration that are there: the one that explores, and those that search parts for it. */
function explorers(page: Page) {
  const names = page.workers().map((worker) => worker.url().match(/(explore|part)-worker/)?.[1]);
  return names.filter((name) => name !== undefined).sort();
}

test("a large program is searched on several cores, and each execution counted once", async ({ page }) => {
  await onCores(page, 3);
  const started: string[] = [];
  page.on("worker", (worker) => started.push(worker.url()));
  await open(page, "./#/lastzero?n=12");
  await ask(page);
  await explored(page);
  // (n + 3) 2^(n - 2) executions, and the last zero can be any cell but one.
  await expect(page.getByTestId("explore-standing")).toHaveText(
    /^Complete: 13 outcomes in 15\s360 executions\. Nothing else can happen\.$/,
  );
  expect(started.filter((url) => url.includes("part-worker"))).toHaveLength(3);
  await expect.poll(() => explorers(page)).toEqual([]);
});

test("cancel ends all workers of an exploration", async ({ page }) => {
  await onCores(page, 2);
  await askWithoutEnd(page);
  await expect.poll(() => explorers(page)).toEqual(["explore", "part", "part"]);
  await page.getByTestId("explore-cancel").click();
  await expect(page.getByTestId("outcomes")).toHaveAttribute("data-phase", "stopped");
  await expect.poll(() => explorers(page)).toEqual([]);
});

test("with a bound on preemptions a program is searched alone", async ({ page }) => {
  await onCores(page, 4);
  const started: string[] = [];
  page.on("worker", (worker) => started.push(worker.url()));
  await open(page, "./#/lastzero?n=5");
  await openLimits(page);
  await page.getByLabel("Preemptions of each, at most").fill("2");
  await page.getByTestId("explore").click();
  await explored(page);
  expect(started.filter((url) => url.includes("part-worker"))).toEqual([]);
});

test("other settings are another question", async ({ page }) => {
  await askWithoutEnd(page);
  await expect(page.getByTestId("explore-progress")).toBeVisible();
  await page.getByTestId("pane-words").click();
  await page.getByLabel("Goroutines", { exact: true }).fill("2");
  await page.getByTestId("run").click();
  await page.keyboard.press("e");
  await expect(page.getByTestId("outcomes")).toHaveAttribute("data-phase", "idle");
});

test("limits that do not go are named, and those that were met too", async ({ page }) => {
  await open(page, "./#/capture");
  await openLimits(page);
  await page.getByLabel("Executions, at most").fill("0");
  await page.getByTestId("explore").click();
  await expect(page.getByTestId("limit-problem-executions")).toHaveText(
    /^It takes a whole number from 1 to 1\s000\s000\s000, not “0”$/,
  );
  await page.getByLabel("Executions, at most").fill("many");
  await page.getByTestId("explore").click();
  await expect(page.getByTestId("limit-problem-executions")).toHaveText(/^It takes a whole number from 1 to [\d\s]+$/);
  await page.getByLabel("Executions, at most").fill("3");
  await page.getByTestId("explore").click();
  await explored(page);
  await expect(page.getByTestId("explore-standing")).toHaveText(
    /^Not complete, because the limit of 3 executions was met\. Seen so far: \d outcomes? in 3 executions \(of about \d, at a guess\) and 1\s000 random runs\.$/,
  );
});

test("a program without an end is left at its limits and not called complete", async ({ page }) => {
  await open(page, "./#/many-to-many?rounds=0");
  await openLimits(page);
  await page.getByLabel("Steps of each, at most").fill("12");
  await page.getByLabel("Executions, at most").fill("50");
  await page.getByLabel("Random runs beside").fill("3");
  await page.getByTestId("explore").click();
  await explored(page);
  await expect(page.getByTestId("explore-standing")).toHaveAttribute("data-complete", "false");
});

test("predict, then reveal", async ({ page }) => {
  await open(page, "./#/capture");
  const options = page.getByTestId("option");
  await expect(options).toHaveCount(4);
  await options.nth(0).getByRole("checkbox").check();
  await options.nth(3).getByRole("checkbox").check();
  await page.getByTestId("find-out").click();
  await expect(options.nth(0)).toContainText("can happen: 1 of 6");
  await expect(options.nth(3)).toContainText("cannot happen");
  // What was thought stays in sight.
  await expect(options.nth(3).getByRole("checkbox")).toBeChecked();
  await options.nth(0).getByRole("button").click();
  await page.getByTestId("last").click();
  await expect(page.locator(".output")).toContainText("c");
  // Other settings ask again.
  await page.getByLabel("The loop's variable").selectOption("go-1.22");
  await expect(page.getByTestId("other-settings")).toBeHidden();
  await page.getByTestId("run").click();
  await page.getByTestId("find-out").click();
  await expect(options.nth(0)).toContainText("cannot happen");
  await expect(options.nth(1)).toContainText("can happen: 1 of 1");
  // It was written for those that the program opens with, and says so.
  await page.getByTestId("other-settings").getByRole("link").click();
  await expect(page.getByTestId("other-settings")).toBeHidden();
  await expect(page.getByLabel("The loop's variable")).toHaveValue("go-1.21");
});

for (const { width, colorScheme } of [
  { width: 1440, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
  { width: 360, colorScheme: "light" },
] as const) {
  test(`everybody can read it: ${width} ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await open(page, "./?lang=zh#/capture");
    await page.getByTestId(width < 760 ? "tab-outcomes" : "outcomes-open").click();
    await page.getByTestId("explore").press("Enter");
    await explored(page);
    await expect(page.getByTestId("explore-standing")).toContainText("完整");
    await accessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

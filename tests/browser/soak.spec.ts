/**
 * The page for a long time: chapters opened, stepped and explored over and over, after which it holds no more than before.
 * A few rounds in `npm test`; `npm run soak` makes a thousand.
 */

import type { Browser, CDPSession, Page } from "@playwright/test";
import { expect, explored, open, stepForward, test } from "./fixtures";
import { memoryOf } from "./memory";

const ROUNDS = Number(process.env.CHANSCOPE_SOAK_ROUNDS ?? 8);
/** Rounds after which everything that is loaded once has been loaded, and every chapter seen. */
const WARM_UP = 8;
/** Programs whose every execution is found at once, each opened at a step of its own. */
const CHAPTERS = ["capture?at=2", "close-send?at=3", "quitting?at=4", "waiting?at=5"];

const KIB = 1024;
/** What may come and go between two measurements: caches of the engine's, words that were not shown before. */
const SLACK = { heapKib: 2 * KIB, functions: 24, nodes: 100, listeners: 20, workers: 0, residentKib: 96 * KIB };
type Held = typeof SLACK;

/** What the page holds once its garbage is gone, as the browser tells it; and its process, workers and all. */
async function held(page: Page, browser: Browser): Promise<Held> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("Performance.enable");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const functions = await alive(devtools, "Function.prototype");
  await devtools.detach();
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  return {
    heapKib: metric("JSHeapUsedSize") / KIB,
    // They come with whatever is made anew, so that a few rounds show what a thousand would hold.
    functions,
    nodes: metric("Nodes"),
    listeners: metric("JSEventListeners"),
    workers: page.workers().length,
    residentKib: await memoryOf(browser, "VmRSS"),
  };
}

/** How many objects there are with a prototype. */
async function alive(devtools: CDPSession, prototype: string): Promise<number> {
  const objectGroup = "soak";
  const { result } = await devtools.send("Runtime.evaluate", { expression: prototype, objectGroup });
  const prototypeObjectId = result.objectId ?? "";
  const { objects } = await devtools.send("Runtime.queryObjects", { prototypeObjectId, objectGroup });
  const functionDeclaration = "function () { return this.length; }";
  const { objectId } = objects;
  const counted = await devtools.send("Runtime.callFunctionOn", { functionDeclaration, objectId });
  await devtools.send("Runtime.releaseObjectGroup", { objectGroup });
  return counted.result.value;
}

async function round(page: Page, nth: number) {
  const chapter = CHAPTERS[nth % CHAPTERS.length] ?? "";
  await page.goto(`./#/${chapter}`);
  await expect(page.getByTestId("position")).toHaveAttribute("data-value", chapter.slice(-1));
  await stepForward(page, 3);
  await page.getByTestId("outcomes-open").click();
  await page.getByTestId("explore").click();
  await explored(page);
}

test("chapters, steps and explorations leave nothing behind", async ({ page, browser }) => {
  test.setTimeout(test.info().timeout + ROUNDS * 2000);
  await open(page);
  for (let nth = 0; nth < WARM_UP; nth += 1) await round(page, nth);
  const before = await held(page, browser);
  for (let nth = 0; nth < ROUNDS; nth += CHAPTERS.length) {
    for (let chapter = 0; chapter < CHAPTERS.length; chapter += 1) await round(page, chapter);
  }
  const after = await held(page, browser);
  console.log(`${ROUNDS} rounds`, { before, after });
  for (const what of Object.keys(SLACK) as (keyof Held)[]) {
    expect(after[what], what).toBeLessThanOrEqual(before[what] + SLACK[what]);
  }
});

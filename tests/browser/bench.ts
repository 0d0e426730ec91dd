/**
 * The page's budgets, measured in a real browser and printed; nothing fails here, since a busy machine would decide.
 * By hand: `npx playwright test --project=bench`, with CHROMIUM and CHANSCOPE as the configuration says.
 */
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, open, test } from "./fixtures";
import { memoryOf } from "./memory";

const MILLION = "./#/many-to-many?producers=100&consumers=10&capacity=100&values=100000&rounds=0&seed=463";
const TIMES = 60;
const STARTS = 11;

test.describe.configure({ mode: "serial" });

function tell(what: string, measured: string, budget: string) {
  console.log(`${what.padEnd(44)}${measured.padStart(12)}   budget ${budget}`);
}

const at = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${at(sorted, 0.5).toFixed(1)} / ${at(sorted, 0.95).toFixed(1)} ms`;
}

/** When the next input comes: once the page has nothing left to do, or in the frame after the one that showed the last. */
type Pace = "at rest" | "every frame";

/** Milliseconds from an input to the change of the page that it causes, so many times over. */
function answers(page: Page, how: "step" | "seek", pace: Pace, times: number): Promise<number[]> {
  return page.evaluate(
    async ([way, when, count]) => {
      const find = <E extends Element>(name: string) => document.querySelector<E>(`[data-testid="${name}"]`) as E;
      const sentence = find<HTMLElement>("sentence");
      const state = document.querySelector(".column-state") as HTMLElement;
      const scrub = find<HTMLInputElement>("scrub");
      const measured: number[] = [];
      for (let nth = 0; nth < count; nth += 1) {
        const changed = new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            observer.disconnect();
            resolve();
          });
          // Two moments can have the same sentence; then the state beside it differs.
          for (const element of [sentence, state]) {
            observer.observe(element, { attributes: true, childList: true, characterData: true, subtree: true });
          }
        });
        const start = performance.now();
        if (way === "step") find<HTMLButtonElement>("forward").click();
        else {
          scrub.value = String(Math.round((((nth + 1) * 0.618) % 1) * Number(scrub.max)));
          scrub.dispatchEvent(new Event("input", { bubbles: true }));
        }
        await changed;
        measured.push(performance.now() - start);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (when === "at rest") {
          // The frame is painted, and what came with it is done.
          await new Promise((resolve) => setTimeout(resolve, 50));
          await new Promise((resolve) => requestIdleCallback(resolve));
        }
      }
      return measured;
    },
    [how, pace, times] as const,
  );
}

/** Bytes that `npm start` sends of so many files of the page: as they lie beside them, compressed. */
function sent(urls: Iterable<string>): number {
  const sizes = [...urls].map((url) => {
    const file = fileURLToPath(new URL(`../../dist${new URL(url).pathname}`, import.meta.url));
    return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Every JavaScript and WebAssembly file that the page and its workers ask for, and when first, in milliseconds of the clock. */
function codeAskedFor(page: Page): Map<string, number> {
  const asked = new Map<string, number>();
  page.on("requestfinished", (request) => {
    const url = request.url();
    if (!/\.(js|wasm)$/.test(url)) return;
    asked.set(url, Math.min(request.timing().startTime, asked.get(url) ?? Number.POSITIVE_INFINITY));
  });
  return asked;
}

/** Milliseconds between frames while the timeline is panned or zoomed in every one of them. */
function frames(page: Page, keys: "ctrlKey" | "shiftKey"): Promise<number[]> {
  return page.evaluate(
    async ([key, count]) => {
      const timeline = document.querySelector(".timeline-scroll") as HTMLElement;
      const box = timeline.getBoundingClientRect();
      const point = {
        clientX: box.x + box.width / 2,
        clientY: box.y + box.height / 2,
        bubbles: true,
        cancelable: true,
      };
      const measured: number[] = [];
      let before = await new Promise<number>(requestAnimationFrame);
      for (let nth = 0; nth < count; nth += 1) {
        timeline.dispatchEvent(new WheelEvent("wheel", { ...point, [key]: true, deltaY: nth % 20 < 10 ? 60 : -60 }));
        const now = await new Promise<number>(requestAnimationFrame);
        measured.push(now - before);
        before = now;
      }
      return measured;
    },
    [keys, 120] as const,
  );
}

/** Opens the page and answers when that began and how long it took until the run could be stepped, in milliseconds. */
async function readyIn(page: Page): Promise<readonly [number, number]> {
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[data-testid="position-total"]')) return;
      observer.disconnect();
      performance.mark("ready");
    }).observe(document, { childList: true, subtree: true });
  });
  await open(page);
  return page.evaluate(() => {
    const mark = performance.getEntriesByName("ready")[0];
    return [performance.timeOrigin, mark?.startTime ?? Number.NaN] as const;
  });
}

test("the default chapter", async ({ page, browser, launchOptions }) => {
  // What draws without a limit draws the browser's own window meanwhile, thousands of times while the page starts.
  const args = launchOptions.args?.filter((argument) => argument !== "--disable-frame-rate-limit");
  const usual = await browser.browserType().launch({ ...launchOptions, args });
  const times: number[] = [];
  for (let nth = 0; nth < STARTS; nth += 1) {
    const profile = await usual.newContext();
    times.push((await readyIn(await profile.newPage()))[1]);
    await profile.close();
  }
  await usual.close();
  tell(
    "ready, cold profile, median",
    `${at(
      times.sort((a, b) => a - b),
      0.5,
    ).toFixed(0)} ms`,
    "300 ms",
  );
  tell("  the slowest start", `${at(times, 1).toFixed(0)} ms`, "");
  const asked = codeAskedFor(page);
  const [began, ready] = await readyIn(page);
  await page.waitForLoadState("networkidle");
  const isEditor = (url: string) => /\/editor-[^/]*\.js$/.test(url);
  const all = [...asked.keys()].filter((url) => !isEditor(url));
  const before = all.filter((url) => (asked.get(url) ?? 0) < began + ready);
  const kib = (urls: readonly string[]) => `${(sent(urls) / 1024).toFixed(1)} KiB`;
  tell("JavaScript and WebAssembly, Brotli", kib(before), "250 KiB");
  tell("  with what comes once the run is drawn", kib(all), "");
  tell("  the editor, when a program is shown", kib([...asked.keys()].filter(isEditor)), "");
  tell("step, median / 95th percentile", spread(await answers(page, "step", "at rest", 24)), "4 ms");
  await page.getByTestId("first").click();
  // What is drawn of that is no answer to a step.
  await expect(page.getByTestId("sentence")).toContainText("has not started");
  tell("a step in every frame", spread(await answers(page, "step", "every frame", 40)), "16 ms");
});

test("a million events", async ({ page, browser }) => {
  await open(page);
  const total = page.getByTestId("position-total");
  const start = performance.now();
  await page.goto(MILLION);
  await expect(total).toHaveAttribute("data-value", "1005610");
  tell("run of 1 005 610 events, until shown", `${(performance.now() - start).toFixed(0)} ms`, "1 500 ms recorded");
  tell("seek, median / 95th percentile", spread(await answers(page, "seek", "at rest", TIMES)), "16 ms");
  tell("a seek in every frame", spread(await answers(page, "seek", "every frame", TIMES)), "16 ms");
  tell("pan, frame, median / 95th percentile", spread(await frames(page, "shiftKey")), "16 ms");
  tell("zoom, frame, median / 95th percentile", spread(await frames(page, "ctrlKey")), "16 ms");
  const own = async () => `${((await memoryOf(browser, "RssAnon")) / 1024).toFixed(0)} MB`;
  const untidied = await own();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  tell("memory of the page's process, its own", await own(), "200 MB");
  tell("  with the garbage of what was just measured", untidied, "");
});

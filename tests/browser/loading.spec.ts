/** What is loaded when: the first program alone at first, and the rest when somebody wants it. */
import type { Page } from "@playwright/test";
import { expect, open, stepForward, test } from "./fixtures";

const EVERY = /\/every_bg-[^/]*\.wasm$/;
const FIRST = /\/core_bg-[^/]*\.wasm$/;

/** The addresses that the page and its workers ask for from now on. */
function asked(page: Page): string[] {
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));
  return urls;
}

const isAsked = (urls: readonly string[], what: RegExp) => urls.some((url) => what.test(url));

test("another chapter loads the core with every program, and its address brings it back without the first", async ({
  page,
}) => {
  const urls = asked(page);
  await open(page);
  expect([isAsked(urls, FIRST), isAsked(urls, EVERY)]).toEqual([true, false]);
  await page.getByTestId("chapters").click();
  await page.getByRole("link", { name: /^Handing over, with/ }).click();
  await expect(page).toHaveURL(/#\/rendezvous/);
  await expect(page).toHaveTitle(/Handing over/);
  expect(isAsked(urls, EVERY)).toBe(true);
  await stepForward(page, 2);
  await expect(page).toHaveURL(/at=2/);
  const digest = (await page.getByTestId("digest").textContent()) ?? "";

  urls.length = 0;
  await page.reload();
  await expect(page.getByTestId("position")).toHaveText("2");
  await expect(page.getByTestId("digest")).toHaveText(digest);
  expect([isAsked(urls, FIRST), isAsked(urls, EVERY)]).toEqual([false, true]);

  await page.goBack();
  await expect(page).toHaveURL(/#\/many-to-many/);
  // The address is there before its run is.
  await expect(page).toHaveTitle(/Many producers, many consumers/);
  await stepForward(page, 1);
});

test("where the core with every program does not come, the page says so and the run at hand goes on", async ({
  page,
}) => {
  await page.route(EVERY, (route) => route.fulfill({ contentType: "application/wasm", body: "" }));
  await open(page);
  await page.getByTestId("chapters").click();
  await page.getByRole("link", { name: /^Handing over, with/ }).click();
  await expect(page.getByTestId("notice")).toContainText("the other programs could not be loaded");
  await stepForward(page, 2);
  await expect(page).toHaveURL(/#\/many-to-many/);
  await page.unroute(EVERY);
  await page.goto("./#/rendezvous?at=3");
  await expect(page.getByTestId("notice")).toHaveCount(0);
  await expect(page.getByTestId("position")).toHaveText("3");
});

test("a run that waits for the core with every program can be stopped", async ({ page }) => {
  await open(page);
  const held: (() => Promise<void>)[] = [];
  await page.route(EVERY, (route) => {
    held.push(() => route.continue());
  });
  await page.getByTestId("chapters").click();
  await page.getByRole("link", { name: /^Handing over, with/ }).click();
  await page.getByTestId("cancel").click();
  await expect(page.getByTestId("running")).toHaveCount(0);
  await stepForward(page, 1);
  await expect(page).toHaveURL(/#\/many-to-many/);
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.();
});

test("a part of the page that does not come is told, and the page goes on", async ({ page }) => {
  await page.route(/\/overlay-room-[^/]*\.js$/, (route) =>
    route.fulfill({ contentType: "text/javascript", body: "export {" }),
  );
  await open(page);
  await page.keyboard.press("?");
  await expect(page.getByTestId("notice")).toContainText("could not be loaded");
  await stepForward(page, 1);
});

test("a reader gets the words of one language, and those of another when it is chosen", async ({ page }) => {
  const urls = asked(page);
  await open(page);
  expect(isAsked(urls, /\/zh-[^/]*\.js$/)).toBe(false);
  await page.getByTestId("language-zh").click();
  await expect(page.getByTestId("chapters")).toHaveAttribute("title", "章节");
  expect(isAsked(urls, /\/zh-[^/]*\.js$/)).toBe(true);
  await page.reload();
  await expect(page.getByTestId("chapters")).toHaveAttribute("title", "章节");
});

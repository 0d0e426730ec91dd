/** The main job: run, step both ways, decide by hand, share the moment, and land on it elsewhere. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { Moment, Part } from "../../web/src/core/wire";
import { expect, open, test } from "./fixtures";

/** Every moment of the default run, as the native core tells it. */
const moments: Record<string, Moment> = JSON.parse(
  readFileSync(new URL("../golden/moments.en.json", import.meta.url), "utf8"),
);
const end = Object.keys(moments).length - 1;

const plain = (parts: readonly Part[]) => parts.map(({ text }) => text).join("");

/** What the page shows of step `at` is what the native core says of it. */
async function showsMoment(page: Page, at: number) {
  await expect(page.getByTestId("position")).toHaveText(String(at));
  const moment = moments[at];
  if (!moment) throw new Error(`there is no step ${at}`);
  if (moment.event) await expect(page.getByTestId("sentence")).toHaveText(plain(moment.event.sentence));
  const rows = page.getByTestId("goroutine-table").locator("tbody tr");
  await expect(rows).toHaveCount(moment.goroutines.length);
  for (const { id, status, doing } of moment.goroutines) {
    const row = page.locator(`tr[data-goroutine="${id}"]`);
    await expect(row).toHaveAttribute("data-status", status);
    await expect(row.locator("td")).toHaveText(plain(doing));
  }
}

async function forward(page: Page, times: number) {
  for (let nth = 0; nth < times; nth++) await page.getByTestId("forward").click();
}

async function sharedLink(page: Page): Promise<string> {
  await page.getByTestId("share").click();
  const link = page.getByTestId("share-link");
  await expect(link).toHaveValue(/digest=/);
  const url = await link.inputValue();
  await page.keyboard.press("Escape");
  return url;
}

test("run, ten forward, three back, to the end: the state is the native one at each", async ({ page }) => {
  await open(page);
  await showsMoment(page, 0);
  await forward(page, 10);
  await showsMoment(page, 10);
  for (let nth = 0; nth < 3; nth++) await page.getByTestId("back").click();
  await showsMoment(page, 7);
  await page.getByTestId("scrub").focus();
  await page.keyboard.press("End");
  await showsMoment(page, end);
});

test("a shared link lands on the same step of the same run in a fresh profile", async ({ page, browser }) => {
  await open(page, "./#/many-to-many?producers=2&strategy=random&seed=42&at=5");
  await forward(page, 12);
  await expect(page.getByTestId("position")).toHaveText("17");
  const sentence = (await page.getByTestId("sentence").textContent()) ?? "";
  const digest = await page.getByTestId("digest").textContent();
  const url = await sharedLink(page);

  const profile = await browser.newContext();
  const other = await profile.newPage();
  await open(other, url);
  await expect(other.getByTestId("position")).toHaveText("17");
  await expect(other.getByTestId("sentence")).toHaveText(sentence);
  expect(await other.getByTestId("digest").textContent()).toBe(digest);
  await expect(other.getByTestId("notice")).toHaveCount(0);
  await profile.close();
});

test("a choice made by hand is part of the link", async ({ page, browser }) => {
  await open(page, "./#/many-to-many?requests=producer&stopCapacity=0&at=8");
  const digest = await page.getByTestId("digest").textContent();
  await page.getByTestId("by-hand").click();
  const moves = page.getByTestId("moves").getByRole("button");
  await expect(moves.first()).toBeVisible();
  // The second producer instead of the moderator, who would have parked.
  await page.getByTestId("moves").locator('[data-goroutine="3"]').first().click();
  await expect(page.getByTestId("sentence")).toContainText("producer 2");
  await expect(page.getByTestId("digest")).not.toHaveText(digest ?? "");
  const url = await sharedLink(page);
  expect(url).toContain("do=");
  const chosen = await page.getByTestId("digest").textContent();
  const position = (await page.getByTestId("position").textContent()) ?? "";

  const profile = await browser.newContext();
  const other = await profile.newPage();
  await open(other, url);
  await expect(other.getByTestId("position")).toHaveText(position);
  expect(await other.getByTestId("digest").textContent()).toBe(chosen);
  await profile.close();
});

test("the back button leads to the run before, and a reload keeps the moment", async ({ page }) => {
  await open(page);
  const digest = await page.getByTestId("digest").textContent();
  await page.goto("./#/many-to-many?strategy=random&seed=7&at=9");
  await expect(page.getByTestId("digest")).not.toHaveText(digest ?? "");
  await forward(page, 2);
  // The address follows within half a second: browsers do not let it change at every step.
  await expect(page).toHaveURL(/at=11/);
  await page.reload();
  await expect(page.getByTestId("position")).toHaveText("11");
  await page.goBack();
  await expect(page.getByTestId("digest")).toHaveText(digest ?? "");
});

// The step stays where the default run of the program has it.
for (const [what, fragment, says, at = 0] of [
  ["cut off", "#/many-to-many?strategy=rand", "strategy"],
  ["without an end", "#/many-to-many?at=", "at"],
  ["of nothing that we know", "#/no-such-program?at=3", "no-such-program"],
  ["out of range", "#/many-to-many?producers=1000", "producers takes a whole number from 1 to 100, not “1000”"],
  ["random", "#k9%zz€\u0007&&==??", ""],
  [
    "with a choice that is not possible",
    "#/many-to-many?do=8:5-close&at=9",
    "at step 8 the choice 5-close cannot be made",
    9,
  ],
] as const) {
  test(`a link that is ${what} gives one sentence and a working page`, async ({ page }) => {
    await open(page, `./${fragment}`);
    await expect(page.getByTestId("notice")).toContainText(says);
    await showsMoment(page, at);
    await forward(page, 1);
    await showsMoment(page, at + 1);
  });
}

test("a bad link opens the program that it names and stays to be mended, and a good one clears the notice", async ({
  page,
}) => {
  await open(page, "./#/many-to-many?producers=2&strategy=random&seed=42&at=5");
  const digest = (await page.getByTestId("digest").textContent()) ?? "";
  await page.evaluate(() => location.assign("#/many-to-many?producers=1000"));
  await expect(page.getByTestId("notice")).toContainText("producers takes a whole number from 1 to 100, not “1000”");
  await expect(page.getByTestId("notice")).toContainText("Shown is the default run");
  await expect(page.getByTestId("digest")).not.toHaveText(digest);
  await expect(page).toHaveURL(/producers=1000$/);
  await page.evaluate(() => location.assign("#/rendezvous?at=3"));
  await expect(page.getByTestId("position-total")).not.toHaveAttribute("data-value", "1000");
  await expect(page.getByTestId("notice")).toHaveCount(0);
});

test("a link whose digest differs says where", async ({ page }) => {
  await open(page, "./#/many-to-many?at=5&strategy=random&seed=1");
  const url = await sharedLink(page);
  await page.goto("about:blank");
  await open(page, url.replace("seed=1", "seed=2"));
  await expect(page.getByTestId("notice")).toContainText(/step/i);
  await expect(page.getByTestId("position")).toHaveText("5");
});

test("a bad value in the form is named with its range, and the last good run stays", async ({ page }) => {
  await open(page);
  const digest = await page.getByTestId("digest").textContent();
  const field = page.locator("#setting-producers");
  await field.fill("0");
  await field.press("Enter");
  await expect(page.getByTestId("problem-producers")).toContainText("1");
  await expect(page.getByTestId("problem-producers")).toContainText("100");
  expect(await page.getByTestId("digest").textContent()).toBe(digest);
  await field.fill("4");
  await field.press("Enter");
  await expect(page.getByTestId("digest")).not.toHaveText(digest ?? "");
  await page.getByTestId("last").click();
  await expect(page.locator("tr[data-goroutine]")).toHaveCount(8);
});

test("the keyboard alone walks the run", async ({ page }) => {
  await open(page, "./#/many-to-many?at=10");
  await page.keyboard.press("ArrowRight");
  await showsMoment(page, 11);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("PageDown");
  await showsMoment(page, 20);
  await page.keyboard.press("Home");
  await showsMoment(page, 0);
  await page.keyboard.press("End");
  await showsMoment(page, end);
  await page.keyboard.press("?");
  await expect(page.getByTestId("help")).toBeVisible();
});

test("the language changes and the moment stays", async ({ page }) => {
  const zh: Record<string, Moment> = JSON.parse(
    readFileSync(new URL("../golden/moments.zh.json", import.meta.url), "utf8"),
  );
  await open(page, "./#/many-to-many?at=13");
  await page.getByTestId("language-zh").click();
  await expect(page.getByTestId("sentence")).toHaveText(plain(zh[13]?.event?.sentence ?? []));
  await expect(page.getByTestId("position")).toHaveText("13");
  await expect(page.locator("html")).toHaveAttribute("lang", /zh/);
});

test("a million events run, and any step of them is there", async ({ page }) => {
  const notes = "producers=100&consumers=10&capacity=100&values=100000&rounds=0&seed=463";
  await page.goto(`./#/many-to-many?at=654321&${notes}`);
  await expect(page.getByTestId("position-total")).toHaveAttribute("data-value", "1005610");
  await expect(page.getByTestId("sentence")).not.toHaveText("");
  await page.getByTestId("last").click();
  await expect(page.getByTestId("sentence")).toContainText("returns");
});

test("a long run is stopped while it is under way, and the run before stays where it was", async ({ page }) => {
  await open(page, "./#/rendezvous?at=2");
  const before = await page.getByTestId("position-total").getAttribute("data-value");
  // By the page itself, as soon as it can be: a quick machine might be through before Playwright has found the button.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        new MutationObserver((_, observer) => {
          const stop = document.querySelector<HTMLButtonElement>('[data-testid="cancel"]');
          if (!stop) return;
          observer.disconnect();
          stop.click();
          resolve();
        }).observe(document, { childList: true, subtree: true });
        location.hash = "#/many-to-many?producers=100&consumers=10&capacity=100&values=100000&rounds=0&seed=463";
      }),
  );
  await expect(page.getByTestId("running")).toHaveCount(0);
  await expect(page).toHaveURL(/#\/rendezvous\?at=2$/);
  await expect(page.getByTestId("position-total")).toHaveAttribute("data-value", String(before));
  // The core goes on with the run before.
  await page.getByTestId("forward").click();
  await expect(page.getByTestId("position")).toHaveText("3");
  await expect(page.getByTestId("notice")).toHaveCount(0);
});

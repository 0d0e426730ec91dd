/**
 * What every browser test gets: a page of a profile of its own, and the rule that nothing may go wrong unseen. Whatever
 * the browser logs as a warning or an error, every exception, every refused or failed request fails the test.
 */
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Locator, type Page } from "@playwright/test";

export { expect };

export const test = base.extend<{ complaints: string[] }>({
  page: async ({ page, baseURL }, use) => {
    goByFragment(page, baseURL);
    await use(page);
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      listen(page, complaints);
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens the page and waits until the run that it opens with has been drawn. */
export async function open(page: Page, address = "./") {
  await page.goto(address);
  await expect(page.getByTestId("sentence")).toBeVisible();
  await expect(page.getByTestId("verdict").first()).toBeVisible();
}

/** Opens the form of the limits of a search. */
export async function openLimits(page: Page) {
  await page.getByTestId("outcomes-open").click();
  await page.getByTestId("explore-limits").click();
}

/** Waits until a search is over, and all that is looked for after it. */
export async function explored(page: Page) {
  await expect(page.getByTestId("outcomes")).toHaveAttribute("data-phase", "done");
}

/** WCAG 2.2 at level AA, and what axe holds for good practice. Without its tag the size of targets is not looked at. */
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds wrong with the page, or with a part of it: nothing. */
export async function accessible(page: Page, part?: string) {
  const axe = new AxeBuilder({ page }).withTags(STANDARDS);
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html}`));
  expect(found).toEqual([]);
}

/** Steps forward so many times by key, each step drawn before the next. */
export async function stepForward(page: Page, times: number) {
  const position = page.getByTestId("position");
  const start = Number(await position.getAttribute("data-value"));
  for (let at = start + 1; at <= start + times; at++) {
    await page.keyboard.press("ArrowRight");
    await expect(position).toHaveAttribute("data-value", String(at));
  }
}

/** Types over what stands in a field of numbers. Playwright's `fill` adds to it in Firefox. */
export async function typeOver(field: Locator, text: string) {
  await field.click();
  await field.press("ControlOrMeta+a");
  await field.pressSequentially(text);
}

/**
 * Where only the fragment changes, the page goes there by itself, and the options of `goto` say nothing. Playwright's own
 * way waits for ever when Firefox answers before it tells that it went within the document: the answer alone does not
 * say so.
 */
function goByFragment(page: Page, base: string | undefined) {
  const goto = page.goto.bind(page);
  page.goto = async (address, options) => {
    const here = new URL(page.url());
    const there = new URL(address, base);
    const isWithin = there.hash !== "" && there.href.split("#")[0] === here.href.split("#")[0];
    if (!isWithin || there.hash === here.hash) return goto(address, options);
    await page.evaluate((href) => {
      const gone = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
      location.assign(href);
      return gone.then(() => undefined);
    }, there.href);
    return null;
  };
}

function listen(page: Page, complaints: string[]) {
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      complaints.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // Who leaves a page takes back what was asked for and nobody waits for: its icon.
    if (why === "net::ERR_ABORTED" && /\/favicon-[^/]*\.svg$/.test(request.url())) return;
    complaints.push(`failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) {
      complaints.push(`status ${response.status()}: ${response.url()}`);
    }
  });
}

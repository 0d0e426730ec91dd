/** Inside somebody else's page: the run can be walked from both sides, and the host's page stays its own. */
import type { Page } from "@playwright/test";
import { accessible, expect, test } from "./fixtures";
import { type StaticHost, startStaticHost } from "./static-host";

let host: StaticHost;
test.beforeAll(async () => {
  host = await startStaticHost();
});
test.afterAll(() => host.close());

const RUN = "?embed&lang=en#/many-to-many?strategy=random&seed=42&at=5";

async function openHost(page: Page, rest = RUN) {
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    addEventListener("message", ({ data }) => heard.push(data));
  });
  await page.goto(host.embedding(rest));
  const run = page.frameLocator("iframe");
  await expect(run.getByTestId("position")).toHaveText("5");
  return run;
}

const post = (page: Page, message: unknown) =>
  page.evaluate((data) => document.querySelector("iframe")?.contentWindow?.postMessage(data, "*"), message);

const lastHeard = (page: Page) =>
  page.evaluate(() => (window as unknown as { heard: { at: number; sentence: string }[] }).heard.at(-1));

test("the host steps it and hears of every moment", async ({ page }) => {
  const run = await openHost(page);
  await post(page, { chanscope: 1, type: "step", by: 3 });
  await expect(run.getByTestId("position")).toHaveText("8");
  const sentence = (await run.getByTestId("sentence").textContent()) ?? "";
  await expect.poll(() => lastHeard(page)).toMatchObject({ chanscope: 1, type: "moment", at: 8, sentence });
  await post(page, { chanscope: 1, type: "seek", at: 2 });
  await expect(run.getByTestId("position")).toHaveText("2");
  await post(page, { chanscope: 1, type: "open", fragment: "#/rendezvous?at=4" });
  await expect(run.getByTestId("position")).toHaveText("4");
  await run.getByTestId("forward").click();
  await expect.poll(() => lastHeard(page)).toMatchObject({ at: 5 });
});

test("messages that are none of ours are left alone", async ({ page }) => {
  const run = await openHost(page);
  for (const message of ["step", null, { type: "step", by: 1 }, { chanscope: 1, type: "seek", at: -3 }]) {
    await post(page, message);
  }
  await post(page, { chanscope: 1, type: "step", by: 1 });
  await expect(run.getByTestId("position")).toHaveText("6");
  await expect(run.getByTestId("notice")).toHaveCount(0);
});

test("it stores nothing, leaves its address alone, takes no keys and no wheel", async ({ page }) => {
  const run = await openHost(page);
  const frame = page.frame("run");
  const address = await frame?.evaluate(() => location.href);
  await run.getByTestId("forward").click();
  await page.locator("#typed").fill("");
  await page.locator("#typed").press("h");
  await run.locator("body").press("End");
  await run.getByTestId("timeline").hover();
  await page.mouse.wheel(0, 200);
  await expect(run.getByTestId("position")).toHaveText("6");
  const after = await frame?.evaluate(async () => ({
    href: location.href,
    stored: localStorage.length + sessionStorage.length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(after).toEqual({ href: address, stored: 0, workers: 0 });
  await expect(page.locator("#typed")).toHaveValue("h");
  await expect(run.getByTestId("open-whole")).toHaveAttribute("href", /\/some\/folder\/#\/many-to-many\?.*at=6/);
});

test("the TCP chapter's recorded session is walked like a run", async ({ page }) => {
  const run = await openHost(page, "?embed&lang=en#/tcp-clock?at=5");
  await expect(run.getByRole("heading", { name: /clock server/ })).toBeVisible();
  await post(page, { chanscope: 1, type: "step", by: 3 });
  await expect(run.getByTestId("position")).toHaveText("8");
  const sentence = (await run.getByTestId("sentence").textContent()) ?? "";
  await expect.poll(() => lastHeard(page)).toMatchObject({ chanscope: 1, type: "moment", at: 8, sentence });
  await expect(run.getByTestId("tcp-open")).toHaveCount(0);
  await expect(run.getByTestId("open-whole")).toHaveAttribute("href", /\/some\/folder\/#\/tcp-clock\?at=8$/);
  await post(page, { chanscope: 1, type: "open", fragment: "#/rendezvous?at=4" });
  await expect(run.getByTestId("position")).toHaveText("4");
  await post(page, { chanscope: 1, type: "open", fragment: "#/tcp-clock?at=2" });
  await expect(run.getByTestId("position")).toHaveText("2");
});

test("in a small frame a bad link leaves room for the run", async ({ page }) => {
  await page.setViewportSize({ width: 380, height: 420 });
  await page.goto(`${host.url}?embed&lang=en#/many-to-many?producers=1000`);
  await expect(page.getByTestId("notice")).toContainText("producers takes a whole number");
  expect((await page.getByTestId("notice").boundingBox())?.height).toBeLessThan(80);
  await expect(page.getByTestId("timeline")).toBeVisible();
  expect((await page.getByTestId("timeline").boundingBox())?.height).toBeGreaterThan(110);
});

for (const width of [900, 360]) {
  test(`it is accessible at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 420 });
    await page.goto(host.url + RUN);
    await expect(page.getByTestId("verdict")).toBeVisible();
    await accessible(page);
  });
}

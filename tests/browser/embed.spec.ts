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

async function goToHost(page: Page, rest: string) {
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    addEventListener("message", ({ data }) => heard.push(data));
  });
  await page.goto(host.embedding(rest));
}

async function openHost(page: Page, rest = RUN) {
  await goToHost(page, rest);
  const run = page.frameLocator("iframe");
  await expect(run.getByTestId("position")).toHaveText("5");
  return run;
}

const post = (page: Page, message: unknown) =>
  page.evaluate((data) => document.querySelector("iframe")?.contentWindow?.postMessage(data, "*"), message);

const errorsHeard = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { heard: { type: string; sentence: string }[] }).heard
      .filter(({ type }) => type === "error")
      .map(({ sentence }) => sentence),
  );

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

test("the host hears what is wrong with what it asked for, and the run at hand stays", async ({ page }) => {
  const run = await openHost(page);
  const nosuch = "That cannot be run: there is no program “nosuch”.";
  for (const times of [1, 2]) {
    await post(page, { chanscope: 1, type: "open", fragment: "#/nosuch" });
    await expect(run.getByTestId("notice")).toHaveText(nosuch);
    await expect.poll(() => errorsHeard(page)).toEqual(Array.from({ length: times }, () => nosuch));
  }
  await expect(run.getByTestId("position")).toHaveText("5");
  await post(page, { chanscope: 1, type: "open", fragment: "#/tcp-clock?session=broken" });
  await expect.poll(async () => (await errorsHeard(page)).length).toBe(3);
  await post(page, { chanscope: 1, type: "open", fragment: "#/rendezvous?at=4" });
  await expect(run.getByTestId("position")).toHaveText("4");
  expect(await errorsHeard(page)).toHaveLength(3);
});

test("the host hears that the link it began with cannot be opened", async ({ page }) => {
  await goToHost(page, "?embed&lang=zh#/nosuch");
  await expect
    .poll(() => errorsHeard(page))
    .toEqual(["这个链接打不开：没有名为“nosuch”的程序。现在显示的是默认运行。"]);
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

test("it shows the stretch and the comparison that its address has, and never writes another", async ({ page }) => {
  const shown = "view=10-30&with=many-to-many?strategy=random&seed=3";
  const run = await openHost(page, `?embed&lang=en#/many-to-many?strategy=random&seed=42&at=5&${shown}`);
  const [ours, theirs] = [run.getByTestId("timeline"), run.getByTestId("timeline-other")];
  for (const timeline of [ours, theirs]) {
    await expect(timeline).toHaveAttribute("data-from", "10");
    await expect(timeline).toHaveAttribute("data-to", "30");
  }
  await expect(run.getByTestId("compare")).toContainText("part in step");
  const address = await page.frame("run")?.evaluate(() => location.href);
  await run.getByRole("button", { name: "Show the whole run" }).first().click();
  await expect(run.getByTestId("open-whole")).not.toHaveAttribute("href", /view=10-30/);
  await expect(run.getByTestId("open-whole")).toHaveAttribute("href", /&with=many-to-many\?strategy=random&seed=3$/);
  expect(await page.frame("run")?.evaluate(() => location.href)).toBe(address);
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

for (const [width, height] of [
  [320, 200],
  [360, 200],
  [360, 240],
  [640, 200],
  [640, 260],
  [900, 200],
  [1300, 200],
] as const) {
  test(`in a frame of ${width} by ${height} px the run can be walked, and something of it is seen`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    for (const address of ["#/many-to-many?strategy=random&seed=42&at=17", "#/tcp-clock?at=12"]) {
      await page.goto(`${host.url}?embed&lang=en${address}`);
      await expect(page.getByTestId("timeline")).toBeVisible();
      for (const part of ["sentence", "first", "back", "play", "forward", "last", "position", "open-whole"]) {
        await expect(page.getByTestId(part), part).toBeInViewport({ ratio: 1 });
      }
      // The frame does not scroll, and nothing lies over what is to be pressed.
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
      const hand = page.getByTestId("by-hand");
      if ((await hand.count()) > 0) await hand.click({ trial: true });
      const at = Number(await page.getByTestId("position").getAttribute("data-value"));
      await page.getByTestId("forward").click();
      await expect(page.getByTestId("position")).toHaveAttribute("data-value", String(at + 1));
      // The ruler and two lanes.
      expect((await page.getByTestId("timeline").boundingBox())?.height).toBeGreaterThanOrEqual(60);
    }
    await accessible(page);
  });
}

for (const [width, height, together] of [
  [320, 200, false],
  [360, 240, false],
  [360, 300, false],
  [350, 350, false],
  [390, 420, false],
  [640, 260, false],
  [900, 200, false],
  [1300, 300, false],
  [900, 420, true],
] as const) {
  test(`in a frame of ${width} by ${height} px lanes of two runs are seen, ${together ? "both" : "one at a time"}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const run = "#/many-to-many?strategy=random&seed=42&at=17";
    await page.goto(`${host.url}?embed&lang=en${run}&with=many-to-many?strategy=random&seed=3`);
    for (const [side, canvas] of [
      ["run-ours", "timeline"],
      ["run-theirs", "timeline-other"],
    ] as const) {
      if (!together) await page.getByTestId(side).click();
      await expect(page.getByTestId(canvas)).toBeVisible();
      // The ruler and two lanes.
      expect((await page.getByTestId(canvas).boundingBox())?.height, canvas).toBeGreaterThanOrEqual(60);
      await expect(page.locator("canvas")).toHaveCount(together ? 2 : 1);
    }
    for (const part of ["sentence", "back", "play", "forward", "open-whole", "compare-end"]) {
      await expect(page.getByTestId(part), part).toBeInViewport({ ratio: 1 });
    }
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
    await accessible(page);
    await page.getByTestId("compare-end").click();
    await expect(page.getByTestId("verdict")).toBeVisible();
  });
}

test("by hand, who goes next is chosen in a frame as well, with the run in sight where there is room", async ({
  page,
}) => {
  await page.goto("./?embed#/rendezvous?at=2");
  await page.getByTestId("by-hand").click();
  for (const [width, height, run] of [
    [640, 360, true],
    [360, 420, true],
    [350, 350, true],
    [350, 300, true],
    [640, 200, false],
    [360, 240, false],
  ] as const) {
    await page.setViewportSize({ width, height });
    const move = page.getByTestId("moves").getByRole("button").first();
    await expect(move).toBeInViewport({ ratio: 0.95 });
    await expect(page.getByTestId("timeline")).toBeVisible({ visible: run });
    await expect(page.getByTestId("verdict")).toBeInViewport({ ratio: 1 });
    const at = (await page.getByTestId("position").getAttribute("data-value")) ?? "";
    await move.click();
    await expect(page.getByTestId("position")).not.toHaveAttribute("data-value", at);
    await expect(page.getByTestId("forward")).toBeInViewport({ ratio: 1 });
  }
  await accessible(page);
});

test("in a tall frame time runs down, in a low one along; what it is about and what there is to press stand in line", async ({
  page,
}) => {
  const canvas = page.getByTestId("timeline");
  for (const [width, height, down] of [
    [390, 844, true],
    [390, 420, false],
    [1440, 900, false],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(`./?embed#/closing?at=12`);
    await expect(canvas).toBeVisible();
    await expect(page.locator(".timeline-turned")).toHaveCount(down ? 1 : 0);
    const edges = async (selector: string) => (await page.locator(selector).boundingBox()) ?? { x: 0, width: 0 };
    const [title, first] = [await edges(".embedded-title"), await edges("[data-testid=first]")];
    const [whole, hand] = [await edges("[data-testid=open-whole]"), await edges("[data-testid=by-hand]")];
    expect(title.x, `${width} px`).toBeCloseTo(first.x);
    expect(whole.x + whole.width, `${width} px`).toBeCloseTo(hand.x + hand.width);
  }
});

test("findings that go on past the edge of a small frame fade into it, and can be scrolled to", async ({ page }) => {
  await page.setViewportSize({ width: 700, height: 420 });
  await page.goto(`./?embed#/closing?at=12`);
  const verdict = page.getByTestId("verdict");
  await expect(verdict.locator(".verdict-finding").first()).toBeVisible();
  await expect(verdict).toHaveCSS("mask-image", /linear-gradient/);
  const [all, seen] = await verdict.evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
  expect(all).toBeGreaterThan(seen ?? 0);
});

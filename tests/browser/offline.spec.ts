/** On a static host, at a path of its own: the policy holds, and once opened it works without the host. */
import { expect, explored, open, stepForward, test } from "./fixtures";
import { startStaticHost } from "./static-host";

test("once opened, it runs offline at the same moment", async ({ page, context }) => {
  const host = await startStaticHost();
  await open(page, `${host.url}#/many-to-many?seed=42&strategy=random&at=7`);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await host.close();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByTestId("position")).toHaveText("7");
  await open(page, `${host.url}#/rendezvous?at=2`);
  await expect(page.getByTestId("position")).toHaveText("2");
  await stepForward(page, 1);
  // Loaded when first shown, and kept all the same.
  await expect(page.locator(".cm-line").nth(1)).toBeVisible();
});

test("offline, all that can happen is searched on several cores too", async ({ page, context }) => {
  const host = await startStaticHost();
  await page.addInitScript(() => Object.defineProperty(navigator, "hardwareConcurrency", { value: 2 }));
  await open(page, host.url);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await host.close();
  await context.setOffline(true);
  await page.reload();
  await open(page, `${host.url}#/lastzero?n=12`);
  const started: string[] = [];
  page.on("worker", (worker) => started.push(worker.url()));
  await page.getByTestId("outcomes-open").click();
  await page.getByTestId("explore").click();
  await explored(page);
  await expect(page.getByTestId("explore-standing")).toContainText(/in 15\s360 executions\./);
  expect(started.filter((url) => url.includes("part-worker"))).toHaveLength(2);
});

test("the policy is in the page and the manifest can be read", async ({ page }) => {
  const host = await startStaticHost();
  await open(page, host.url);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe-inline");
  const manifest = await page.request.get(new URL("manifest.webmanifest", host.url).href);
  expect(await manifest.json()).toMatchObject({ name: "Chanscope", start_url: "./", scope: "./" });
  await host.close();
});

test("the companion's copy has neither service worker nor manifest", async ({ page }) => {
  await open(page);
  await expect(page.locator("link[rel=manifest]")).toHaveCount(0);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});

import { accessible, expect, open, test } from "./fixtures";

test("the page opens with a run of its core", async ({ page }) => {
  const core = page.waitForResponse((response) => response.url().endsWith(".wasm"));
  await open(page);
  await expect(page).toHaveTitle(/Chanscope/);
  expect((await core).headers()["content-type"]).toBe("application/wasm");
});

test("the core's worker is started once, ahead of the page", async ({ page }) => {
  await open(page);
  expect(page.workers().map((worker) => /worker-[^/]*\.js$/.test(worker.url()))).toEqual([true]);
});

test("the page starts the core's worker where nobody has", async ({ page }) => {
  await page.route("**/start-core-*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await open(page);
  expect(page.workers()).toHaveLength(1);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the page is accessible in its ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    // The source comes a moment later; without it there would be less to look at.
    await expect(page.locator(".cm-content").first()).toBeVisible();
    await accessible(page);
  });
}

for (const { width, tabs } of [
  { width: 360, tabs: ["tab-outcomes", "tab-program", "tab-state", "tab-timeline"] },
  { width: 768, tabs: ["pane-outcomes", "pane-state"] },
]) {
  for (const tab of tabs) {
    test(`${tab} is accessible at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await open(page, "./#/many-to-many?at=20");
      await page.getByTestId(tab).click();
      await expect(page.getByTestId(tab)).toHaveAttribute("aria-selected", "true");
      await accessible(page);
    });
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the name of any role can be read on a marked row in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, "./#/increments?how=mutex&at=5");
    const name = page.locator(".column-state [data-changed] .name[class*=role-]").first();
    await expect(name).toBeVisible();
    // No program has all six; the row is the same for each.
    await name.evaluate((element) => {
      for (let hue = 0; hue < 6; hue += 1) {
        const each = element.cloneNode(true) as Element;
        each.setAttribute("class", `name role-${hue}`);
        element.before(each);
      }
    });
    await accessible(page, ".column-state [data-changed]");
  });
}

test("lines of output that stand below each other are large enough to be pressed", async ({ page }) => {
  await open(page, "./#/waiting?at=13");
  await expect(page.locator(".output-line")).toHaveCount(3);
  await accessible(page, ".output");
});

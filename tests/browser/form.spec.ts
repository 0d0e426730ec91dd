/** The form of settings: what is on is seen to be on, and what is refused is shown where it is. */
import { expect, open, test, typeOver } from "./fixtures";

for (const media of [
  { colorScheme: "light" },
  { colorScheme: "dark" },
  { forcedColors: "active", colorScheme: "dark" },
] as const) {
  test(`what is on has a tick, and what is off has nothing: ${Object.values(media).join(" ")}`, async ({ page }) => {
    await page.emulateMedia(media);
    await open(page);
    const on = page.getByLabel("Early check");
    const off = page.getByLabel("main waits for the moderator");
    await expect(on).toBeChecked();
    await expect(off).not.toBeChecked();
    const colours = await on.evaluate((box) => {
      const mark = getComputedStyle(box, "::before");
      return {
        content: mark.content,
        shape: mark.clipPath,
        mark: mark.backgroundColor,
        box: getComputedStyle(box).backgroundColor,
      };
    });
    expect(colours.content).toBe('""');
    expect(colours.shape).toMatch(/^polygon/);
    expect(colours.mark).not.toBe(colours.box);
    expect(await off.evaluate((box) => getComputedStyle(box, "::before").content)).toBe("none");
    const sizes = await page
      .locator(".form input[type=checkbox]")
      .evaluateAll((all) => all.map((box) => box.clientWidth));
    expect(new Set(sizes).size).toBe(1);
  });
}

test("a run that is refused leads to the first row that is wrong", async ({ page }) => {
  await open(page);
  const producers = page.getByLabel("Producers");
  const consumers = page.getByLabel("Consumers");
  for (const [value, field] of [
    ["0", producers],
    ["many", producers],
  ] as const) {
    await typeOver(field, value);
    await page.getByTestId("run").click();
    await expect(field).toBeFocused();
    await expect(field).toBeInViewport({ ratio: 1 });
    await expect(page.getByTestId("problem-producers")).toBeInViewport({ ratio: 1 });
  }
  // Another press with the same mistake does the same; writing elsewhere takes the focus nowhere.
  await page.getByTestId("run").click();
  await expect(producers).toBeFocused();
  await typeOver(consumers, "3");
  await expect(consumers).toBeFocused();
  await expect(page.getByTestId("problem-producers")).toBeVisible();
  await page.getByTestId("real-time-start").click();
  await expect(producers).toBeFocused();
});

test("every row that is wrong says so by its own name, in both languages, clear of the ring around its field", async ({
  page,
}) => {
  await open(page);
  const producers = page.locator("#setting-producers");
  await typeOver(producers, "999999");
  await typeOver(page.locator("#setting-seed"), "many");
  await page.getByTestId("run").click();
  const [wrong, wrongSeed] = [page.getByTestId("problem-producers"), page.getByTestId("problem-seed")];
  await expect(wrong).toHaveText("Producers: “999999” is not a whole number from 1 to 100.");
  await expect(wrongSeed).toHaveText(
    "Seed: “many” is not a whole number from 0 to 9\u202f007\u202f199\u202f254\u202f740\u202f991.",
  );
  await expect(producers).toBeFocused();
  const [field, line] = [await producers.boundingBox(), await wrong.boundingBox()];
  const padding = await wrong.evaluate((problem) => Number.parseFloat(getComputedStyle(problem).paddingTop));
  // The ring is 2 px wide and stands 2 px off.
  expect((line?.y ?? 0) + padding - (field?.y ?? 0) - (field?.height ?? 0)).toBeGreaterThanOrEqual(4);
  await page.getByTestId("language-zh").click();
  await expect(wrong).toHaveText("生产者：“999999”不是 1 到 100 之间的整数。");
});

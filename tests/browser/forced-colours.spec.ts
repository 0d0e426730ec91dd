/** High contrast: what is drawn on the canvas keeps its ground and its marks, and what is chosen is seen. */
import { expect, open, test } from "./fixtures";

test("names, spans and the cursor stand out from their ground in forced colours", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await open(page, "./#/many-to-many?at=20");
  const canvas = page.getByTestId("timeline");
  await expect(canvas).toHaveAttribute("data-end-lane", "7");
  /** How many colours there are in a part of the canvas, and how much of it the commonest takes. */
  const told = (part: "names" | "ruler" | "plot") =>
    canvas.evaluate((element: HTMLCanvasElement, which) => {
      const ratio = devicePixelRatio;
      const [x, y, width, height] = { names: [40, 36, 100, 160], ruler: [190, 2, 400, 26], plot: [200, 36, 400, 160] }[
        which
      ];
      const copy = new OffscreenCanvas(element.width, element.height).getContext("2d");
      copy?.drawImage(element, 0, 0);
      const pixels = copy?.getImageData(x * ratio, y * ratio, width * ratio, height * ratio).data;
      const counts = new Map<string, number>();
      for (let at = 0; pixels && at < pixels.length; at += 4) {
        const colour = pixels.slice(at, at + 4).join();
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      return { colours: counts.size, most: Math.max(...counts.values()) / (width * height * ratio * ratio) };
    }, part);
  for (const part of ["names", "ruler", "plot"] as const) {
    await expect.poll(async () => (await told(part)).colours, part).toBeGreaterThan(5);
    expect((await told(part)).most, part).toBeLessThan(0.99);
  }
  const grounds = await page
    .getByRole("tab")
    .evaluateAll((tabs) => tabs.map((tab) => [tab.ariaSelected, getComputedStyle(tab).borderBottomColor]));
  const [chosen, others] = ["true", "false"].map((which) => grounds.filter(([selected]) => selected === which));
  expect(new Set(chosen?.map(([, colour]) => colour)).size).toBe(1);
  expect(others?.map(([, colour]) => colour)).not.toContain(chosen?.[0]?.[1]);
});

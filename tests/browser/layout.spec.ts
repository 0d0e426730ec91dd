/** At every size there is room for what is looked at: the sentence in a line or two, and a column beside it that can be read. */
import type { Page } from "@playwright/test";
import { expect, open, test } from "./fixtures";

const heightOf = async (page: Page, selector: string) =>
  (await page.locator(selector).first().boundingBox())?.height ?? 0;

/** The longest sentence of the run that the page opens with. */
const LONG = "./#/many-to-many?at=30";

for (const [width, height] of [
  [761, 1024],
  [768, 1024],
  [834, 700],
  [1024, 600],
  [1100, 700],
  [1101, 700],
] as const) {
  test(`at ${width} × ${height} everything has room`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const address of ["./#/many-to-many?at=0", LONG]) {
      await open(page, address);
      expect(await heightOf(page, ".sentence"), "the sentence").toBeLessThanOrEqual(54);
      expect(await heightOf(page, ".transport"), "the transport").toBeLessThanOrEqual(96);
      expect(await heightOf(page, ".columns"), "the columns").toBeGreaterThan(180);
      expect(await heightOf(page, ".lanes"), "the lanes").toBeGreaterThan(150);
    }
    for (const facts of await page.locator(".transport > *").all()) {
      const box = await facts.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width + 8);
    }
  });
}

test("the sentence keeps clear of the scrub, and the processors of what is above them", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, "./#/capture?at=22");
  const bar = await page.locator(".transport").boundingBox();
  const sentence = await page.locator(".sentence").boundingBox();
  expect((sentence?.y ?? 0) - (bar?.y ?? 0)).toBeGreaterThanOrEqual(12);
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, "./#/many-to-many?strategy=go-like&at=24");
  const [above, heading] = [page.locator(".goroutines-rows"), page.getByTestId("processors").getByRole("heading")];
  const [{ y = 0, height = 0 }, below] = [(await above.boundingBox()) ?? {}, await heading.boundingBox()];
  expect((below?.y ?? 0) - y - height).toBeGreaterThanOrEqual(12);
});

test("at 800 × 600 by hand leaves program, state and timeline in sight", async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  await open(page, LONG);
  await page.getByTestId("by-hand").click();
  await expect(page.getByTestId("moves").getByRole("button").first()).toBeVisible();
  await page.getByRole("tab", { name: "State" }).click();
  await expect(page.getByTestId("goroutine-table")).toBeVisible();
  expect(await heightOf(page, ".columns")).toBeGreaterThan(150);
  expect(await heightOf(page, ".lanes")).toBeGreaterThan(130);
});

test("a phone held sideways shows the run beside what it is walked with", async ({ page }) => {
  await page.setViewportSize({ width: 740, height: 360 });
  await open(page, LONG);
  await page.getByTestId("tab-program").click();
  expect(await heightOf(page, ".panel")).toBeGreaterThan(250);
  await page.getByTestId("by-hand").click();
  expect(await heightOf(page, ".panel")).toBeGreaterThan(250);
  await expect(page.getByTestId("play")).toBeInViewport({ ratio: 1 });
});

test("by hand on a phone shows several choices", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, LONG);
  await page.getByTestId("by-hand").click();
  const moves = page.getByTestId("moves").getByRole("button");
  for (const nth of [0, 1, 2]) await expect(moves.nth(nth)).toBeInViewport({ ratio: 1 });
});

/** Where two races of one program differ: who it was, and which step. */
const RACES = [/producer 2 sends 21 on ch/, /producer 1 sends 12 on ch/];

for (const width of [768, 834, 1024, 1101, 1280, 1440]) {
  test(`at ${width} px two findings can be told apart`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page, "./#/closing?at=19");
    const findings = page.locator(".verdict-findings .verdict-sentence");
    await expect(findings).toHaveCount(2);
    for (const [nth, race] of RACES.entries()) {
      /** Words of it that stand in the box that cuts what does not fit. */
      const read = await findings.nth(nth).evaluate((sentence) => {
        const [text, box] = [sentence.firstChild as Text, sentence.parentElement as HTMLElement];
        const { right } = box.getBoundingClientRect();
        const range = new Range();
        range.setStart(text, 0);
        let end = 0;
        for (; end < text.length; end += 1) {
          range.setEnd(text, end + 1);
          if (range.getBoundingClientRect().right > right) break;
        }
        return text.data.slice(0, end);
      });
      expect(read).toMatch(race);
    }
  });
}

test("on a phone the verdict stands beside its seal and its details, and by hand has its word", async ({ page }) => {
  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 780 });
    await open(page, "./#/closing?at=19");
    const middles = await page.locator(".verdict-ending, .verdict-details").evaluateAll((all) =>
      all.flatMap((each) => {
        const range = new Range();
        range.selectNodeContents(each.querySelector("summary") ?? each);
        // The boxes of its lines of text, and of its seal.
        return [...range.getClientRects()].map(({ top, height }) => top + height / 2);
      }),
    );
    expect(middles.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...middles) - Math.min(...middles), `${width} px`).toBeLessThanOrEqual(1.5);
    const hand = page.getByTestId("by-hand");
    await expect(hand).toHaveText(/By hand/);
    await expect(page.locator(".transport-hand")).toHaveCSS("clip-path", "none");
    await expect(hand).toBeInViewport({ ratio: 1 });
  }
});

test("at 768 px the chapter's name is whole, and its section has what room is left", async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 900 });
  for (const address of ["./#/closing", "./#/many-to-many"]) {
    await open(page, address);
    const name = page.locator(".header-place b");
    expect(await name.evaluate((element) => element.scrollWidth - element.clientWidth), address).toBeLessThanOrEqual(0);
    await expect(page.getByTestId("share")).toBeInViewport({ ratio: 1 });
  }
});

test("the section is named where there is room for some of it, and else neither it nor its slash is seen", async ({
  page,
}) => {
  const seen = () =>
    page.locator(".header-place").evaluate((place) => {
      const { top, bottom } = place.getBoundingClientRect();
      return [".header-chapter", ".header-slash"].map((part) => {
        const box = place.querySelector(part)?.getBoundingClientRect();
        return box && box.top < bottom && box.bottom > top ? box.width : 0;
      });
    });
  for (const [width, named] of [
    [768, false],
    [820, true],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await open(page, "./#/processors");
    const [section = 0, slash = 0] = await seen();
    expect([section > 60, slash > 0], `${width} px`).toEqual([named, named]);
  }
});

test("what a key does stands clear of the lines above and below it", async ({ page }) => {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    await open(page);
    await page.keyboard.press("?");
    const gaps = await page.locator(".help-keys > div").evaluateAll((rows) =>
      rows.map((row) => {
        const [line, words] = [row.getBoundingClientRect(), row.querySelector("dd")?.getBoundingClientRect()];
        return Math.min((words?.top ?? 0) - line.top, line.bottom - (words?.bottom ?? 0));
      }),
    );
    expect(Math.min(...gaps), `${width} px`).toBeGreaterThanOrEqual(4);
    await page.keyboard.press("Escape");
  }
});

/** A chapter's words: read aloud as they are written, and broken where a reader would break them. */
import { expect, open, test } from "./fixtures";

test("signs that stand beside words are not read with them", async ({ page }) => {
  await open(page, "./#/many-to-many?at=50");
  const items = page.locator(".prose li").filter({ has: page.locator(".to-run") });
  await expect(items.first()).toBeVisible();
  for (const item of await items.all()) {
    expect(await item.ariaSnapshot()).not.toMatch(/[·→]/);
  }
  await expect(page.getByRole("heading", { name: /^Output \d+ lines?$/ })).toBeVisible();
});

test("code in words does not break inside an operator", async ({ page }) => {
  // Narrow from the start: what is laid out in another way is made anew.
  await page.setViewportSize({ width: 320, height: 800 });
  await open(page, "./#/is-it-closed");
  for (let width = 320; width <= 420; width += 4) {
    await page.setViewportSize({ width, height: 800 });
    const { operators, broken } = await page.locator(".prose").evaluate((prose) => {
      const range = new Range();
      const found: { text: string; lines: number }[] = [];
      for (const code of prose.querySelectorAll(":not(pre) > code")) {
        const text = code.textContent ?? "";
        const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
          for (const { index } of node.data.matchAll(/<-\w/g)) {
            range.setStart(node, index);
            range.setEnd(node, index + 3);
            found.push({ text, lines: new Set([...range.getClientRects()].map(({ top }) => top)).size });
          }
        }
      }
      return { operators: found.length, broken: found.filter(({ lines }) => lines !== 1) };
    });
    expect(operators).toBeGreaterThan(1);
    expect(broken, `at ${width} px`).toEqual([]);
  }
});

test("a Chinese heading is broken where a part of it ends", async ({ page }) => {
  await open(page, "./#/many-to-many");
  await page.getByTestId("language-zh").click();
  const heading = page.locator(".prose h1");
  await expect(heading).toHaveText("总得有人喊停，但谁也不能关闭两次");
  const first = await heading.evaluate((element) => {
    const range = document.createRange();
    const text = element.firstChild as Text;
    const top = (at: number) => {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect().top;
    };
    let end = 1;
    while (end < text.length && top(end) - top(0) < 8) end += 1;
    return text.data.slice(0, end);
  });
  expect(first).toBe("总得有人喊停，");
});

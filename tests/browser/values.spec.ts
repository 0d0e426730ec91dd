import { accessible, expect, open, stepForward, test } from "./fixtures";

test("a value that is too long for a sentence is shown in full beside it", async ({ page }) => {
  await open(page, "./#/memo?guard=monitor&askers=1&strategy=first-come");
  const whole = page.getByTestId("whole-values");
  await expect(whole).toHaveCount(0);
  const sentence = page.getByTestId("sentence");
  for (let steps = 0; steps < 12 && !(await sentence.textContent())?.includes("receives Request"); steps++) {
    await stepForward(page, 1);
  }
  await expect(sentence).toContainText('monitor receives Request{key: "a", reply: reply … from asker 1 over requests');
  await expect(whole).toContainText("in this step");
  await expect(whole.locator("pre")).toHaveText('Request{key: "a", reply: reply 1}');
  await accessible(page, "[data-testid=whole-values]");
});

test("contexts hang below what they were derived from", async ({ page }) => {
  await open(page, "./#/context-tree?ends=search");
  await page.getByTestId("last").click();
  const contexts = page.getByTestId("contexts");
  const names = (inside: string) => contexts.locator(`${inside} > li > div > .contexts-name`);
  await expect(names(".contexts .contexts")).toHaveText(["request", "search", "page"]);
  await expect(names(".contexts .contexts .contexts .contexts")).toHaveText(["page"]);
});

test("whoever was woken no longer stands as one who waits, though it has not gone on yet", async ({ page }) => {
  const told = (name: string) => page.locator(`[data-channel=${name}] .waiter`);
  await open(page, "./#/closing?at=12");
  await expect(told("ch")).toHaveText(["producer 1 can go on"]);
  await page.goto("./#/many-to-many?at=23");
  await expect(told("stopReq")).toHaveText(["moderator"]);
  await page.goto("./#/many-to-many?at=24");
  await expect(told("stopReq")).toHaveText(["moderator can go on"]);
  await page.goto("./#/context-tree?at=14");
  const context = page.getByTestId("contexts").locator("[data-object]", { hasText: "page" });
  await expect(context).toContainText("page waiter can go on");
  await expect(context).not.toContainText("waits");
});

test("a nil channel stands among channels, as an empty dashed outline", async ({ page }) => {
  await open(page, "./#/close-send?what=receive-nil&at=8");
  const nil = page.locator("[data-channel=none]");
  await expect(nil).toContainText("nil");
  await expect(nil.locator(".pipe-body")).toHaveCSS("border-left-style", "dashed");
  await expect(nil.locator(".pipe-body")).toBeEmpty();
  await expect(nil.locator(".waiter")).toHaveText(["main"]);
});

test("a store buffer is a queue, and its oldest store is seen to be on its way", async ({ page }) => {
  await open(page, "./#/memory-order?at=12");
  const buffer = page.locator("[data-object]", { hasText: "buffer of goroutine 2" });
  await expect(buffer.locator(".slot")).toHaveText(["y = 1 on its way to memory"]);
  await expect(page.getByTestId("sentence").locator(".name")).toHaveClass(/role-/);
  await page.goto("./#/memory-order?at=9");
  await expect(buffer.locator(".slot")).toHaveText(["empty"]);
});

test("of a large channel whole values are shown, as many as have room", async ({ page }) => {
  await open(
    page,
    "./#/many-to-many?capacity=100&consumers=10&producers=100&rounds=0&seed=463&strategy=random&values=20000&at=700",
  );
  const head = page.locator("[data-channel=dataCh] .filling-head");
  const box = await head.boundingBox();
  const seen = await head.locator("span").evaluateAll((all) =>
    all.map((value) => {
      const { left, right, top } = value.getBoundingClientRect();
      return { left, right, top, cut: value.scrollWidth > value.clientWidth };
    }),
  );
  const shown = seen.filter(({ top }) => top < (box?.y ?? 0) + (box?.height ?? 0));
  expect([seen.length, shown.length]).toEqual([3, 2]);
  for (const { left, right, cut } of shown) {
    expect([cut, left >= (box?.x ?? 0), right <= (box?.x ?? 0) + (box?.width ?? 0) + 0.5]).toEqual([false, true, true]);
  }
});

/** What a reader is told: races, queues, who holds what, what follows by itself, and what is wrong with a link. */
import { expect, open, test, typeOver } from "./fixtures";

test("a data race is told in the sentence and in the table, and its accesses lead to their lines", async ({ page }) => {
  await open(page, "./#/capture?at=6");
  await expect(page.getByTestId("sentence")).toContainText("data races with steps 4 and 7");
  await page.getByRole("button", { name: "Events as a list" }).click();
  await expect(page.locator("tr[aria-current]")).toContainText("data races with steps 4 and 7");
  await expect(page.locator(".event-list")).toContainText("a data race with step 6");

  // The seals are those that outcomes have.
  await expect(page.locator(".verdict-findings .seal").first()).toHaveClass(/seal-race/);
  await page.locator(".verdict-details summary").click();
  const first = page.locator(".verdict-access").first();
  await expect(first).toContainText(/^step 4: program\.go:\d+, body\.rs:\d+$/);
  const [, go] = /program\.go:(\d+)/.exec((await first.textContent()) ?? "") ?? [];
  await first.click();
  await expect(page.getByTestId("position")).toHaveText("4");
  await expect(page.locator("[data-source=go]")).toHaveAttribute("data-lit", go ?? "");
});

test("processors have their queues in the state, where the strategy has processors", async ({ page }) => {
  await open(page, "./#/processors?strategy=go-like&at=8");
  const processors = page.getByTestId("processors");
  await expect(processors).toContainText(/P0.*(runs|nobody)/);
  await expect(processors).toContainText("for any");
  await expect(processors).toContainText(/worker \d/);
  await page.goto("./#/processors?strategy=first-come&at=8");
  await expect(page.getByTestId("processors")).toHaveCount(0);
});

test("a variable says which functions and goroutines hold it", async ({ page }) => {
  await open(page, "./#/stored?holds=go-1.21&at=10");
  await expect(page.locator("[data-object]", { hasText: "i (cell 1)" })).toContainText("held by s[0], s[1]");
  await page.goto("./#/capture?at=6");
  await expect(page.locator("[data-object]", { hasText: /^v/ })).toContainText("held by printer 1");
});

test("by hand, small steps follow by themselves, unless every one is asked for, which is in the address", async ({
  page,
}) => {
  await open(page, "./#/many-to-many?at=1");
  await page.getByTestId("by-hand").click();
  await expect(page.getByTestId("moves-follow")).toHaveText(/^Steps 2 to \d+ follow by themselves\.$/);
  await page.getByTestId("every-step").check();
  await expect(page.getByTestId("moves-follow")).toHaveCount(0);
  await expect(page.locator(".move")).toHaveCount(1);
  await expect(page).toHaveURL(/steps=all$/);
  await page.locator(".move").click();
  await expect(page.getByTestId("position")).toHaveText("2");
  await expect(page).toHaveURL(/at=2&steps=all$/);
  await page.reload();
  await page.getByTestId("by-hand").click();
  await expect(page.getByTestId("every-step")).toBeChecked();
  await page.getByTestId("every-step").uncheck();
  await expect.poll(() => page.locator(".move").count()).toBeGreaterThan(1);
});

test("a link with a wrong setting opens the default run of the program that it names, and can be mended", async ({
  page,
}) => {
  await open(page, "./#/rendezvous?at=2");
  await page.evaluate(() => location.assign("#/capture?foo=bar"));
  await expect(page.getByTestId("notice")).toHaveText(
    "This link could not be opened: there is no setting “foo” here; there are variable, wait. Shown is the default run.",
  );
  await expect(page).toHaveTitle(/loop/i);
  await expect(page).toHaveURL(/#\/capture\?foo=bar$/);
  await page.getByTestId("forward").click();
  await expect(page).toHaveURL(/#\/capture\?at=1$/);
});

test("a link with a wrong setting keeps its step, where the default run has it", async ({ page }) => {
  await open(page, "./#/many-to-many?producers=1000&at=9");
  await expect(page.getByTestId("notice")).toHaveAttribute("data-kind", "badLink");
  await expect(page.getByTestId("position")).toHaveText("9");
  await page.goto("./#/many-to-many?at=2000&producers=1000");
  await expect(page.getByTestId("position")).toHaveText("0");
});

test("of a link with a wrong setting the view and the other run are kept, and are in the address that follows", async ({
  page,
}) => {
  const shown = "lens=order&lanes=object&view=5-25&with=many-to-many?strategy=random&seed=3";
  const typed = `#/many-to-many?producers=1000&at=9&${shown}`;
  await open(page, `./${typed}`);
  await expect(page.getByTestId("notice")).toContainText("producers takes a whole number");
  await expect(page.getByTestId("compare")).toContainText("part in step");
  for (const timeline of ["timeline", "timeline-other"]) {
    await expect(page.getByTestId(timeline)).toHaveAttribute("data-from", "5");
    await expect(page.getByTestId(timeline)).toHaveAttribute("data-to", "25");
  }
  expect(new URL(page.url()).hash).toBe(typed);
  await page.getByTestId("forward").click();
  await expect(page).toHaveURL(new RegExp(`#/many-to-many\\?at=10&${shown.replaceAll("?", "\\?")}$`));
});

test("what is added behind the address of a comparison is heard, and so is a third run", async ({ page }) => {
  await open(page, "./#/many-to-many?at=9&with=many-to-many?strategy=random&seed=3&view=5-25&with=many-to-many");
  await expect(page.getByTestId("compare")).toContainText("part in step");
  await expect(page.getByTestId("timeline")).toHaveAttribute("data-to", "25");
  await expect(page.getByTestId("notice")).toHaveText(
    "“with=many-to-many” in this link is passed over: with takes the address of one other run, from its program on.",
  );
  await page.getByTestId("forward").click();
  await expect(page).toHaveURL(/\?at=10&view=5-25&with=many-to-many\?strategy=random&seed=3$/);
  await page.getByTestId("language-zh").click();
  await page.goto("./#/many-to-many?at=9&with=");
  await expect(page.getByTestId("notice")).toHaveText(
    "链接中的“with=”已忽略：with 应为另外一次运行的地址，从程序名开始。",
  );
});

for (const [fragment, title] of [
  ["#/capture?at=", /loop/i],
  ["#/capture?foo=bar", /loop/i],
  ["#/many-to-many?producers=-3", /Many producers/],
  ["#/nope?at=3", /Many producers/],
  ["#%zz", /Many producers/],
] as const) {
  test(`${fragment} stays in the address until the reader goes on`, async ({ page }) => {
    await open(page, `./${fragment}`);
    await expect(page.getByTestId("notice")).toHaveAttribute("data-kind", "badLink");
    await expect(page).toHaveTitle(title);
    expect(new URL(page.url()).hash).toBe(fragment);
    // What the form is refused changes no address.
    const seed = page.getByLabel("Seed");
    await typeOver(seed, "none");
    await seed.press("Enter");
    await expect(page.getByTestId("problem-seed")).toBeVisible();
    expect(new URL(page.url()).hash).toBe(fragment);
    await page.getByTestId("forward").click();
    await expect(page).toHaveURL(/\?at=1$/);
  });
}

test("of an address that another one has followed nothing is said", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    location.hash = "#/nope";
    location.hash = "#/context-tree?at=5";
  });
  await expect(page.getByTestId("position")).toHaveText("5");
  await expect(page.getByTestId("notice")).toHaveCount(0);
});

test("everything of a view that cannot be read is named, and Chinese has no blank after a full stop", async ({
  page,
}) => {
  await open(page, "./#/many-to-many?at=3&lens=odd&lanes=what");
  await expect(page.getByTestId("notice")).toContainText("lens=odd");
  await expect(page.getByTestId("notice")).toContainText("lanes=what");
  await page.goto("./#/no-such");
  await expect(page.getByTestId("notice")).toHaveText("This link could not be opened: there is no program “no-such”.");
  await page.getByTestId("language-zh").click();
  await expect(page.getByTestId("notice")).toHaveText("这个链接打不开：没有名为“no-such”的程序。");
});

test("one line is lit, and it is one that runs", async ({ page }) => {
  for (const [link, lines] of [
    ["#/memory-order?at=12", 1],
    ["#/stored?at=10", 1],
    ["#/many-to-many?at=1", 1],
  ] as const) {
    await open(page, `./${link}`);
    await expect
      .poll(async () => (await page.locator("[data-source=go]").getAttribute("data-lit"))?.split(" ").length)
      .toBe(lines);
  }
});

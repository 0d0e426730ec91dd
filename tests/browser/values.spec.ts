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

/** The TCP chapter in a real browser, against the real companion over real sockets. */
import { connect, type Socket } from "node:net";
import type { Locator, Page } from "@playwright/test";
import { type Companion, startCompanion } from "./companion";
import { accessible, expect, test, typeOver } from "./fixtures";
import { startStaticHost } from "./static-host";

interface Entry {
  readonly t: number;
  readonly server?: { readonly what: string; readonly c?: string };
  readonly client?: { readonly what: string; readonly n: number; readonly text?: string };
}

let companion: Companion;
test.beforeEach(async () => {
  companion = await startCompanion();
});
test.afterEach(async () => {
  await companion.stop();
});

/** Opens the chapter, live, with a clock that is quick enough for a test. */
async function openLive(page: Page) {
  await page.goto(`${companion.url}#/tcp-clock`);
  await expect(page.getByTestId("tcp-status")).toHaveAttribute("data-status", "running");
  await setNumber(page, "#tcp-interval", 50);
  await page.getByTestId("tcp-anew").click();
}

async function setNumber(page: Page, input: string, value: number) {
  await typeOver(page.locator(input), String(value));
  await page.locator(input).blur();
  await expect(page.locator(input)).toHaveValue(String(value));
}

/** What is set is shown once the companion has taken it, and not by the press itself. */
async function choose(option: Locator) {
  await option.click();
  await expect(option).toBeChecked();
}

/** The session as the page saves it. */
async function recorded(page: Page): Promise<readonly Entry[]> {
  await page.getByTestId("share").click();
  const download = page.waitForEvent("download");
  await page.getByTestId("tcp-save").click();
  const stream = await (await download).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  await page.keyboard.press("Escape");
  return (JSON.parse(Buffer.concat(parts).toString()) as { entries: Entry[] }).entries;
}

/** Waits until so many lines were read in all. */
async function untilRead(page: Page, lines: number) {
  await expect.poll(async () => (await outputs(page)).length).toBeGreaterThanOrEqual(lines);
}

async function outputs(page: Page): Promise<readonly Entry[]> {
  return (await recorded(page)).filter(({ client }) => client?.what === "received");
}

function readers(entries: readonly Entry[]) {
  return new Set(entries.flatMap(({ client }) => (client?.what === "received" ? [client.n] : [])));
}

function outside(address: string): Promise<{ socket: Socket; local: string; text(): string }> {
  const [host, port] = address.split(":");
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), host);
    let text = "";
    socket.on("data", (data) => {
      text += data.toString();
    });
    socket.on("error", reject);
    socket.on("connect", () => {
      resolve({ socket, local: `${socket.localAddress}:${socket.localPort}`, text: () => text });
    });
  });
}

test("the serial server serves one client of three, and one that leaves takes all with it", {
  tag: "@download",
}, async ({ page }) => {
  await openLive(page);
  await page.getByTestId("tcp-open-three").click();
  await untilRead(page, 3);
  const serving = await recorded(page);
  expect(readers(serving).size).toBe(1);
  expect(serving.filter(({ server }) => server?.what === "accept")).toHaveLength(1);
  expect(serving.filter(({ client }) => client?.what === "opened")).toHaveLength(3);
  const [first] = readers(serving);
  await page.getByTestId(`tcp-close-${first}`).click();
  await expect(page.getByTestId("tcp-status")).toHaveAttribute("data-status", "dead");
  const died = await recorded(page);
  const names = died.map(({ server, client }) => server?.what ?? client?.what);
  const left = names.indexOf("closes");
  // The write after it has left is taken all the same; a later one fails.
  expect(names.indexOf("wrote", left)).toBeGreaterThan(left);
  expect(names.indexOf("wrote", left)).toBeLessThan(names.indexOf("writeError"));
  expect(names.indexOf("writeError")).toBeLessThan(names.indexOf("die"));
  // Nothing is read before it was written.
  for (const { client, t } of died) {
    if (client?.what === "received") expect(t).toBeGreaterThan(0);
  }
  await page.getByTestId("tcp-start").click();
  await expect(page.getByTestId("tcp-status")).toHaveAttribute("data-status", "running");
});

test("a goroutine each serves three clients, an outside one and a swarm beside them", { tag: "@download" }, async ({
  page,
}) => {
  await openLive(page);
  await choose(page.getByTestId("tcp-accept-loop-concurrent"));
  await choose(page.getByTestId("tcp-on-write-error-connectionEnds"));
  await page.getByTestId("tcp-open-three").click();
  await expect.poll(async () => readers(await recorded(page)).size).toBe(3);
  const nc = await outside(companion.clock);
  await expect.poll(() => nc.text()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n/);
  const entries = await recorded(page);
  expect(entries.some(({ server }) => server?.what === "goroutineStart" && server.c === nc.local)).toBe(true);
  await expect(page.getByTestId("goroutine-table").getByText("outside 1", { exact: true }).first()).toBeVisible();
  nc.socket.destroy();
  await typeOver(page.getByTestId("tcp-swarm-count"), "5");
  await page.getByTestId("tcp-swarm").click();
  await expect(page.getByTestId("tcp-swarm-open")).toHaveAttribute("data-value", "5");
  await expect
    .poll(async () => (await recorded(page)).filter(({ server }) => server?.what === "swarmDial").length)
    .toBe(5);
  // Whoever leaves now ends its own connection only.
  await page.getByTestId("tcp-close-1").click();
  await expect.poll(async () => (await recorded(page)).some(({ server }) => server?.what === "close")).toBe(true);
  await expect(page.getByTestId("tcp-status")).toHaveAttribute("data-status", "running");
});

/** How many events there are. */
async function total(page: Page) {
  return Number(await page.getByTestId("position-total").getAttribute("data-value"));
}

/** Waits until something like this was recorded. */
async function untilRecorded(page: Page, wanted: (entry: Entry) => boolean) {
  await expect.poll(async () => (await recorded(page)).some(wanted)).toBe(true);
}

test("a client that stops reading blocks a server with small buffers, and everybody behind it", {
  tag: "@download",
}, async ({ page }) => {
  await openLive(page);
  await choose(page.locator("#tcp-small-buffers"));
  await setNumber(page, "#tcp-interval", 1);
  await page.getByTestId("tcp-open").click();
  await untilRead(page, 1);
  await page.getByRole("button", { name: "Stop reading client 1" }).click();
  await untilRecorded(page, ({ server }) => server?.what === "writeBlocked");
  await page.getByTestId("tcp-open").click();
  await expect(page.getByTestId("sentence")).toContainText("client 2 is connected");
  await expect(page.getByTestId("goroutine-table").getByText("waits in Write until client 1 reads")).toBeVisible();
  const blocked = await recorded(page);
  expect(readers(blocked)).toEqual(new Set([1]));
  const stuck = await total(page);
  await page.getByRole("button", { name: "Read on client 1" }).click();
  // It reads on, and the server goes on writing: more happens than that.
  await expect.poll(() => total(page)).toBeGreaterThan(stuck + 10);
  const entries = await recorded(page);
  const resumed = entries.findIndex(({ client }) => client?.what === "resumed");
  expect(entries.slice(resumed).some(({ server }) => server?.what === "wrote")).toBe(true);
});

test("what is no whole number is told beside its row, and a button that goes leaves the keyboard a place", async ({
  page,
}) => {
  await openLive(page);
  await typeOver(page.locator("#tcp-interval"), "-5");
  await page.locator("#tcp-interval").blur();
  await expect(page.getByTestId("tcp-interval-problem")).toBeVisible();
  await expect(page.locator("#tcp-interval")).toHaveValue("50");
  await setNumber(page, "#tcp-interval", 40);
  await expect(page.getByTestId("tcp-interval-problem")).toHaveCount(0);
  await page.getByTestId("tcp-open").click();
  await page.getByTestId("tcp-close-1").press("Enter");
  await expect(page.getByTestId("tcp-client-1")).toHaveCount(0);
  await expect(page.getByTestId("tcp-open")).toBeFocused();
  await page.getByTestId("tcp-start").press("Enter");
  await expect(page.getByTestId("tcp-status")).toHaveAttribute("data-status", "running");
  await expect(page.getByTestId("tcp-status").getByRole("status")).toBeFocused();
});

test("a client that ends its half goes on reading, and one that resets is gone at once", { tag: "@download" }, async ({
  page,
}) => {
  await openLive(page);
  await choose(page.getByTestId("tcp-accept-loop-concurrent"));
  await choose(page.getByTestId("tcp-on-write-error-connectionEnds"));
  await page.getByTestId("tcp-open").click();
  await page.getByRole("button", { name: "Half-close client 1" }).click();
  await expect(page.getByRole("button", { name: "Half-close client 1" })).toBeDisabled();
  await untilRecorded(page, ({ client }) => client?.what === "halfClosed");
  const half = (await recorded(page)).findIndex(({ client }) => client?.what === "halfClosed");
  await expect
    .poll(async () => (await recorded(page)).slice(half).some(({ client }) => client?.what === "received"))
    .toBe(true);
  await page.getByTestId("tcp-open").click();
  await page.getByRole("button", { name: "Reset client 2" }).click();
  await untilRecorded(page, ({ client }) => client?.what === "resets");
  await untilRecorded(page, ({ server }) => server?.what === "close");
  await expect(page.getByTestId("tcp-client-2")).toHaveCount(0);
  await expect(page.getByTestId("tcp-client-1")).toBeVisible();
});

test("begun anew, a recording knows the clients that are open", { tag: "@download" }, async ({ page }) => {
  await openLive(page);
  await page.getByTestId("tcp-open").click();
  await untilRead(page, 2);
  await page.getByTestId("tcp-anew").click();
  await expect(page.getByTestId("tcp-client-1")).toBeVisible();
  await untilRead(page, 2);
  const entries = await recorded(page);
  expect(readers(entries)).toEqual(new Set([1]));
  expect(entries.filter((entry) => "standing" in entry)).toHaveLength(1);
  await page.getByTestId("first").click();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("sentence")).toContainText("client 1 is connected already");
});

test("after a trap the module is begun anew, and what was recorded has a link", { tag: "@download" }, async ({
  page,
}) => {
  await openLive(page);
  await choose(page.getByTestId("tcp-on-write-error-connectionEnds"));
  await page.getByTestId("tcp-open").click();
  await untilRead(page, 1);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new WebAssembly.RuntimeError("unreachable");
    });
  });
  await expect(page.getByTestId("tcp-restarted")).toContainText("unreachable");
  await expect(page.getByTestId("tcp-showing")).toHaveAttribute("data-showing", "file");
  await expect(page.getByText("not those of this recording")).toBeVisible();
  await expect(page.getByTestId("tcp-restarted").getByRole("link")).toHaveAttribute(
    "href",
    /#\/tcp-clock\?at=\d+&session=/,
  );
  await page.getByTestId("tcp-live").click();
  await page.getByTestId("tcp-open").click();
  await untilRecorded(page, ({ client }) => client?.what === "opened");
});

test("one steps through what has happened while it goes on", { tag: "@download" }, async ({ page }) => {
  await openLive(page);
  await page.getByTestId("tcp-open").click();
  await untilRead(page, 2);
  await page.getByTestId("first").click();
  await expect(page.getByTestId("position")).toHaveAttribute("data-value", "0");
  // What the recording begins with: that the server runs, and with which settings.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("sentence")).toContainText("client 1 dials");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("sentence")).toContainText("client 1 is connected, from 127.0.0.1:");
  const before = await total(page);
  await expect.poll(() => total(page)).toBeGreaterThan(before);
  await expect(page.getByTestId("position")).toHaveAttribute("data-value", "4");
});

test("a shared session replays elsewhere without a companion, at its moment and in both languages", {
  tag: "@download",
}, async ({ page }) => {
  await openLive(page);
  await page.getByTestId("tcp-open").click();
  await untilRead(page, 1);
  await page.getByTestId("tcp-close-1").click();
  await expect(page.getByTestId("tcp-status")).toHaveAttribute("data-status", "dead");
  await page.getByTestId("first").click();
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
  await page.getByTestId("share").click();
  await expect(page.getByTestId("share-link")).toHaveValue(/#\/tcp-clock\?at=3&session=[\w-]+$/);
  const link = await page.getByTestId("share-link").inputValue();
  const host = await startStaticHost();
  await page.goto(`${host.url}${new URL(link).hash}`, { waitUntil: "networkidle" });
  await expect(page.getByTestId("tcp-showing")).toHaveAttribute("data-showing", "shared");
  await expect(page.getByTestId("sentence")).toContainText("client 1 dials the server");
  await page.getByTestId("language-zh").click();
  await expect(page.getByTestId("sentence")).toContainText("client 1 连接服务器");
  const there = await page.getByTestId("tcp-companion-link").getAttribute("href");
  expect(there).toBe(`http://127.0.0.1:8080/${new URL(link).hash}`);
  await host.close();
});

test("on a static host the chapter teaches by the session that comes with it", async ({ page }) => {
  const host = await startStaticHost();
  // Everything has arrived before the host goes.
  await page.goto(`${host.url}#/tcp-clock`, { waitUntil: "networkidle" });
  await expect(page.getByTestId("tcp-showing")).toHaveAttribute("data-showing", "shipped");
  await expect(page.getByTestId("tcp-absent")).toHaveAttribute("data-line", "none");
  expect(Number(await page.getByTestId("position-total").getAttribute("data-value"))).toBeGreaterThan(50);
  await page.getByTestId("find-next").click();
  await expect(page.getByTestId("sentence")).not.toHaveText("");
  await expect(page).toHaveURL(/#\/tcp-clock\?at=\d+$/);
  await host.close();
});

test("the page notices by itself when the companion goes and when it comes", { tag: "@download" }, async ({
  page,
  complaints,
}) => {
  await openLive(page);
  await page.getByTestId("tcp-open").click();
  await untilRead(page, 1);
  const port = Number(new URL(companion.url).port);
  await companion.stop();
  await expect(page.getByTestId("tcp-absent")).toHaveAttribute("data-line", "gone");
  // What was recorded stays, and says so.
  const kept = await recorded(page);
  expect(kept.some((entry) => "lost" in entry)).toBe(true);
  expect(readers(kept).size).toBe(1);
  companion = await startCompanion(port);
  await expect(page.getByTestId("tcp-status")).toHaveAttribute("data-status", "running");
  // While it was away Chromium logged that nobody answered.
  const expected = /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/;
  expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
  complaints.length = 0;
});

test("on a phone and in an embed, too, it is said what is wrong with a session", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of [
    `${companion.url}#/tcp-clock?session=AAAA`,
    `${companion.url}?embed#/tcp-clock?session=AAAA`,
  ]) {
    await page.goto(address);
    await expect(page.getByTestId("notice")).toContainText("no recorded session");
    await expect(page.getByTestId("notice")).toBeInViewport({ ratio: 1 });
    await page.getByRole("button", { name: "Dismiss" }).click();
    await expect(page.getByTestId("notice")).toHaveCount(0);
    await expect(page.getByTestId("sentence")).toBeVisible();
  }
  // Where nothing can be shown live, there is something to walk through.
  await page.goto(`${companion.url}?embed&again#/tcp-clock?session=AAAA`);
  await expect(page.getByTestId("forward")).toBeEnabled();
});

test("what means nothing in a link is named, and the rest of it holds", async ({ page }) => {
  await page.goto(`${companion.url}#/tcp-clock?at=5&speed=2`);
  await expect(page.getByTestId("notice")).toHaveText(
    "“speed” in this link is passed over: a link to this chapter has “at”, “view” (two steps that the session has, such as 3-20) and “session”.",
  );
  await expect(page.getByTestId("position")).toHaveAttribute("data-value", "5");
});

test("a damaged session is refused in words, and the chapter stays", async ({ page }) => {
  await page.goto(`${companion.url}#/tcp-clock?session=AAAA`);
  await expect(page.getByTestId("notice")).toContainText("no recorded session");
  await expect(page.getByTestId("sentence")).toBeVisible();
});

for (const { query, said, shown } of [
  {
    query: "at=999",
    said: "This link leads to step 999, and the run has {total}. Shown is its last one.",
    shown: "{total}",
  },
  {
    query: "at=abc",
    said: "“at” in this link: expected a step from 0 to {total}, found “abc”. Shown is step 0.",
    shown: "0",
  },
  {
    query: "at=abc&view=9-30",
    said: "“at” in this link: expected a step from 0 to {total}, found “abc”. Shown is step 9.",
    shown: "9",
  },
]) {
  test(`a link with ${query} says that there is no such step, and which one is shown`, async ({ page }) => {
    await page.goto(`${companion.url}#/tcp-clock?${query}`);
    await expect(page.getByTestId("notice")).toBeVisible();
    const total = (await page.getByTestId("position-total").getAttribute("data-value")) ?? "";
    await expect(page.getByTestId("notice")).toHaveText(said.replace("{total}", total));
    await expect(page.getByTestId("position")).toHaveAttribute("data-value", shown.replace("{total}", total));
  });
}

test("a link to a stretch alone shows it in the recorded session, though there is a companion", async ({ page }) => {
  await page.goto(`${companion.url}#/tcp-clock?view=9-30`);
  await expect(page.getByTestId("tcp-showing")).toHaveAttribute("data-showing", "shipped");
  const timeline = page.getByTestId("timeline");
  await expect(timeline).toHaveAttribute("data-from", "9");
  await expect(timeline).toHaveAttribute("data-to", "30");
  await expect(page.getByTestId("position")).toHaveAttribute("data-value", "9");
  await expect(page.getByTestId("notice")).toHaveCount(0);
});

test("the chapter is in the list of chapters, and a run takes its place again", async ({ page }) => {
  await page.goto(`${companion.url}#/rendezvous?at=2`);
  await expect(page.getByTestId("position")).toHaveText("2");
  await page.getByTestId("chapters").click();
  await page.getByRole("link", { name: /A clock server and its clients/ }).click();
  await expect(page).toHaveTitle(/A clock server and its clients/);
  await expect(page.getByTestId("tcp-status")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveTitle(/^(?!A clock server)/);
  await expect(page.getByTestId("position")).toHaveText("2");
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`the chapter is accessible, ${colorScheme} at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${companion.url}#/tcp-clock`);
      if (width < 760) await page.getByTestId("tab-server").click();
      await page.getByTestId("tcp-open").click();
      await expect(page.getByTestId("tcp-client-1")).toBeVisible();
      await accessible(page);
    });
  }
}

import { defineConfig } from "@playwright/test";

// `npm test` and `npm run shots` find the first two; to run Playwright by hand, name them. FIREFOX is for its project only.
const { CHROMIUM, CHANSCOPE, CHANSCOPE_URL, FIREFOX } = process.env;
if (!CHROMIUM || !CHANSCOPE) {
  throw new Error("CHROMIUM names a browser and CHANSCOPE the binary that serves the page: run `npm test`");
}
const isRoot = process.getuid?.() === 0;
const launchOptions = {
  executablePath: CHROMIUM,
  // Chromium has no sandbox for root.
  chromiumSandbox: !isRoot,
  args: [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
  ],
};

export default defineConfig({
  testDir: "tests/browser",
  // Playwright empties this folder; pictures are kept beside it.
  outputDir: "test-results/browser",
  reporter: "list",
  forbidOnly: true,
  retries: 0,
  // What hangs fails by these three, and nothing that is only slow: how quick the page is, the benchmark says. In Firefox on
  // two busy cores, what axe looks at takes a minute.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  workers: 2,
  projects: [
    { name: "tests", testMatch: "*.spec.ts" },
    {
      name: "firefox",
      testMatch: "*.spec.ts",
      // One asks Chromium how much it holds; the other touches, and Playwright has no touch over WebDriver BiDi: a tap does
      // nothing, and no rule of a coarse pointer holds.
      testIgnore: ["soak.spec.ts", "touch.spec.ts"],
      // What reads what the page saves: Playwright is told of no download there.
      grepInvert: /@download/,
      use: {
        browserName: "firefox",
        // The browser as it is installed, driven by WebDriver BiDi, and not Playwright's own build of it.
        channel: "moz-firefox",
        launchOptions: { executablePath: FIREFOX },
      },
    },
    { name: "shots", testMatch: "shots.ts" },
    {
      name: "bench",
      testMatch: "bench.ts",
      // A frame takes what it takes, and does not wait for a display that shows sixty a second.
      use: {
        launchOptions: { ...launchOptions, args: [...launchOptions.args, "--disable-frame-rate-limit"] },
        // What is recorded of a test is taken from the page sixty times a second.
        trace: "off",
      },
    },
  ],
  use: {
    // Known once the server below has printed it.
    baseURL: CHANSCOPE_URL,
    launchOptions,
    actionTimeout: 60_000,
    trace: "retain-on-failure",
  },
  webServer: {
    command: `"${CHANSCOPE}" serve --port 0`,
    // A release is served away from the project.
    cwd: process.env.CHANSCOPE_FOLDER,
    wait: { stdout: /Chanscope is at (?<chanscope_url>http:\/\/\S+)/ },
    gracefulShutdown: { signal: "SIGTERM", timeout: 5000 },
  },
});

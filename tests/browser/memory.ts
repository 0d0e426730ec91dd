/** How much memory the browser takes for a page, as the system says. */
import { readFileSync } from "node:fs";
import type { Browser } from "@playwright/test";

/**
 * KiB of the largest process that draws pages: all that is resident, or what of it no file stands behind. Nothing where the
 * system does not say.
 */
export async function memoryOf(browser: Browser, what: "VmRSS" | "RssAnon"): Promise<number> {
  if (process.platform !== "linux") return 0;
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const line = new RegExp(`^${what}:\\s+(\\d+)`, "m");
  const sizes = renderers.map(({ id }) => line.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]);
  return Math.max(...sizes.map(Number));
}

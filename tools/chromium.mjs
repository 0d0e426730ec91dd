// Finds a Chromium for the browser tests, or gets one from Debian's packages where that can be done.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { answer, Problem, run } from "./run.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
const PLACES = {
  darwin: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    join(process.env.PROGRAMFILES ?? "C:\\Program Files", "Google\\Chrome\\Application\\chrome.exe"),
    join(process.env["PROGRAMFILES(X86)"] ?? "C:\\Program Files (x86)", "Microsoft\\Edge\\Application\\msedge.exe"),
  ],
};

/** The path of a Chromium. Throws a Problem when there is none and none can be installed. */
export async function chromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) {
      throw new Problem(`CHROMIUM is ${named}, and there is no such file`);
    }
    return named;
  }
  return find() ?? (await install());
}

/** Installs a font with Chinese characters where there is none: without one, screenshots show boxes. */
export async function chineseFont() {
  if (!answer("fc-list", ":lang=zh") && canInstall()) {
    await aptInstall("fonts-noto-cjk");
  }
}

function find() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...(PLACES[process.platform] ?? [])].find((path) => existsSync(path));
}

async function install() {
  if (canInstall()) {
    console.log("Installing Chromium for the browser tests");
    await aptInstall("chromium", "fonts-noto-cjk");
  }
  const found = find();
  if (found === undefined) {
    throw new Problem(`There is no Chromium here for the browser tests. Get one, or name it with CHROMIUM=/path/to/it:
  Debian           sudo apt-get install chromium
  Fedora           sudo dnf install chromium
  elsewhere        https://www.google.com/chrome`);
  }
  return found;
}

function canInstall() {
  return process.getuid?.() === 0 && answer("apt-get", "--version") !== undefined;
}

async function aptInstall(...packages) {
  await run("apt-get", "update", "-qq");
  await run("apt-get", "install", "-y", "-qq", "--no-install-recommends", ...packages);
}

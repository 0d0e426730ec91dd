// Finds the browsers for the browser tests: a Chromium, which is got from Debian's packages where that can be done, and a
// Firefox where there is one.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { answer, Problem, run } from "./run.mjs";

const { PROGRAMFILES: programs = "C:\\Program Files" } = process.env;
const programsX86 = process.env["PROGRAMFILES(X86)"] ?? "C:\\Program Files (x86)";

const CHROMIUM = {
  names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"],
  places: {
    darwin: [
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ],
    win32: [
      join(programs, "Google\\Chrome\\Application\\chrome.exe"),
      join(programsX86, "Microsoft\\Edge\\Application\\msedge.exe"),
    ],
  },
};
const FIREFOX = {
  names: ["firefox", "firefox-esr"],
  places: {
    darwin: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
    win32: [join(programs, "Mozilla Firefox\\firefox.exe")],
  },
};

/** The path of a Chromium. Throws a Problem when there is none and none can be installed. */
export async function chromium() {
  return named("CHROMIUM") ?? find(CHROMIUM) ?? (await install());
}

/** The path of a Firefox and the first number of its version; nothing where there is none. */
export function firefox() {
  const path = named("FIREFOX") ?? find(FIREFOX);
  return path && { path, major: Number(/\d+/.exec(answer(path, "--version") ?? "")) };
}

/** What a variable names, where it is set. */
function named(variable) {
  const path = process.env[variable];
  if (path && !existsSync(path)) {
    throw new Problem(`${variable} is ${path}, and there is no such file`);
  }
  return path || undefined;
}

/** Installs a font with Chinese characters where there is none: without one, screenshots show boxes. */
export async function chineseFont() {
  if (!answer("fc-list", ":lang=zh") && canInstall()) {
    await aptInstall("fonts-noto-cjk");
  }
}

function find({ names, places }) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...(places[process.platform] ?? [])].find((path) => existsSync(path));
}

async function install() {
  if (canInstall()) {
    console.log("Installing Chromium for the browser tests");
    await aptInstall("chromium", "fonts-noto-cjk");
  }
  const found = find(CHROMIUM);
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

// Builds what is served and what serves it: the core, the page in dist/, the `chanscope` binary. What has not changed
// is left alone.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { compress } from "./compress.mjs";
import { answer, isMain, main, Problem, root, run } from "./run.mjs";
import { setup } from "./setup.mjs";

/** All that the page is made from. */
const PAGE = ["index.html", "package-lock.json", "tsconfig.json", "vite.config.ts", "tools/compress.mjs"];
const PAGE_FOLDERS = ["web", "crate/scenario/src"];
const STAMP = new URL("web/gen/page.stamp", root);

/** The commands that build, for those who run them in their own way. */
export const commands = {
  // One selection of packages for every build: another one would compile shared dependencies again, with other features.
  binaries: ["cargo", "build", "--workspace", "--bins"],
  page: ["node", "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"],
  // The copy for static hosts, which browser tests embed and take offline.
  site: ["node", "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn", "--mode", "static"],
};

/** Builds everything. */
export async function build() {
  await run(...commands.binaries);
  await run(binary("chanscope-xtask"), "wasm");
  await buildPage((...command) => run(...command));
}

/** Builds the page when something that it is made from has changed. `execute` runs a command. */
export async function buildPage(execute) {
  const fresh = pageStamp();
  const built = ["dist/index.html", "site/index.html"].every((file) => existsSync(new URL(file, root)));
  if (built && existsSync(STAMP) && readFileSync(STAMP, "utf8") === fresh) {
    return;
  }
  await execute(...commands.page);
  await execute(...commands.site);
  await compress(fileURLToPath(new URL("dist/", root)));
  mkdirSync(new URL("./", STAMP), { recursive: true });
  writeFileSync(STAMP, fresh);
}

/** Where cargo puts a binary of ours. */
export function binary(name) {
  const metadata = answer("cargo", "metadata", "--no-deps", "--format-version", "1");
  if (metadata === undefined) {
    throw new Problem("cargo cannot read the workspace: `cargo metadata` says why");
  }
  const suffix = process.platform === "win32" ? ".exe" : "";
  return `${JSON.parse(metadata).target_directory}/debug/${name}${suffix}`;
}

function pageStamp() {
  const hash = createHash("sha256");
  // It is written into the page.
  hash.update(process.env.CHANSCOPE_BASE ?? "");
  for (const file of [...PAGE, ...PAGE_FOLDERS.flatMap(filesBelow)]) {
    const { size, mtimeMs } = statSync(new URL(file, root));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function filesBelow(folder) {
  return readdirSync(new URL(folder, root), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".stamp"))
    .map((entry) => relative(fileURLToPath(root), join(entry.parentPath, entry.name)))
    .sort();
}

if (isMain(import.meta)) {
  await main(async () => {
    await setup();
    await build();
  });
}

// `npm run release`: what is published, in the folder `release`: the page for any static host, the companion with the page
// inside it for this kind of machine, and the hashes of both.
//
// The same sources, tools and machine give the same bytes, wherever they are built: no paths and no times are left in
// them. `-- --twice` shows it: it builds once more in a copy elsewhere and compares. At the end the archives are unpacked,
// compared with what was built, and what is in them is served to a browser.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "./browsers.mjs";
import { binary, build } from "./build.mjs";
import { answer, main, Problem, root, run } from "./run.mjs";
import { setup } from "./setup.mjs";

const project = fileURLToPath(root);
const out = join(project, "release");
const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

/** Beside the program, for who unpacks it. */
const PAPERS = ["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "web/public/third-party.txt"];
/** Browser tests of what is served by the companion and of what any static host serves. */
const WALK = ["opens.spec.ts", "offline.spec.ts"];

/** This kind of machine, as Rust names it. */
function machine() {
  return /^host: (.+)$/m.exec(answer("rustc", "-vV") ?? "")?.[1] ?? "unknown";
}

/** Builds the companion for release, with the page in it and without the paths of this machine; says where it is. */
async function buildCompanion() {
  const host = machine();
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const elsewhere = [`--remap-path-prefix=${cargoHome}=/cargo`, `--remap-path-prefix=${project}=/chanscope/`];
  const target = join(project, "target", "release-build");
  const options = ["--release", "--locked", "--package", "chanscope-companion", "--bin", "chanscope", "--target", host];
  const flags = `target.${host}.rustflags=${JSON.stringify(elsewhere)}`;
  await run("cargo", "build", ...options, "--target-dir", target, "--config", flags);
  return join(target, host, "release", host.includes("windows") ? "chanscope.exe" : "chanscope");
}

/** Packs what is published, and gives the names of the archives. */
async function pack(program) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const folder = mkdtempSync(join(tmpdir(), "chanscope-"));
  try {
    cpSync(program, join(folder, program.endsWith(".exe") ? "chanscope.exe" : "chanscope"));
    for (const paper of PAPERS) {
      cpSync(join(project, paper), join(folder, paper.split("/").at(-1)));
    }
    const archives = [
      [`chanscope-${version}-page.tar.gz`, join(project, "site")],
      [`chanscope-${version}-${machine()}.tar.gz`, folder],
    ];
    for (const [archive, files] of archives) {
      await run(binary("chanscope-xtask"), "pack", join(out, archive), files);
    }
    const names = archives.map(([archive]) => archive);
    writeFileSync(join(out, "SHA256SUMS"), names.map((name) => `${sha256(join(out, name))}  ${name}\n`).join(""));
    return names;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sha256 = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** All files below a folder, with their hashes. */
function contents(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path), sha256(path)]));
}

/** Unpacks the archives elsewhere, compares the page with what was built, and shows the companion's to a browser. */
async function check([page, companion]) {
  const folder = mkdtempSync(join(tmpdir(), "chanscope-"));
  try {
    for (const archive of [page, companion]) {
      await run("tar", "-xzf", join(out, archive), "-C", folder);
    }
    const unpacked = (archive) => join(folder, archive.replace(/\.tar\.gz$/, ""));
    const [built, packed] = [contents(join(project, "site")), contents(unpacked(page))];
    const different = [...built].filter(([name, hash]) => packed.get(name) !== hash).map(([name]) => name);
    if (different.length > 0 || built.size !== packed.size) {
      throw new Problem(`${page} is not what was built: ${different.join(", ") || "it has more files"}`);
    }
    process.env.CHROMIUM = await chromium();
    process.env.CHANSCOPE = join(unpacked(companion), process.platform === "win32" ? "chanscope.exe" : "chanscope");
    process.env.CHANSCOPE_SITE = unpacked(page);
    // Away from the project, so that the only page it can serve is its own.
    process.env.CHANSCOPE_FOLDER = folder;
    await run("node", "node_modules/@playwright/test/cli.js", "test", "--project=tests", ...WALK);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Builds the last commit once more, in a copy of it elsewhere, and compares. */
async function again() {
  const copy = mkdtempSync(join(tmpdir(), "chanscope-elsewhere-"));
  try {
    await run("git", "clone", "--quiet", project, copy);
    // Nothing that was compiled here is used there.
    delete process.env.CARGO_TARGET_DIR;
    symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
    await run("node", join(copy, "tools", "release.mjs"), "--archives");
    const sums = [out, join(copy, "release")].map((folder) => readFileSync(join(folder, "SHA256SUMS"), "utf8"));
    if (sums[0] !== sums[1]) {
      throw new Problem(`built twice, and not the same:\n${sums.join("\n")}`);
    }
    console.log("built twice, in two folders: the same bytes");
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

await main(async () => {
  await setup();
  await build();
  const archives = await pack(await buildCompanion());
  if (process.argv.includes("--archives")) {
    return;
  }
  await check(archives);
  if (process.argv.includes("--twice")) {
    await again();
  }
  console.log(`\n${readFileSync(join(out, "SHA256SUMS"), "utf8")}in release/`);
});

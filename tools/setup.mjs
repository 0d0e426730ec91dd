// What a fresh machine needs before anything can be built. Installs what rustup and npm can install, and says how to
// get what they cannot.

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { answer, isMain, main, Problem, root, run } from "./run.mjs";

const RUST = { major: 1, minor: 95 };
const WASM = "wasm32-unknown-unknown";

/** Makes the machine ready to build; with `checks`, also for Rust's formatter and linter. */
export async function setup({ checks = false } = {}) {
  requireNode();
  requireLinker();
  await requireRust();
  await requireWasm();
  if (checks) {
    await requireComponents();
  }
  await requirePackages();
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
    throw new Problem(`Node ${process.versions.node} is too old: get 20.19, 22.12 or newer from https://nodejs.org`);
  }
}

function requireLinker() {
  // On Windows rustup itself asks for the build tools when it is installed.
  if (process.platform === "win32" || answer("cc", "--version") !== undefined) {
    return;
  }
  throw new Problem(`There is no C linker (\`cc\`), which Rust needs and which cannot be installed from here. Get one:
  Debian, Ubuntu   sudo apt-get install build-essential
  Fedora           sudo dnf install gcc
  Arch             sudo pacman -S base-devel
  macOS            xcode-select --install`);
}

async function requireRust() {
  // A shell that was open while rustup was installed does not know where it is yet.
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  process.env.PATH = `${process.env.PATH}${delimiter}${join(cargoHome, "bin")}`;

  if (rustVersion() === undefined) {
    throw new Problem("There is no Rust here. Get it with rustup, from https://rustup.rs, and come back.");
  }
  if (isOldRust() && answer("rustup", "show", "active-toolchain")?.startsWith("stable")) {
    console.log(`Rust ${rustVersion()} is too old: updating it`);
    await run("rustup", "update", "--no-self-update", "stable");
  }
  if (isOldRust()) {
    throw new Problem(
      `Rust ${rustVersion()} is too old: ${RUST.major}.${RUST.minor} or newer is needed (\`rustup default stable\`)`,
    );
  }
}

function rustVersion() {
  return answer("rustc", "--version")?.split(" ")[1];
}

function isOldRust() {
  const [major, minor] = rustVersion().split(".").map(Number);
  return major < RUST.major || (major === RUST.major && minor < RUST.minor);
}

async function requireWasm() {
  const libraries = answer("rustc", "--print", "target-libdir", "--target", WASM);
  if (libraries !== undefined && existsSync(libraries)) {
    return;
  }
  requireRustup(`Rust's library for ${WASM}`);
  await run("rustup", "target", "add", WASM);
}

async function requireComponents() {
  for (const component of ["clippy", "rustfmt"]) {
    if (answer("cargo", component === "clippy" ? "clippy" : "fmt", "--version") === undefined) {
      requireRustup(component);
      await run("rustup", "component", "add", component);
    }
  }
}

function requireRustup(what) {
  if (answer("rustup", "--version") === undefined) {
    throw new Problem(`${what} is missing, and there is no rustup to install it: get it from https://rustup.rs`);
  }
}

async function requirePackages() {
  if (!arePackagesCurrent()) {
    console.log("Installing npm packages");
    await run("npm", "ci", "--no-audit", "--no-fund");
  }
}

/** Whether what npm says it has installed is what the lock file asks for, other platforms' packages aside. */
function arePackagesCurrent() {
  const installed = new URL("node_modules/.package-lock.json", root);
  if (!existsSync(installed)) {
    return false;
  }
  const versions = (file) => Object.entries(JSON.parse(readFileSync(file, "utf8")).packages);
  const have = new Map(versions(installed).map(([place, { version }]) => [place, version]));
  const wanted = versions(new URL("package-lock.json", root)).filter(([place]) => place !== "");
  const known = new Set(wanted.map(([place]) => place));
  return (
    wanted.every(([place, { version, optional }]) => have.get(place) === version || (optional && !have.has(place))) &&
    [...have.keys()].every((place) => known.has(place))
  );
}

if (isMain(import.meta)) {
  await main(() => setup({ checks: true }));
}

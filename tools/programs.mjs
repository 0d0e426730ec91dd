// The Go programs beside the scenarios: formatted, vetted, built, and run with the settings of every preset. Whatever
// one of them prints, and however it ends, exploring must have found (`tests/golden/explored.json`).

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { constantIn } from "../web/src/state/go-constants.mjs";
import { isPossible, nameOf, possible, shown } from "./go-outcome.mjs";
import { Problem, root } from "./run.mjs";

/** How often each program is run with the settings of one preset. */
const RUNS = 200;
/** How many run at once. */
const AT_ONCE = 4;
/** Who does not end in so many milliseconds is only built. */
const PATIENCE_MS = 2000;
/** The language of a module decides what a loop's variable is. */
const LANGUAGES = { "go-1.21": "1.21" };
const NEWEST = "1.24";

/** What the machine does is no constant of a program. */
const MACHINE = new Set(["model"]);
/** A stack that may grow so large takes more memory than a check should. */
const LARGE_STACK_BYTES = 100_000_000;

/** A program with the settings of a preset in the place of its constants. */
function withSettings(source, config) {
  const used = new Set();
  const lines = source.split("\n").map((line) => {
    const constant = constantIn(line, config);
    used.add(constant?.setting);
    return constant?.line ?? line;
  });
  const unused = Object.keys(config).filter((setting) => !used.has(setting) && !MACHINE.has(setting));
  if (unused.length > 0) {
    throw new Problem(`program.go has no constant for ${unused.join(", ")}`);
  }
  return lines.join("\n");
}

/** Runs one program once. With `closed` its input is at an end, which is a reader who presses Cancel at once. */
function once(program, closed) {
  return new Promise((resolve) => {
    const child = spawn(program, { stdio: [closed ? "ignore" : "pipe", "pipe", "pipe"] });
    const lines = [];
    child.stdout.on("data", (chunk) => lines.push(chunk));
    const errors = [];
    child.stderr.on("data", (chunk) => errors.push(chunk));
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    child.on("close", (status) => {
      clearTimeout(timer);
      child.stdin?.destroy();
      resolve(status === null ? undefined : shown(status, Buffer.concat(lines), Buffer.concat(errors)));
    });
  });
}

async function compare(name, program, outcomes, config) {
  if (Object.keys(config).some((setting) => MACHINE.has(setting))) {
    return `${name}: of another machine than this one, built only`;
  }
  if (config.limit > LARGE_STACK_BYTES) {
    return `${name}: needs ${config.limit} bytes of stack, built only`;
  }
  const can = possible(outcomes);
  const seen = new Set();
  for (let run = 0; run < RUNS; run += AT_ONCE) {
    const some = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => once(program, i % 2 === 1)));
    if (some.includes(undefined)) {
      return `${name}: does not end within ${PATIENCE_MS} ms, built only`;
    }
    for (const one of some) {
      if (!isPossible(can, one)) {
        throw new Problem(`${name}: Go shows ${nameOf(one)}, which exploring has not found`);
      }
      seen.add(nameOf(one));
    }
  }
  return `${name}: ${RUNS} runs, ${seen.size} of ${can.names.size} outcomes`;
}

/** Checks all programs with that Go; `execute` runs a command in a folder and throws when it fails. */
export async function checkPrograms({ go, gofmt }, execute) {
  const table = JSON.parse(readFileSync(new URL("tests/golden/explored.json", root), "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "chanscope-go-"));
  const report = [];
  try {
    const presets = Object.entries(table).map(([name, { folder: of, config, outcomes }], number) => {
      const file = fileURLToPath(new URL(`crate/scenario/src/${of}/program.go`, root));
      const language =
        Object.values(config)
          .map((value) => LANGUAGES[value])
          .find((found) => found) ?? NEWEST;
      return { name, file, config, outcomes, language, program: `p${number}` };
    });
    if (gofmt !== undefined) {
      const unformatted = await execute(gofmt, "-l", ...new Set(presets.map(({ file }) => file)));
      if (unformatted.trim() !== "") {
        throw new Problem(`not as gofmt has it: ${unformatted}`);
      }
    }
    process.env.GOFLAGS = "-mod=mod";
    process.env.GOPROXY = "off";
    process.env.GOTOOLCHAIN = "local";
    for (const language of new Set(presets.map((preset) => preset.language))) {
      const module = join(folder, language);
      const own = presets.filter((preset) => preset.language === language);
      for (const { name, file, config, program } of own) {
        mkdirSync(join(module, program), { recursive: true });
        try {
          writeFileSync(join(module, program, "main.go"), withSettings(readFileSync(file, "utf8"), config));
        } catch (error) {
          throw error instanceof Problem ? new Problem(`${name}: ${error.message}`) : error;
        }
      }
      writeFileSync(join(module, "go.mod"), `module programs\n\ngo ${language}\n`);
      mkdirSync(join(module, "bin"));
      await execute(go, "-C", module, "build", "-o", join(module, "bin"), "./...");
      // In an older module vet finds the shared variable of a loop, which is there to be seen.
      if (language === NEWEST) {
        await execute(go, "-C", module, "vet", "./...");
      }
      for (const { name, outcomes, config, program } of own) {
        const suffix = process.platform === "win32" ? ".exe" : "";
        report.push(await compare(name, join(module, "bin", `${program}${suffix}`), outcomes, config));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return report.join("\n");
}

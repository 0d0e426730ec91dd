// `npm test`: every check there is, cheap ones first. A check that cannot run counts as failed, but for those that want a
// Go (`npm run go` fetches one) or a Firefox where there is none: they are skipped. The last line is `N passed, N failed`,
// counted in checks, and `N skipped` where one was.

import { chromium, firefox } from "./browsers.mjs";
import { binary, buildPage, commands } from "./build.mjs";
import { findGo } from "./go.mjs";
import { checkPrograms } from "./programs.mjs";
import { capture, main, Problem } from "./run.mjs";
import { setup } from "./setup.mjs";

const xtask = (...args) => [binary("chanscope-xtask"), ...args];
const node = (script, ...args) => ["node", `node_modules/${script}`, ...args];

/** How much of what a failed check printed is shown: its end. */
const SHOWN_CHARACTERS = 20_000;

/** The oldest Firefox that the browser tests are known to run in. 140 lacks a command that Playwright gives it. */
const OLDEST_FIREFOX = 153;

/** A check is a command, or a function that runs some. `needs` names checks without which it makes no sense. */
const checks = [
  { name: "rust format", run: ["cargo", "fmt", "--all", "--check", "--", "--color", "never"] },
  { name: "web format, lint", run: node("@biomejs/biome/bin/biome", "check", "--error-on-warnings") },
  { name: "lock file", run: ["node", "tools/lock.mjs", "--check"] },
  { name: "build binaries", run: commands.binaries },
  { name: "arrows", needs: ["build binaries"], run: () => execute(...xtask("arrows")) },
  { name: "bindings", needs: ["build binaries"], run: () => execute(...xtask("bindings", "--check")) },
  { name: "licences", needs: ["build binaries"], run: () => execute(...xtask("licences", "--check")) },
  {
    name: "rust lint",
    run: ["cargo", "clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
  },
  { name: "rust tests", run: ["cargo", "test", "--workspace", "--no-fail-fast", "--quiet"], tests: /(\d+) passed/g },
  { name: "go programs", run: runGoPrograms, tests: / (\d+) runs/g },
  { name: "against Go", run: compareWithGo, tests: /(\d+) programs passed/g },
  { name: "build core", needs: ["build binaries"], run: () => execute(...xtask("wasm")) },
  { name: "types, page", needs: ["build core"], run: node("typescript/bin/tsc", "-p", "tsconfig.json") },
  { name: "types, tests", needs: ["build core"], run: node("typescript/bin/tsc", "-p", "tsconfig.node.json") },
  { name: "unit tests", needs: ["build core"], run: node("vitest/vitest.mjs", "run"), tests: /Tests .*?(\d+) passed/g },
  { name: "build page", needs: ["build core"], run: () => buildPage(execute) },
  { name: "browser tests", needs: ["build page"], run: () => runBrowserTests("tests"), tests: /(\d+) passed/g },
  { name: "in Firefox", needs: ["build page"], run: runInFirefox, tests: /(\d+) passed/g },
];

/** Runs a command and gives what it printed; when it fails, that is the problem. */
async function execute(...command) {
  const { status, output } = await capture(...command);
  if (status !== 0) {
    throw new Problem(`${output.trimEnd()}\n(${command.join(" ")}: status ${status})`);
  }
  return output;
}

/** A check that has nothing to run with. */
class Skipped extends Problem {}

async function runGoPrograms() {
  const go = findGo();
  if (go === undefined) {
    throw new Skipped("there is no Go: `npm run go` fetches one");
  }
  return await checkPrograms(go, execute);
}

/** Random programs, run by Go: whatever it shows exploration has to know. */
async function compareWithGo() {
  const found = findGo();
  if (found === undefined) {
    throw new Skipped("there is no Go: `npm run go` fetches one");
  }
  const options = ["--programs", "60", "--runs", "10", "--seed", "1"];
  return await execute("cargo", "run", "--quiet", "-p", "chanscope-reference", "--", ...options, "--go", found.go);
}

async function runBrowserTests(project) {
  process.env.CHROMIUM = await chromium();
  process.env.CHANSCOPE = binary("chanscope");
  return await execute(...node("@playwright/test/cli.js", "test", "--project", project));
}

async function runInFirefox() {
  const found = firefox();
  if (found === undefined) {
    throw new Skipped("there is no Firefox");
  }
  if (found.major < OLDEST_FIREFOX) {
    throw new Skipped(
      `Firefox ${found.major} does not know what Playwright asks of it: get ${OLDEST_FIREFOX} or newer`,
    );
  }
  process.env.FIREFOX = found.path;
  return await runBrowserTests("firefox");
}

async function runCheck({ needs = [], run }, failed) {
  const missing = needs.filter((name) => failed.has(name));
  if (missing.length > 0) {
    throw new Problem(`not run: it needs ${missing.join(", ")}`);
  }
  return (await (typeof run === "function" ? run() : execute(...run))) ?? "";
}

/** How many tests a check ran, by what its tool says; nothing for a check without tests. */
function countOf({ tests }, output) {
  if (tests === undefined) {
    return "";
  }
  const count = [...output.matchAll(tests)].reduce((sum, [, passed]) => sum + Number(passed), 0);
  if (count === 0) {
    throw new Problem(`no test ran\n${output}`);
  }
  return `${count} tests`;
}

function tail(text) {
  const cut = text.length - SHOWN_CHARACTERS;
  return cut > 0 ? `(${cut} characters before this)\n${text.slice(cut)}` : text;
}

await main(async () => {
  await setup({ checks: true });
  const failed = new Set();
  let skipped = 0;
  for (const check of checks) {
    process.stdout.write(`${check.name.padEnd(18)}`);
    const start = performance.now();
    let verdict = "ok";
    let detail = "";
    try {
      detail = countOf(check, await runCheck(check, failed));
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      if (error instanceof Skipped) {
        skipped += 1;
        verdict = "skipped";
        detail = error.message;
      } else {
        failed.add(check.name);
        verdict = "FAILED";
        detail = `\n${tail(error.message)}\n`;
      }
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${verdict.padEnd(8)}${`${seconds} s`.padStart(8)}  ${detail}`);
  }
  if (failed.size > 0) {
    console.log(`\nfailed: ${[...failed].join(", ")}`);
    process.exitCode = 1;
  }
  const passed = checks.length - failed.size - skipped;
  const also = skipped > 0 ? `, ${skipped} skipped` : "";
  console.log(`\n${passed} passed, ${failed.size} failed${also}`);
});

// `npm run bench`: everything that is measured, beside others in the same run, and BENCHMARKS.md from it. It takes about a
// quarter of an hour and says something only on a machine that does nothing else.
//
// `-- --only search|memory|wasm|kernel|page|bridge` measures one part. `-- --quick` runs all of it short, to see that it
// works, and writes nothing. `-- --fetch` installs the other bridges first.

import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { part, summary, withPart } from "./bench-summary.mjs";
import { chromium } from "./browsers.mjs";
import { binary, build } from "./build.mjs";
import { answer, capture, main, Problem, root } from "./run.mjs";
import { setup } from "./setup.mjs";

const FILE = new URL("BENCHMARKS.md", root);
const quick = process.argv.includes("--quick");

/** What measures each part, and what of its output is kept. */
const parts = {
  search: () => measured(/^\||^lastzero/, ...cargo("side_by_side")),
  memory: () => measured(/^\|/, ...cargo("memory")),
  wasm: () => measured(/^\|/, "node", "tools/wasm-speed.mjs", ...passedOn("--quick")),
  kernel: () => measured(/^\|/, ...cargo("speed")),
  page: measurePage,
  bridge: () => measured(/^\|/, "node", "tools/bridges.mjs", ...passedOn("--fetch"), ...passedOn("--quick")),
};

const passedOn = (option) => (process.argv.includes(option) ? [option] : []);

function cargo(bench) {
  return ["cargo", quick ? "test" : "bench", "--quiet", "-p", "chanscope-bench", "--bench", bench];
}

/** Runs a command and keeps the lines that are of such a kind, with an empty one between a table and what follows. */
async function measured(kind, ...command) {
  const { status, output } = await capture(...command);
  if (status !== 0) {
    throw new Problem(`${output}\n${command.join(" ")} failed (status ${status})`);
  }
  const lines = output.split("\n").filter((line) => kind.test(line));
  return lines.join("\n").replace(/(\|)\n(?=[^|])/g, "$1\n\n");
}

async function measurePage() {
  process.env.CHROMIUM = await chromium();
  process.env.CHANSCOPE = binary("chanscope");
  const told = await measured(/ {3}budget /, "node", "node_modules/@playwright/test/cli.js", "test", "--project=bench");
  const cells = told.split("\n").map((line) => /^(.{44})(.*?) {3}budget (.*)$/.exec(line)?.slice(1) ?? []);
  const table = [["what", "measured", "budget"], ["---", "---:", "---:"], ...cells];
  return table.map((row) => `| ${row.map((cell) => cell.trim()).join(" | ")} |`).join("\n");
}

/** When, and on what kind of machine: nothing by which to find it. */
function where() {
  const [kernel, rust] = [answer("uname", "-sm") ?? process.platform, answer("rustc", "--version")?.split(" ")[1]];
  const day = new Date().toISOString().slice(0, 10);
  return `Measured ${day}, ${availableParallelism()} processors, ${kernel}, Rust ${rust}, Node ${process.versions.node}.`;
}

await main(async () => {
  const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
  if (only !== undefined && parts[only] === undefined) {
    throw new Problem(`expected one of ${Object.keys(parts).join(", ")} after --only; found ${only}`);
  }
  await setup();
  await build();
  let text = readFileSync(FILE, "utf8");
  for (const [name, measure] of Object.entries(parts)) {
    if (only === undefined || only === name) {
      console.log(`measuring: ${name}`);
      const table = await measure();
      text = withPart(text, name, `${table}\n\n${where()}`);
      console.log(`${table}\n`);
    }
  }
  if (quick) {
    console.log("nothing is written: these are no measurements");
    return;
  }
  text = withPart(text, "summary", summary(text));
  writeFileSync(FILE, text);
  console.log(part(text, "summary"));
});

// Searches in WebAssembly under Node what `crate/bench/benches/scenarios.rs` has just searched natively, and prints both in a
// table. Part of `npm run bench`, which has built the module. `--quick` searches each once.

import { readFileSync } from "node:fs";
import { Explorer, initSync } from "../web/gen/explorer/explorer.js";
import { capture, main, Problem } from "./run.mjs";

const quick = process.argv.includes("--quick");
const ENOUGH_MS = quick ? 0 : 2_000;

/** The settings of a program that is written `scenario name=value …`, as the page would ask for it. */
function asked(program) {
  const [scenario, ...settings] = program.split(" ");
  const config = settings.map((setting) => {
    const [name, value] = setting.split("=");
    return [name, Number.isNaN(Number(value)) ? value : Number(value)];
  });
  const bounds = { executions: 1_000_000, steps: 400, samples: 0, preemptions: null, orderOfOutput: false };
  return { scenario, config: Object.fromEntries(config), ...bounds };
}

/** Searches until nothing is left. Answers how many executions there are. */
function executions(spec) {
  const explorer = new Explorer(spec);
  while (!explorer.advance(1024).over);
  const { executions } = explorer.advance(0);
  explorer.free();
  return executions;
}

function perSecond(spec) {
  const begun = performance.now();
  let count = 0;
  do {
    count += executions(spec);
  } while (performance.now() - begun < ENOUGH_MS);
  return (count / (performance.now() - begun)) * 1_000;
}

await main(async () => {
  initSync({ module: readFileSync(new URL("../web/gen/explorer/explorer_bg.wasm", import.meta.url)) });
  const command = ["cargo", quick ? "test" : "bench", "--quiet", "-p", "chanscope-bench", "--bench", "scenarios"];
  const { status, output } = await capture(...command);
  if (status !== 0) {
    throw new Problem(`${output}\n${command.join(" ")} failed (status ${status})`);
  }
  console.log("| program | executions | natively, a second | in WebAssembly, a second | ratio |");
  console.log("|---|--:|--:|--:|--:|");
  const lines = output.split("\n").map((line) => line.split("\t"));
  for (const [program, count, natively] of lines.filter((cells) => cells.length === 3)) {
    const spec = asked(program);
    const found = executions(spec);
    if (found !== Number(count)) {
      throw new Problem(`${program}: ${found} executions in WebAssembly, ${count} natively`);
    }
    const here = perSecond(spec);
    const cells = [program, count, natively, here.toFixed(0), `${(here / Number(natively)).toFixed(2)}x`];
    console.log(`| ${cells.join(" | ")} |`);
  }
});

// `npm run soak -- SECONDS ROUNDS`: the companion under a thousand connections for so many seconds, then the page through so
// many rounds of opening, stepping and exploring: 600 and 1000 where nothing is said. Neither may hold more at the end than
// after its first rounds. `npm test` does a few rounds of each.

import { chromium } from "./browsers.mjs";
import { binary, build } from "./build.mjs";
import { main, Problem, run } from "./run.mjs";
import { setup } from "./setup.mjs";

function count(argument, usual, what) {
  const given = argument ?? usual;
  if (!/^[1-9]\d{0,5}$/.test(given)) {
    throw new Problem(`expected how many ${what}, such as ${usual}; found ${given}`);
  }
  return given;
}

await main(async () => {
  const [seconds, rounds] = process.argv.slice(2);
  process.env.CHANSCOPE_SOAK_SECONDS = count(seconds, "600", "seconds for the companion");
  process.env.CHANSCOPE_SOAK_ROUNDS = count(rounds, "1000", "rounds for the page");
  await setup();
  await build();
  await run("cargo", "test", "-p", "chanscope-companion", "--test", "bridge", "--", "--nocapture", "soak::");
  process.env.CHROMIUM = await chromium();
  process.env.CHANSCOPE = binary("chanscope");
  await run("node", "node_modules/@playwright/test/cli.js", "test", "--project=tests", "soak.spec.ts");
});

// `npm run fuzz -- INPUTS [TARGET]`: hostile input for every boundary, or for one of them, as much of it as asked for.
// `npm test` gives each ten seconds.

import { main, Problem, run } from "./run.mjs";

await main(async () => {
  const [inputs = "1000000", target] = process.argv.slice(2);
  if (!/^[1-9]\d{0,11}$/.test(inputs)) {
    throw new Problem(`expected how many inputs, such as 10000000; found ${inputs}`);
  }
  process.env.BOLERO_RANDOM_ITERATIONS = inputs;
  // No end but that.
  process.env.BOLERO_RANDOM_TEST_TIME_MS = `${1000 * 60 * 60 * 24}`;
  const chosen = target === undefined ? ["--tests"] : ["--test", target];
  await run("cargo", "test", "--release", "-p", "chanscope-fuzz", ...chosen, "--", "--nocapture", "anything");
});

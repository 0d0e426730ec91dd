// `npm run fix`: everything that a check of `npm test` complains about and a tool can put right by itself.

import { binary, commands } from "./build.mjs";
import { main, run } from "./run.mjs";
import { setup } from "./setup.mjs";

await main(async () => {
  await setup({ checks: true });
  await run("cargo", "fmt", "--all");
  await run("node", "node_modules/@biomejs/biome/bin/biome", "check", "--write");
  await run("node", "tools/lock.mjs");
  await run(...commands.binaries);
  await run(binary("chanscope-xtask"), "bindings");
  await run(binary("chanscope-xtask"), "licences");
});

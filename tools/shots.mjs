// `npm run shots`: pictures of the page in both themes and three widths, in test-results/shots/.

import { chineseFont, chromium } from "./browsers.mjs";
import { binary, build } from "./build.mjs";
import { main, run } from "./run.mjs";
import { setup } from "./setup.mjs";

await main(async () => {
  await setup();
  await build();
  process.env.CHROMIUM = await chromium();
  process.env.CHANSCOPE = binary("chanscope");
  await chineseFont();
  await run("node", "node_modules/@playwright/test/cli.js", "test", "--project", "shots");
});

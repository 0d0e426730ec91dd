// `npm start`: whatever is missing is installed, whatever has changed is built, and the page is served. Arguments after
// `npm start --` go to `chanscope serve`.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { binary, build } from "./build.mjs";
import { main, root } from "./run.mjs";
import { setup } from "./setup.mjs";

await main(async () => {
  await setup();
  await build();
  const server = spawn(binary("chanscope"), ["serve", ...process.argv.slice(2)], {
    cwd: fileURLToPath(root),
    stdio: "inherit",
  });
  // A Ctrl-C reaches the server from the terminal by itself; this process only waits for it to end.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => server.kill("SIGTERM"));
  server.on("close", (status) => {
    process.exitCode = status ?? 1;
  });
});

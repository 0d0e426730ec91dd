import { expect, test } from "vitest";
import { coreFiles } from "./static-site";

test("the first run needs the core and its worker, and no other module", () => {
  const built = [
    "assets/core_bg-DVh2yPMW.wasm",
    "assets/explore-worker-DJsUNoc2.js",
    "assets/explorer_bg-BlL_WupZ.wasm",
    "assets/index-eJTQra7B.js",
    "assets/worker-CtY-HkdG.js",
    "assets/event-loop-worker-a.js",
    "index.html",
  ];
  expect(coreFiles(built)).toEqual(["assets/worker-CtY-HkdG.js", "assets/core_bg-DVh2yPMW.wasm"]);
});

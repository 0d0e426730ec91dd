import { expect, test } from "vitest";
import { firstRun } from "./early";

const BUILT = [
  "assets/core_bg-DVh2yPMW.wasm",
  "assets/every_bg-AVh2yPMW.wasm",
  "assets/every-DJsUNoc2.js",
  "assets/explore-worker-DJsUNoc2.js",
  "assets/explorer_bg-BlL_WupZ.wasm",
  "assets/index-eJTQra7B.js",
  "assets/worker-CtY-HkdG.js",
  "assets/event-loop-worker-a.js",
  "index.html",
];

test("the first run needs a core and its worker, and no other module", () => {
  expect(firstRun(BUILT)).toEqual({
    worker: "assets/worker-CtY-HkdG.js",
    core: "assets/core_bg-DVh2yPMW.wasm",
    every: "assets/every_bg-AVh2yPMW.wasm",
    starter: "assets/start-core-CtY-HkdG.js",
  });
});

test.each([
  ["without a worker", BUILT.filter((name) => !name.startsWith("assets/worker-"))],
  ["with two cores", [...BUILT, "assets/core_bg-other.wasm"]],
])("a page %s is not built", (_, names) => {
  expect(() => firstRun(names)).toThrow(/expected one file like/);
});

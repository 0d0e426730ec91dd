import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { catalogue } from "./web/build/catalogue.ts";
import { chapters } from "./web/build/chapters.ts";
import { earlyCore, earlyTheme } from "./web/build/early.ts";
import { scenarios } from "./web/build/scenarios.ts";
import { staticSite } from "./web/build/static-site.ts";

/** The module with every program, which says what programs there are. */
const EVERY = fileURLToPath(new URL("web/gen/every", import.meta.url));

export default defineConfig(({ mode }) => ({
  // A copy of the page works from any folder.
  base: "./",
  // `CHANSCOPE_BASE`: what shared links begin with.
  envPrefix: ["VITE_", "CHANSCOPE_BASE"],
  publicDir: "web/public",
  plugins: [
    catalogue(EVERY),
    scenarios(fileURLToPath(new URL("crate/scenario/src", import.meta.url))),
    chapters(fileURLToPath(new URL("web/src/chapter", import.meta.url))),
    earlyTheme(),
    earlyCore(EVERY),
    staticSite(mode),
  ],
  build: {
    // `--mode static` makes the copy for a static host; the companion serves the other one.
    outDir: mode === "static" ? "site" : "dist",
    // Files rather than data: addresses, which the content security policy does not allow for scripts and workers.
    assetsInlineLimit: 0,
    // Every browser that runs the core knows how to preload modules.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    target: "es2023",
  },
  worker: { format: "es" },
  server: { watch: { ignored: ["**/target/**", "**/crate/**"] } },
  test: {
    // A test that hangs fails by it, and not one on a slow machine.
    testTimeout: 30_000,
    include: ["web/**/*.test.{ts,tsx}", "tests/wasm/**/*.test.ts", "tests/tools/**/*.test.mjs"],
  },
}));

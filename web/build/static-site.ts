/**
 * What the page has more of on a static host (`vite build --mode static`): the content security policy in the page
 * itself, a manifest, and a service worker that keeps every file for use offline.
 *
 * The companion sends its policy in a header and gets neither manifest nor service worker: its origin is a port that
 * other projects use too.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** As the companion's, without `frame-ancestors`, which a page cannot say of itself; and with the manifest. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const MANIFEST = {
  name: "Chanscope",
  short_name: "Chanscope",
  description: "What can happen when goroutines, channels and cancellation meet?",
  start_url: "./",
  scope: "./",
  display: "standalone",
  background_color: "#fbfaf7",
  theme_color: "#fbfaf7",
  icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export function staticSite(mode: string): Plugin {
  return {
    name: "chanscope-static-site",
    apply: (_, { command }) => command === "build" && mode === "static",
    transformIndexHtml: {
      order: "post",
      handler: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: POLICY },
          injectTo: "head-prepend",
        },
        { tag: "link", attrs: { rel: "manifest", href: "./manifest.webmanifest" }, injectTo: "head" },
      ],
    },
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const icon = readFileSync(here("../src/design/favicon.svg"));
        const manifest = `${JSON.stringify(MANIFEST, null, 2)}\n`;
        this.emitFile({ type: "asset", fileName: "icon.svg", source: icon });
        this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source: manifest });
        const files = [
          "./",
          ...Object.keys(bundle).filter((name) => name !== "index.html"),
          ...readdirSync(here("../public")),
          "icon.svg",
          "manifest.webmanifest",
        ];
        const version = versionOf(
          Object.values(bundle).map((file) => (file.type === "chunk" ? file.code : file.source)),
        );
        this.emitFile({ type: "asset", fileName: "service-worker.js", source: serviceWorker(version, files) });
      },
    },
  };
}

/** The worker's source with what it keeps and under which name. */
export function serviceWorker(version: string, files: readonly string[]): string {
  const source = readFileSync(here("./service-worker.js"), "utf8");
  return source
    .replace("__VERSION__", JSON.stringify(version))
    .replace("__FILES__", JSON.stringify([...new Set(files)]));
}

function versionOf(sources: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const source of sources) hash.update(source);
  return hash.digest("hex").slice(0, 16);
}

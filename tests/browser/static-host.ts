/** A static host on loopback, as plain as they come: files of `site/` below a path, and one page that embeds it. */
import { once } from "node:events";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

/** The copy for static hosts, as it was built or, when a release is checked, as it was unpacked. */
const SITE = join(process.env.CHANSCOPE_SITE ?? fileURLToPath(new URL("../../site", import.meta.url)), "/");
/** The page works at any path. */
const PATH = "/some/folder/";
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

export interface StaticHost {
  /** Where the page is. */
  readonly url: string;
  /** Where a page is that embeds it, with this query and fragment. */
  embedding(rest: string): string;
  close(): Promise<void>;
}

export async function startStaticHost(): Promise<StaticHost> {
  if (!existsSync(SITE)) throw new Error("site/ is not there: run `npx vite build --mode static`");
  const underWay = new Set<Promise<unknown>>();
  const server: Server = createServer(({ url = "/" }, response) => {
    const over = once(response, "close").finally(() => underWay.delete(over));
    underWay.add(over);
    const { pathname, searchParams } = new URL(url, "http://localhost");
    if (pathname === "/host") {
      const address = encodeURI(PATH + (searchParams.get("rest") ?? "")).replace(/"/g, "%22");
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(`<!doctype html><title>host</title><link rel="icon" href="data:,">
        <iframe name="run" src="${address}" width="900" height="420"></iframe><textarea id="typed"></textarea>`);
      return;
    }
    const file = join(SITE, normalize(pathname.slice(PATH.length) || "index.html"));
    if (!pathname.startsWith(PATH) || !file.startsWith(SITE) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin + PATH,
    embedding: (rest) => `${origin}/host?rest=${encodeURIComponent(rest)}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      // A page that is still reading would complain of what is cut off.
      await Promise.all(underWay);
      server.closeAllConnections();
      await closed;
    },
  };
}

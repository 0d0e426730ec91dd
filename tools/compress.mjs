// Lays a .br and a .gz beside every file that shrinks by it, so that the server never has to compress.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

const COMPRESSIBLE = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm"]);
const METHODS = { ".br": promisify(brotliCompress), ".gz": promisify(gzip) };

/** Compresses what is worth it below a folder. */
export async function compress(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.has(extname(entry.name)));
  await Promise.all(files.map((entry) => compressFile(join(entry.parentPath, entry.name))));
}

async function compressFile(file) {
  const bytes = await readFile(file);
  for (const [ending, method] of Object.entries(METHODS)) {
    const compressed = await method(bytes);
    if (compressed.length < bytes.length) {
      await writeFile(`${file}${ending}`, compressed);
    }
  }
}

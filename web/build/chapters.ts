/**
 * The words of chapters that are no program: `virtual:chapter/<name>` holds those of `web/src/chapter/<name>`, made when
 * the page is built as a scenario's are.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { labelsIn, readWords } from "./words.ts";

const PREFIX = "virtual:chapter/";

/** `root` holds one folder a chapter. */
export function chapters(root: string): Plugin {
  return {
    name: "chanscope-chapters",
    resolveId(id) {
      return id.startsWith(PREFIX) ? `\0${id}` : undefined;
    },
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const folder = join(root, id.slice(PREFIX.length + 1));
      const read = (language: string) => {
        const file = join(folder, `words.${language}.md`);
        this.addWatchFile(file);
        const words = readWords(readFileSync(file, "utf8"));
        const [label] = labelsIn(words);
        if (label !== undefined) throw new Error(`${file}: points at "${label}", and there is no source to light`);
        return words;
      };
      return `export const words = ${JSON.stringify({ en: read("en"), zh: read("zh") })};`;
    },
  };
}

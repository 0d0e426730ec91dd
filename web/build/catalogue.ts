/**
 * What the core says of its programs, written down when the page is built: `virtual:catalogue` has the first one, and the
 * list of all behind an import. So the page can list programs without loading the module that runs them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "vite";
import type { ScenarioInfo } from "../src/core/wire";

const INDEX = "virtual:catalogue";
const PROGRAMS = "virtual:catalogue/programs";

/** `module` is the folder of the module with every program. */
export function catalogue(module: string): Plugin {
  return {
    name: "chanscope-catalogue",
    resolveId(id) {
      return id === INDEX || id === PROGRAMS ? `\0${id}` : undefined;
    },
    async load(id) {
      if (id !== `\0${INDEX}` && id !== `\0${PROGRAMS}`) return undefined;
      const programs = await readCatalogue(module);
      if (id === `\0${PROGRAMS}`) return `export default ${JSON.stringify(programs)};`;
      return `export const catalogue = {
  first: ${JSON.stringify(programs[0])},
  every: async () => (await import(${JSON.stringify(PROGRAMS)})).default,
};`;
    },
  };
}

/** Every program, in the order of the chapters. The first one is what opens by default. */
export async function readCatalogue(module: string): Promise<readonly ScenarioInfo[]> {
  const { Core, initSync } = await import(pathToFileURL(join(module, "every.js")).href);
  initSync({ module: readFileSync(join(module, "every_bg.wasm")) });
  return new Core().catalogue();
}

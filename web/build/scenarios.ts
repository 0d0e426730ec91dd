/**
 * Loads the files beside each scenario's program into the page: a module for each folder, fetched when it is first shown.
 *
 * `virtual:scenarios` finds the folders; `virtual:scenario/<folder>` holds one. A folder counts when it has all four
 * files. Labels that the words or either source name alone are refused, since nothing could be lit.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import type { ScenarioFiles } from "../src/state/scenario-files";
import { readSource } from "./labels.ts";
import { labelsIn, questionOf, readWords } from "./words.ts";

const INDEX = "virtual:scenarios";
const ONE = "virtual:scenario/";
const FILES = ["body.rs", "program.go", "words.en.md", "words.zh.md"] as const;

/** `root` holds one folder a scenario. */
export function scenarios(root: string): Plugin {
  return {
    name: "chanscope-scenarios",
    resolveId(id) {
      return id === INDEX || id.startsWith(ONE) ? `\0${id}` : undefined;
    },
    load(id) {
      if (id === `\0${INDEX}`) return indexModule(foldersIn(root));
      if (!id.startsWith(`\0${ONE}`)) return undefined;
      const folder = id.slice(ONE.length + 1);
      for (const file of FILES) this.addWatchFile(join(root, folder, file));
      return `export default ${JSON.stringify(readScenario(root, folder))};`;
    },
  };
}

export function foldersIn(root: string): readonly string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && FILES.every((file) => existsSync(join(root, entry.name, file))))
    .map(({ name }) => name)
    .sort();
}

export function readScenario(root: string, folder: string): ScenarioFiles {
  const read = <T>(file: string, parse: (text: string) => T): T => {
    try {
      return parse(readFileSync(join(root, folder, file), "utf8"));
    } catch (error) {
      throw new Error(`${folder}/${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const go = read("program.go", readSource);
  const rust = read("body.rs", readSource);
  const words = { en: read("words.en.md", readWords), zh: read("words.zh.md", readWords) };
  for (const label of new Set([...labelsIn(words.en), ...labelsIn(words.zh)])) {
    if (!go.labels[label] || !rust.labels[label]) {
      throw new Error(`${folder}: the words point at "${label}", which body.rs and program.go do not both have`);
    }
  }
  if (JSON.stringify(questionOf(words.en)) !== JSON.stringify(questionOf(words.zh))) {
    throw new Error(`${folder}: words.en.md and words.zh.md do not ask the same, in the same order`);
  }
  return { folder, words, go, rust };
}

function indexModule(folders: readonly string[]): string {
  const entries = folders.map(
    (folder) => `  ${JSON.stringify(folder)}: () => import(${JSON.stringify(ONE + folder)}),`,
  );
  return `const folders = {\n${entries.join("\n")}\n};
export async function scenarioFiles(folder) {
  if (!Object.hasOwn(folders, folder)) return undefined;
  return (await folders[folder]()).default;
}
`;
}

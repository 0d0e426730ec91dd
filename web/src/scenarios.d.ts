/** Made by `web/build/scenarios.ts`: the files of every scenario, each loaded when it is first asked for. */
declare module "virtual:scenarios" {
  import type { LoadFiles } from "./state/scenario-files";

  export const scenarioFiles: LoadFiles;
}

/** Made by `web/build/chapters.ts`: the words of the TCP chapter. */
declare module "virtual:chapter/tcp" {
  import type { Language } from "./core/wire";
  import type { Block } from "./state/scenario-files";

  export const words: Readonly<Record<Language, readonly Block[]>>;
}

/** Made by `web/build/catalogue.ts`: what the core says of its programs. */
declare module "virtual:catalogue" {
  import type { Catalogue } from "./state/catalogue";

  export const catalogue: Catalogue;
}

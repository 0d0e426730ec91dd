/**
 * What does not wait for the page's own code: the theme, which is there before anything is drawn, and the core, whose
 * worker starts while the browser still reads the rest. Scripts of their own, since the content security policy allows
 * none inside the page.
 */
import type { Plugin } from "vite";
import { readCatalogue } from "./catalogue.ts";

/** Loads `theme.js` ahead of everything that draws. */
export function earlyTheme(): Plugin {
  return {
    name: "chanscope-early-theme",
    transformIndexHtml: {
      order: "post",
      handler: () => [{ tag: "script", attrs: { src: "./theme.js" }, injectTo: "head-prepend" }],
    },
  };
}

/**
 * Starts the core's worker, and has the browser fetch the core meanwhile. `spawnCore` takes the worker over. `module` is the
 * folder of the core with every program.
 */
export function earlyCore(module: string): Plugin {
  return {
    name: "chanscope-early-core",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => {
        const { starter } = firstRun(Object.keys(bundle ?? {}));
        return [{ tag: "script", attrs: { src: `./${starter}` }, injectTo: "head-prepend" }];
      },
    },
    generateBundle: {
      order: "post",
      async handler(_, bundle) {
        const built = firstRun(Object.keys(bundle));
        const [, ...others] = await readCatalogue(module);
        const source = startOf(
          built,
          others.map(({ id }) => id),
        );
        this.emitFile({ type: "asset", fileName: built.starter, source });
      },
    },
  };
}

/**
 * What the first run needs beside the page: the core or, where a link leads to another program than the first, the one with
 * every program; its worker; and a script named after the worker that starts it.
 */
export interface FirstRun {
  readonly worker: string;
  readonly core: string;
  readonly every: string;
  readonly starter: string;
}

/** Finds them among the files of the page; fails the build where one is not there. */
export function firstRun(names: readonly string[]): FirstRun {
  const one = (kind: RegExp) => {
    const [name, ...others] = names.filter((each) => kind.test(each));
    if (name === undefined || others.length > 0) throw new Error(`expected one file like ${kind}`);
    return name;
  };
  const worker = one(/^assets\/worker-[^/]*\.js$/);
  return {
    worker,
    core: one(/^assets\/core_bg-[^/]*\.wasm$/),
    every: one(/^assets\/every_bg-[^/]*\.wasm$/),
    starter: worker.replace("/worker-", "/start-core-"),
  };
}

/**
 * A worker that cannot be started is none: the page starts its own, and tells what is wrong with that. The core is fetched
 * while the worker starts, and found in the cache when that asks for it. No link says so: Chromium complains of a preload
 * that nobody in the page itself comes for, and the policy has no word for a prefetch that Firefox knows.
 */
function startOf({ worker, core, every }: FirstRun, others: readonly string[]): string {
  const file = (name: string) => `new URL(${JSON.stringify(name.replace("assets/", ""))}, document.currentScript.src)`;
  return `{
  const every = ${JSON.stringify(others)}.includes(/^#\\/([^?]*)/.exec(location.hash)?.[1]);
  const worker = new Worker(${file(worker)}, { type: "module", name: every ? "every" : "core" });
  worker.onerror = () => { globalThis.chanscopeCore = undefined; };
  globalThis.chanscopeCore = worker;
  fetch(every ? ${file(every)} : ${file(core)}).then((answer) => answer.blob()).catch(() => {});
}
`;
}

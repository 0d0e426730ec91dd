/** Giving a run away and taking one: links, files of ours that can be opened again, and Chrome's trace format. */
import type { EventInfo } from "../../core/wire";
import { baseOf } from "../base";
import { iframeOf } from "../iframe";
import type { CoreLine } from "../questions";
import type { SharedLink, Store } from "../store";
import { asShown } from "../view-link";
import { follow } from "../viewport";
import type { Cursor } from "./cursor";
import type { Page } from "./page";
import { report } from "./report";
import type { Runs } from "./runs";

/** Events that a file lists: more would be hundreds of megabytes. The run itself is in it all the same. */
export const MOST_EVENTS_IN_A_FILE = 200_000;

export class Sharing {
  /** `pageUrl`: the page's address without its query and its fragment. */
  constructor(
    private readonly store: Store,
    private readonly core: CoreLine,
    private readonly pageUrl: () => string,
    private readonly page: Page,
    private readonly cursor: Cursor,
    private readonly runs: Runs,
  ) {}

  /** Writes the addresses of the run at hand and shows them. */
  async share(): Promise<void> {
    const { store, core } = this;
    const run = store.run.value;
    if (!run) return;
    this.cursor.pause();
    store.shared.value = undefined;
    store.overlay.value = "share";
    try {
      const base = baseOf(store.base.value ?? "") ?? this.pageUrl();
      const title = store.scenario.value?.title[store.language.value] ?? "";
      const sentence = store.moment.value?.event?.sentence.map(({ text }) => text).join("");
      const { viewport, extent } = store;
      const linkTo = async (at: number, words: string): Promise<SharedLink> => {
        // Who opens the run at its start sees that.
        const inView = at === store.at.value ? viewport.value : follow(viewport.value, extent.value, at);
        const fragment = asShown(store, await core.call("writeLink", at, true), inView);
        const url = base + fragment;
        return {
          url,
          markdown: `[${words.replace(/[[\]\\]/g, "\\$&")}](${url})`,
          iframe: iframeOf(`${base}?embed${fragment}`, title, store.compared.value !== undefined),
        };
      };
      const said = sentence ? `${title}: ${sentence}` : title;
      const [moment, run] = await Promise.all([linkTo(store.at.value, said), linkTo(0, title)]);
      store.shared.value = { moment, run };
    } catch (error) {
      report(store, error);
    }
  }

  /** Says what shared links begin with; what is no address is left standing and not used. */
  setBase(typed: string): void {
    this.store.base.value = typed;
    if (this.store.overlay.value === "share") void this.share();
  }

  /** The run at hand as a file: our own, or Chrome's. Undefined when the core could not tell it. */
  async file(kind: "trace" | "chrome"): Promise<{ name: string; text: string } | undefined> {
    const { store, core } = this;
    const run = store.run.value;
    const format = await this.#format();
    if (!run || !format) return undefined;
    try {
      const events: EventInfo[] = [];
      const end = Math.min(run.events, MOST_EVENTS_IN_A_FILE);
      while (events.length < end) {
        const log = await core.call("log", events.length, end, store.language.value);
        if (log.length === 0) break;
        events.push(...log);
      }
      const text =
        kind === "trace" ? format.writeTraceFile(run, store.at.value, events) : format.writeChromeTrace(run, events);
      return { name: `${run.spec.scenario}.${kind}.json`, text };
    } catch (error) {
      report(store, error);
      return undefined;
    }
  }

  /** Opens one of our files: its run is run again, and compared with what the file says it was. */
  async openFile(text: string): Promise<void> {
    const { store } = this;
    store.notice.value = undefined;
    const read = (await this.#format())?.readTraceFile(text);
    if (!read) return;
    if (!read.ok) {
      store.notice.value = { kind: "badFile", why: read.why };
      return;
    }
    const { spec, at, digest } = read.place;
    const refusal = await this.runs.open(spec, { at, history: "push", digest });
    if (refusal) store.notice.value = { kind: "refused", refusal };
  }

  /** How files are written and read, which nobody needs in order to walk through a run. Where it does not come that is told. */
  async #format() {
    try {
      return await import("../trace-file");
    } catch (error) {
      this.page.notLoaded(error);
      return undefined;
    }
  }
}

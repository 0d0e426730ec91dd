/** A page without a page, for the tests of what can be done on it: its core answers at once, unless it is held. */
import { CoreRefused, RunCancelled, type RunUnderWay } from "../../core/client";
import type { Method, Methods } from "../../core/protocol";
import type { Moment, Place, Refusal, RunSpec, RunSummary, ScenarioInfo } from "../../core/wire";
import { Address } from "../address";
import { Preferences } from "../preferences";
import type { CoreLine } from "../questions";
import { Store } from "../store";
import { Actions } from "./actions";

export const words = (text: string) => ({ en: text, zh: text });
export const refusal: Refusal = {
  kind: "config",
  field: "producers",
  message: words("producers: 0 is not from 1 to 100"),
};
export const spec = (seed: number, producers = 3): RunSpec => ({
  scenario: "pair",
  config: { producers },
  strategy: "first-come",
  seed,
  deviations: [],
});
const scenario: ScenarioInfo = {
  id: "pair",
  folder: "pair",
  chapter: words("Chapter"),
  title: words("Title"),
  claim: words("Claim"),
  fields: [
    {
      name: "producers",
      label: words("Producers"),
      help: words(""),
      domain: { type: "number", min: 1, max: 100 },
      default: 3,
    },
  ],
  presets: [{ id: "small", title: words("Small"), spec: spec(0) }],
};
const other: ScenarioInfo = { ...scenario, id: "other", folder: "other", title: words("Other title") };

const VERDICT = { ending: "completed", sentence: { en: "ended", zh: "结束" }, findings: [], good: true };
export const EVENTS = 40;
const LOGGED_AT_A_TIME = 30_000;

/** A run that the core has not finished. */
interface Held {
  report(events: number): void;
  /** It is over, whether the core has heard of a stop or not. */
  finish(): void;
}

/** A core that answers at once, unless its runs are held. */
export class FakeCore implements CoreLine {
  readonly asked: string[] = [];
  current: RunSpec | undefined;
  place: Place | Refusal | undefined;
  digestDiffers = false;
  events = EVENTS;
  holdRuns = false;
  /** A stop comes too late: what is under way is over before it is heard. */
  deaf = false;
  readonly held: Held[] = [];

  async call<M extends Method>(method: M, ...args: Parameters<Methods[M]>): Promise<ReturnType<Methods[M]>> {
    this.asked.push(`${method} ${args.filter((arg) => typeof arg !== "object").join(" ")}`.trim());
    return this.answer(method, args) as ReturnType<Methods[M]>;
  }

  answer(method: Method, args: readonly unknown[]): unknown {
    switch (method) {
      case "readLink":
        if (this.place && "message" in this.place) throw new CoreRefused(this.place);
        return this.place;
      case "writeLink":
        return `#seed=${this.current?.seed}&at=${args[0]}`;
      case "compareDigest":
        return this.digestDiffers ? { from: 4, to: 5 } : undefined;
      case "moment":
        return { at: args[0], goroutines: [], objects: [], output: [], outputLines: 0 } as unknown as Moment;
      case "moves":
        return { at: args[0], total: 1, moves: [{ goroutine: 0, choice: "other", sentence: [], taken: false }] };
      case "find": {
        const { from, backward } = args[0] as { from: number; backward: boolean };
        return backward ? (from > 10 ? 10 : undefined) : from < 10 ? 10 : undefined;
      }
      case "choose":
        return { ...this.current, deviations: [{ at: args[0], choice: args[1] }] };
      case "log": {
        const [from, to] = args as [number, number];
        return Array.from({ length: Math.min(to - from, LOGGED_AT_A_TIME) }, (_, nth) => ({
          index: from + nth,
          goroutine: 0,
          sentence: [],
          shape: "tick",
          reached: [],
        }));
      }
      default:
        return [];
    }
  }

  run(wanted: RunSpec, onProgress: (events: number) => void): RunUnderWay {
    let cancel = () => {};
    const summary = new Promise<RunSummary>((resolve, reject) => {
      cancel = () => {
        if (!this.deaf) reject(new RunCancelled());
      };
      const finish = () => {
        if (wanted.config.producers === 0) return reject(new CoreRefused(refusal));
        this.current = wanted;
        resolve({
          spec: wanted,
          events: this.events,
          lanes: [],
          verdict: VERDICT,
          digest: "d",
        } as unknown as RunSummary);
      };
      if (this.holdRuns) this.held.push({ report: onProgress, finish });
      else finish();
    });
    return { summary, cancel };
  }
}

export function page() {
  const core = new FakeCore();
  const store = new Store();
  /** Whoever the page comes from. */
  const host = { gone: false };
  const entries = ["#start"];
  const due: Array<() => void> = [];
  const actions = new Actions(store, {
    core,
    address: new Address(
      {
        pushState: (_data, _unused, url) => void entries.push(url),
        replaceState: (_data, _unused, url) => void entries.splice(-1, 1, url),
      },
      { set: (callback) => due.push(callback), clear: () => {} },
    ),
    preferences: new Preferences(noStorage, noStorage),
    catalogue: {
      first: scenario,
      every: async () => {
        if (host.gone) throw new TypeError("gone");
        return [scenario, other];
      },
    },
    loadFiles: async () => undefined,
    loadWords: async () => {
      if (host.gone) throw new TypeError("gone");
    },
    pageUrl: () => "http://page/",
    systemTheme: () => "light",
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
    for (const callback of due.splice(0)) callback();
  };
  return { core, store, actions, entries, settle, host };
}

function noStorage(): never {
  throw new Error("no storage");
}

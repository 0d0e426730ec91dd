import { describe, expect, it } from "vitest";
import { CoreRefused, CoreRestarted, RunCancelled, type RunUnderWay } from "../core/client";
import type { Method, Methods } from "../core/protocol";
import type { Moment, Place, Refusal, RunSpec, RunSummary, ScenarioInfo } from "../core/wire";
import { Actions } from "./actions";
import { Address } from "./address";
import { Preferences } from "./preferences";
import type { CoreLine } from "./questions";
import { Store } from "./store";

const words = (text: string) => ({ en: text, zh: text });
const refusal: Refusal = { kind: "config", field: "producers", message: words("producers: 0 is not from 1 to 100") };
const spec = (seed: number, producers = 3): RunSpec => ({
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

const EVENTS = 40;

/** A core that answers at once, unless its runs are held. */
class FakeCore implements CoreLine {
  readonly asked: string[] = [];
  current: RunSpec | undefined;
  place: Place | Refusal | undefined;
  digestDiffers = false;
  holdRuns = false;
  report: (events: number) => void = () => {};

  async call<M extends Method>(method: M, ...args: Parameters<Methods[M]>): Promise<ReturnType<Methods[M]>> {
    this.asked.push(`${method} ${args.filter((arg) => typeof arg !== "object").join(" ")}`.trim());
    return this.answer(method, args) as ReturnType<Methods[M]>;
  }

  answer(method: Method, args: readonly unknown[]): unknown {
    switch (method) {
      case "catalogue":
        return [scenario];
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
      default:
        return [];
    }
  }

  run(wanted: RunSpec, onProgress: (events: number) => void): RunUnderWay {
    let cancel = () => {};
    const summary = new Promise<RunSummary>((resolve, reject) => {
      cancel = () => reject(new RunCancelled());
      const finish = () => {
        if (wanted.config.producers === 0) return reject(new CoreRefused(refusal));
        this.current = wanted;
        resolve({ spec: wanted, events: EVENTS, lanes: [], digest: "d" } as unknown as RunSummary);
      };
      if (this.holdRuns) this.report = onProgress;
      else finish();
    });
    return { summary, cancel };
  }
}

function page() {
  const core = new FakeCore();
  const store = new Store();
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
    preferences: new Preferences(() => {
      throw new Error("no storage");
    }),
    loadFiles: async () => undefined,
    pageUrl: () => "http://page/",
    systemTheme: () => "light",
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    for (const callback of due.splice(0)) callback();
  };
  return { core, store, actions, entries, settle };
}

describe("opening", () => {
  it("an empty address opens the first preset without a new entry of the history", async () => {
    const { store, actions, entries } = page();
    await actions.start("");
    expect(store.run.value?.spec).toEqual(spec(0));
    expect(store.at.value).toBe(0);
    expect(entries).toEqual(["#seed=0&at=0"]);
  });

  it("a link opens its run at its moment, and no further than the run's end", async () => {
    const { core, store, actions } = page();
    core.place = { spec: spec(7), at: 1_000, digest: null };
    await actions.start("#link");
    expect(store.run.value?.spec.seed).toBe(7);
    expect(store.at.value).toBe(EVENTS);
    expect(core.asked).not.toContain("compareDigest d");
  });

  it("cancelling the first run opens the default one", async () => {
    const { core, store, actions, settle } = page();
    core.place = { spec: spec(7), at: 3, digest: null };
    core.holdRuns = true;
    void actions.start("#link");
    await settle();
    core.holdRuns = false;
    actions.cancelRun();
    await settle();
    expect(store.run.value?.spec).toEqual(spec(0));
    expect(store.notice.value).toBeUndefined();
  });

  it("a bad address leaves the run at hand, and the next good one clears the notice", async () => {
    const { core, store, actions, entries } = page();
    core.place = { spec: spec(7), at: 3, digest: null };
    await actions.start("#link");
    core.place = { spec: { ...spec(1), config: { producers: 0 } }, at: 0, digest: null };
    await actions.openAddress("#bad");
    expect(store.notice.value?.kind).toBe("badLink");
    expect(store.run.value?.spec.seed).toBe(7);
    expect(entries.at(-1)).toBe("#seed=7&at=3");
    core.place = { spec: spec(8), at: 1, digest: null };
    await actions.openAddress("#good");
    expect(store.notice.value).toBeUndefined();
    expect(store.run.value?.spec.seed).toBe(8);
  });

  it("an address that changes while the core is being got ready is the one that opens", async () => {
    const { core, store, actions, settle } = page();
    core.place = { spec: spec(7), at: 3, digest: null };
    const started = actions.start("#before");
    await actions.openAddress("#after");
    await started;
    await settle();
    expect(core.asked.filter((asked) => asked.startsWith("readLink"))).toEqual(["readLink #after"]);
    expect(store.at.value).toBe(3);
  });

  it("a damaged link says so and opens the default run", async () => {
    const { core, store, actions } = page();
    core.place = { kind: "link", field: null, message: words("At character 3 …") };
    await actions.start("#x");
    expect(store.notice.value).toMatchObject({ kind: "badLink" });
    expect(store.run.value?.spec).toEqual(spec(0));
  });

  it("a link to a run that the core refuses says so and opens the default run", async () => {
    const { core, store, actions } = page();
    core.place = { spec: spec(7, 0), at: 3, digest: null };
    await actions.start("#x");
    expect(store.notice.value).toEqual({ kind: "badLink", refusal });
    expect(store.run.value?.spec).toEqual(spec(0));
  });

  it("a link whose replay differs says where", async () => {
    const { core, store, actions } = page();
    core.place = { spec: spec(7), at: 3, digest: "other" };
    core.digestDiffers = true;
    await actions.start("#x");
    expect(store.notice.value).toEqual({ kind: "differs", difference: { from: 4, to: 5 } });
    expect(store.at.value).toBe(3);
  });
});

describe("stepping", () => {
  it("stays within the run and replaces the address", async () => {
    const { store, actions, entries, settle } = page();
    await actions.start("");
    actions.step(10);
    actions.step(-3);
    expect(store.at.value).toBe(7);
    actions.step(-100);
    expect(store.at.value).toBe(0);
    actions.step(Number.MAX_SAFE_INTEGER);
    expect(store.at.value).toBe(EVENTS);
    await settle();
    expect(entries).toEqual([`#seed=0&at=${EVENTS}`]);
  });

  it("asks for one moment at a time, the last one wanted", async () => {
    const { core, store, actions, settle } = page();
    await actions.start("");
    await settle();
    core.asked.length = 0;
    for (let step = 0; step < 20; step += 1) actions.step(1);
    await settle();
    expect(core.asked.filter((asked) => asked.startsWith("moment"))).toEqual(["moment 1 en", "moment 20 en"]);
    expect(store.moment.value?.at).toBe(20);
  });

  it("keeps the moment when the language changes", async () => {
    const { core, store, actions, settle } = page();
    await actions.start("");
    actions.step(5);
    await settle();
    actions.setLanguage("zh");
    await settle();
    expect(store.at.value).toBe(5);
    expect(core.asked).toContain("moment 5 zh");
  });
});

describe("following", () => {
  it("goes to what is found, and says when there is nothing more", async () => {
    const { store, actions } = page();
    await actions.start("");
    await actions.findNext(false);
    expect(store.at.value).toBe(10);
    await actions.findNext(false);
    expect([store.at.value, store.foundNothing.value]).toEqual([10, "forward"]);
    actions.step(2);
    expect(store.foundNothing.value).toBeUndefined();
    await actions.findNext(true);
    expect(store.at.value).toBe(10);
  });
});

describe("files", () => {
  it("open their run at their moment, and one that is none of ours says so and changes nothing", async () => {
    const { store, actions } = page();
    await actions.start("");
    const file = { format: "chanscope-run", version: 1, place: { spec: spec(9), at: 6, digest: "d" } };
    await actions.openFile(JSON.stringify(file));
    expect([store.run.value?.spec.seed, store.at.value]).toEqual([9, 6]);
    await actions.openFile("{");
    expect(store.notice.value).toEqual({ kind: "badFile", why: "json" });
    expect(store.at.value).toBe(6);
  });
});

describe("the form", () => {
  it("runs what it says, as a new entry of the history", async () => {
    const { store, actions, entries } = page();
    await actions.start("");
    actions.editDraft({ seed: "9" });
    await actions.runDraft();
    expect(store.run.value?.spec.seed).toBe(9);
    expect(entries).toHaveLength(2);
  });

  it("shows a refusal beside the field and keeps the last good run", async () => {
    const { store, actions, entries } = page();
    await actions.start("");
    actions.step(5);
    actions.editDraft({ producers: "0" });
    await actions.runDraft();
    expect(store.draftErrors.value).toEqual({ producers: refusal.message });
    expect(store.run.value?.spec).toEqual(spec(0));
    expect(store.at.value).toBe(5);
    expect(entries).toHaveLength(1);
    actions.editDraft({ producers: "4" });
    expect(store.draftErrors.value).toEqual({});
  });
});

describe("a long run", () => {
  it("shows its progress and can be cancelled, and the run before stays", async () => {
    const { core, store, actions } = page();
    await actions.start("");
    core.holdRuns = true;
    const opened = actions.openRun(spec(8));
    expect(store.underWay.value).toBe(0);
    core.report(5_000);
    expect(store.underWay.value).toBe(5_000);
    actions.cancelRun();
    await opened;
    expect(store.underWay.value).toBeUndefined();
    expect(store.run.value?.spec).toEqual(spec(0));
    expect(store.notice.value).toBeUndefined();
  });
});

describe("by hand", () => {
  it("takes a choice as a new run that is the same up to there", async () => {
    const { store, actions, entries, settle } = page();
    await actions.start("");
    actions.step(6);
    actions.setByHand(true);
    await settle();
    await actions.choose("other");
    expect(store.run.value?.spec.deviations).toEqual([{ at: 6, choice: "other" }]);
    expect(store.at.value).toBe(7);
    expect(entries).toHaveLength(2);
  });

  it("forgets the choices and returns to where the first was made", async () => {
    const { store, actions, settle } = page();
    await actions.start("");
    actions.step(6);
    actions.setByHand(true);
    await settle();
    await actions.choose("other");
    actions.step(10);
    await actions.forgetChoices();
    expect(store.run.value?.spec.deviations).toEqual([]);
    expect(store.at.value).toBe(6);
  });
});

describe("when the core traps", () => {
  it("the run at hand is asked for again, at its moment", async () => {
    const { store, actions } = page();
    await actions.start("");
    actions.step(5);
    await actions.restarted("unreachable");
    expect(store.notice.value).toMatchObject({ kind: "restarted" });
    expect(store.run.value?.spec).toEqual(spec(0));
    expect(store.at.value).toBe(5);
  });

  it("again and again, it goes back to what may not trap, and then gives up", async () => {
    const { store, actions } = page();
    await actions.start("");
    await actions.openRun(spec(7));
    actions.step(5);
    const places: unknown[] = [];
    for (let trap = 0; trap < 3; trap += 1) {
      await actions.restarted("unreachable");
      places.push([store.run.value?.spec.seed, store.at.value]);
    }
    expect(places).toEqual([
      [7, 5],
      [7, 0],
      [0, 0],
    ]);
    await actions.restarted("unreachable");
    expect(store.phase.value).toBe("failed");
  });

  it("after the reader has gone on, it counts anew", async () => {
    const { store, actions } = page();
    await actions.start("");
    for (let trap = 0; trap < 5; trap += 1) {
      actions.step(1);
      await actions.restarted("unreachable");
    }
    expect(store.phase.value).toBe("ready");
    expect(store.at.value).toBe(5);
  });

  it("what was interrupted is not reported twice", async () => {
    const { core, store, actions, settle } = page();
    await actions.start("");
    core.answer = () => {
      throw new CoreRestarted("unreachable");
    };
    actions.step(1);
    await settle();
    expect(store.notice.value).toBeUndefined();
  });
});

it("writes a link with the digest, and Markdown that its title cannot break", async () => {
  const { store, actions } = page();
  await actions.start("");
  await actions.share();
  expect(store.shared.value).toEqual({
    url: "http://page/#seed=0&at=0",
    markdown: "[Title](http://page/#seed=0&at=0)",
    iframe: expect.stringContaining('src="http://page/?embed#seed=0&amp;at=0"'),
  });
});

import { expect, it } from "vitest";
import { spec } from "./fake-search";
import { type PartAnswer, type PartLine, type PartRequest, Searchers } from "./parts";
import type { PartFound } from "./wire";

const module = {} as WebAssembly.Module;

class FakeLine implements PartLine {
  onmessage: PartLine["onmessage"] = null;
  readonly asked: PartRequest[] = [];
  closed = false;

  postMessage(request: PartRequest): void {
    this.asked.push(request);
  }
  close(): void {
    this.closed = true;
  }
  says(data: PartAnswer): void {
    this.onmessage?.({ data });
  }
  /** Answers the last request: so many executions, or all that were given. */
  finds(over: boolean, executions = this.given?.executions ?? 0): void {
    const part = this.given?.part ?? -1;
    const first = { ...NOTHING, part, executions: Math.floor(executions / 2) };
    const rest = { ...NOTHING, part, executions: Math.ceil(executions / 2), over };
    this.says({ type: "found", found: [first, rest] });
  }
  /** What it was asked to search last. */
  get given(): Extract<PartRequest, { type: "search" }> | undefined {
    const last = this.asked.at(-1);
    return last?.type === "search" ? last : undefined;
  }
}

const NOTHING: PartFound = {
  part: 0,
  executions: 0,
  blocked: 0,
  looked: 0,
  fraction: 1,
  over: false,
  incomplete: [],
  outcomes: [],
};

/** Searchers of which some have divided the program into so many parts, and what their search comes to. */
function searching(parts: number, workers: number, executions = 1000, goesOn = () => true, ready = workers) {
  const all = Array.from({ length: workers }, () => new FakeLine());
  const searchers = new Searchers(all, module, spec);
  for (const line of all.slice(0, ready)) line.says({ type: "divided", parts });
  const joined: PartFound[] = [];
  let end: string | undefined;
  const search = searchers.search(executions, (found) => {
    joined.push(found);
    return goesOn();
  });
  const ended = search.then(
    () => {
      end = "resolved";
    },
    (error: Error) => {
      end = error.message;
    },
  );
  return { searchers, all, joined, ended, end: () => end };
}

it("gives everybody the core, the program, and a part of their own", async () => {
  const { searchers, all } = searching(5, 3);
  expect(await searchers.divided).toBe(5);
  for (const { asked } of all) expect(asked[0]).toEqual({ type: "divide", module, spec, workers: 3 });
  expect(all.map(({ given }) => given?.part)).toEqual([0, 1, 2]);
});

it("ends when every part is over, whoever was faster", async () => {
  const { all, joined, ended, end } = searching(3, 2);
  all[1]?.finds(true);
  all[1]?.finds(true);
  expect(all[1]?.given).toMatchObject({ part: 2 });
  expect(end()).toBeUndefined();
  all[0]?.finds(false);
  expect(all[0]?.given).toMatchObject({ part: 0 });
  all[0]?.finds(true);
  await ended;
  expect(end()).toBe("resolved");
  expect(joined.filter(({ over }) => over).map(({ part }) => part)).toEqual([1, 2, 0]);
});

it("gives no more executions than may be run, and again those that were not run", async () => {
  const { all, joined, ended } = searching(3, 2, 100);
  const run = () => joined.reduce((sum, { executions }) => sum + executions, 0);
  const given = () => all.map(({ given }) => given?.executions);
  expect(given()).toEqual([50, 25]);
  all[0]?.finds(false, 10);
  expect(given()).toEqual([33, 25]);
  all[1]?.finds(true, 5);
  expect(given()).toEqual([33, 26]);
  for (const nth of [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]) {
    if (run() < 100) all[nth]?.finds(false);
    expect(run()).toBeLessThanOrEqual(100);
  }
  await ended;
  expect(run()).toBe(100);
});

it("gives nobody anything once it is enough", async () => {
  const { all, joined, ended } = searching(9, 2, 1000, () => false);
  all[0]?.finds(true);
  expect(all[0]?.asked).toHaveLength(2);
  all[1]?.finds(false);
  await ended;
  // Of each answer that came, up to the first that was enough.
  expect(joined).toHaveLength(2);
});

it("does without whoever does not start, and says when that is everybody", async () => {
  const all = [0, 1, 2].map(() => new FakeLine());
  const searchers = new Searchers(all, module, spec);
  all[0]?.says({ type: "broken", reason: "no memory" });
  expect(all.map(({ closed }) => closed)).toEqual([true, false, false]);
  all[2]?.says({ type: "divided", parts: 4 });
  expect(await searchers.divided).toBe(4);
  const nobody = [0, 1].map(() => new FakeLine());
  const none = new Searchers(nobody, module, spec);
  for (const line of nobody) line.says({ type: "broken", reason: "no memory" });
  expect(await none.divided).toBe(0);
  expect(await new Searchers([], module, spec).divided).toBe(0);
});

it("lets whoever comes late take part", async () => {
  const { all, ended, end } = searching(2, 2, 1000, undefined, 1);
  expect(all.map(({ given }) => given?.part)).toEqual([0, undefined]);
  all[1]?.says({ type: "divided", parts: 2 });
  expect(all[1]?.given?.part).toBe(1);
  for (const line of all) line.finds(true);
  await ended;
  expect(end()).toBe("resolved");
});

it("does without whoever is lost before it had a part", async () => {
  const { all, ended, end } = searching(2, 2, 1000, undefined, 1);
  all[1]?.says({ type: "broken", reason: "no memory" });
  all[0]?.finds(true);
  all[0]?.finds(true);
  await ended;
  expect(end()).toBe("resolved");
});

it("is broken when a part is lost, and says by what", async () => {
  const { all, ended, end } = searching(4, 2);
  all[0]?.says({ type: "broken", reason: "RuntimeError: unreachable" });
  await ended;
  expect(end()).toBe("RuntimeError: unreachable");
});

it("is broken when what was found cannot be taken, or one program was divided in two ways", async () => {
  const untaken = searching(4, 1, 1000, () => {
    throw new Error("a witness shows its outcome");
  });
  untaken.all[0]?.finds(true);
  await untaken.ended;
  expect(untaken.end()).toBe("a witness shows its outcome");
  const divided = searching(4, 1);
  divided.all[0]?.says({ type: "divided", parts: 5 });
  await divided.ended;
  expect(divided.end()).toBe("one program was divided in two ways");
});

it("ends whom it no longer needs, and hears nothing more of them", () => {
  const { searchers, all } = searching(4, 2);
  searchers.end();
  for (const { asked, closed, onmessage } of all) {
    expect([asked.at(-1), closed, onmessage]).toEqual([{ type: "end" }, true, null]);
  }
});

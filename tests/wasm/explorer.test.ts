/** Several instances of the explorer's module find what one finds, as the page has them do it. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { Explorer, initSync, Searcher } from "../../web/gen/explorer/explorer.js";
import { type PartAnswer, type PartLine, type PartRequest, Searchers } from "../../web/src/core/parts";
import type { ExploreProgress, ExploreReport, ExploreSpec, PartFound } from "../../web/src/core/wire";

beforeAll(() => {
  initSync({ module: readFileSync(new URL("../../web/gen/explorer/explorer_bg.wasm", import.meta.url)) });
});

/** A searcher without a thread of its own: what goes in and out of it is copied. */
class Inside implements PartLine {
  onmessage: PartLine["onmessage"] = null;
  #searcher: Searcher | undefined;

  postMessage(request: PartRequest): void {
    setTimeout(() => this.onmessage?.({ data: structuredClone(this.#answer(structuredClone(request))) }));
  }
  close(): void {}

  #answer(request: PartRequest): PartAnswer {
    if (request.type === "end") throw new Error("nobody has ended it");
    if (request.type === "divide") {
      this.#searcher = new Searcher(request.spec, request.workers);
      return { type: "divided", parts: this.#searcher.parts };
    }
    return { type: "found", found: this.#search(request.part, request.executions) };
  }

  /** In slices of which it soon has enough. */
  #search(part: number, executions: number): PartFound[] {
    const found: PartFound[] = [];
    for (let left = executions; left > 0 && found.length < 3 && !found.at(-1)?.over; ) {
      const more = this.#searcher?.advance(part, Math.min(left, 40)) as PartFound;
      found.push(more);
      left -= more.executions;
    }
    return found;
  }
}

function spec(scenario: string, config: ExploreSpec["config"], executions = 100_000): ExploreSpec {
  return { scenario, config, executions, steps: 400, samples: 0, preemptions: null, orderOfOutput: false };
}

function alone(asked: ExploreSpec): ExploreReport {
  const explorer = new Explorer(asked);
  while (!explorer.advance(1_000).over);
  return explorer.report();
}

/** What so many find, and into how many parts they have divided it. */
async function together(asked: ExploreSpec, workers: number, before = 0): Promise<[ExploreReport, number]> {
  const explorer = new Explorer(asked);
  explorer.advance(before);
  const lines = Array.from({ length: workers }, () => new Inside());
  const searchers = new Searchers(lines, {} as WebAssembly.Module, asked);
  const parts = await searchers.divided;
  explorer.gather(parts);
  await searchers.search(asked.executions, (found) => !(explorer.join(found) as ExploreProgress).over);
  return [explorer.report(), parts];
}

/** What does not depend on which of equally small witnesses was found: one can race twice where another does once. */
const counted = ({ executions, incomplete, outcomes }: ExploreReport) => ({
  executions,
  incomplete,
  outcomes: outcomes.map(({ verdict, output, count }) => {
    const findings = [...new Set(verdict.findings.map(({ kind }) => kind))];
    return { ending: verdict.ending, findings, output, count };
  }),
});

/** Counts of the literature, and of programs that end badly in several ways (`tests/golden/explored.json`). */
it.each([
  { asked: spec("lastzero", { n: 10 }), executions: 3_328 },
  { asked: spec("fib-bench", { k: 3 }), executions: 1_698 },
  { asked: spec("closing", { closer: "every-producer" }), executions: 280 },
  { asked: spec("memory-order", { test: "readers" }), executions: 15 },
])("finds $executions executions of $asked.scenario with any number of workers", async ({ asked, executions }) => {
  const one = alone(asked);
  expect(one.executions).toBe(executions);
  for (const workers of [2, 5]) {
    const [report, parts] = await together(asked, workers, 10);
    expect(parts).toBeGreaterThan(workers);
    expect(counted(report)).toEqual(counted(one));
  }
});

it("keeps the bound on executions for all of them together", async () => {
  const [report] = await together(spec("lastzero", { n: 10 }, 500), 3);
  expect(report.executions).toBe(500);
  expect(report.incomplete.map(({ en }) => en)).toEqual(["the limit of 500 executions was met"]);
});

it("stops at as many outcomes as are kept", async () => {
  const asked = { ...spec("waiting", { how: "none", workers: 6 }), orderOfOutput: true };
  const [report] = await together(asked, 3);
  expect(report.total).toBeGreaterThanOrEqual(1_000);
  expect(report.incomplete.map(({ en }) => en)).toEqual(["a search ends once it has found 1000 outcomes"]);
});

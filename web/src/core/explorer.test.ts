import { expect, it } from "vitest";
import {
  type ExploreAnswer,
  ExploreClient,
  type ExploreRequest,
  type ExploreWorkerLike,
  type SearcherLike,
} from "./explorer";
import { spec } from "./fake-search";

class FakeWorker implements ExploreWorkerLike {
  onmessage: ExploreWorkerLike["onmessage"] = null;
  onerror: ExploreWorkerLike["onerror"] = null;
  readonly sent: ExploreRequest[] = [];
  ended = false;

  postMessage(request: ExploreRequest): void {
    this.sent.push(request);
  }
  terminate(): void {
    this.ended = true;
  }
}

const progress = { executions: 1, outcomes: 1, estimate: null, sampled: 0, over: false };

class FakeSearcher implements SearcherLike {
  line: MessagePort | undefined;
  ended = false;

  postMessage(line: MessagePort): void {
    this.line = line;
  }
  terminate(): void {
    this.ended = true;
    this.line?.close();
  }
}

function line(cores = 4) {
  const workers: FakeWorker[] = [];
  const searchers: FakeSearcher[] = [];
  const heard: ExploreAnswer[] = [];
  const spawn = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const spawnSearcher = () => {
    const searcher = new FakeSearcher();
    searchers.push(searcher);
    return searcher;
  };
  const client = new ExploreClient(spawn, spawnSearcher, cores);
  return { client, workers, searchers, heard, hear: (answer: ExploreAnswer) => void heard.push(answer) };
}

it("gives each exploration a worker of its own and ends the one before", () => {
  const { client, workers, hear } = line();
  client.explore(spec, hear);
  client.explore(spec, hear);
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  expect(workers[1]?.sent).toEqual([{ type: "explore", spec }]);
});

it("hears nothing more once it was cancelled", () => {
  const { client, workers, heard, hear } = line();
  client.explore(spec, hear);
  const answer = workers[0]?.onmessage;
  answer?.({ data: { type: "progress", progress, elapsedMs: 1 } });
  client.cancel();
  expect(workers[0]).toMatchObject({ ended: true, onmessage: null, onerror: null });
  expect(heard).toHaveLength(1);
});

it("goes on hearing while what was found is looked at more closely", () => {
  const { client, workers, heard, hear } = line();
  client.explore(spec, hear);
  const closer = { type: "closer", left: 2, all: 3 } as const;
  workers[0]?.onmessage?.({ data: closer });
  expect(heard).toEqual([closer]);
  expect(workers[0]?.ended).toBe(false);
});

it.each<ExploreAnswer>([
  { type: "done" },
  { type: "refused", refusal: { kind: "config", field: "steps", message: { en: "no", zh: "不" } } },
  { type: "broken", reason: "unreachable" },
])("ends the worker after its last word: $type", (last) => {
  const { client, workers, heard, hear } = line();
  client.explore(spec, hear);
  workers[0]?.onmessage?.({ data: last });
  expect(heard).toEqual([last]);
  expect(workers[0]?.ended).toBe(true);
});

it("says when a worker cannot even start", () => {
  const { client, workers, heard, hear } = line();
  client.explore(spec, hear);
  workers[0]?.onerror?.({});
  expect(heard).toEqual([{ type: "broken", reason: "the worker could not be started" }]);
});

it("gives it others who search when it asks for them, one for each core, and ends them with it", () => {
  const { client, workers, searchers, heard, hear } = line(3);
  client.explore(spec, hear);
  workers[0]?.onmessage?.({ data: { type: "others" } });
  expect(searchers).toHaveLength(3);
  const [, lines] = workers[0]?.sent ?? [];
  expect(lines).toMatchObject({ type: "lines", lines: [{}, {}, {}] });
  expect(heard).toEqual([]);
  client.cancel();
  expect(searchers.map(({ ended }) => ended)).toEqual([true, true, true]);
});

it("ends them after its last word, and when another one is begun", () => {
  const { client, workers, searchers, hear } = line(2);
  client.explore(spec, hear);
  workers[0]?.onmessage?.({ data: { type: "others" } });
  workers[0]?.onmessage?.({ data: { type: "done" } });
  expect(searchers.map(({ ended }) => ended)).toEqual([true, true]);
  client.explore(spec, hear);
  workers[1]?.onmessage?.({ data: { type: "others" } });
  client.explore(spec, hear);
  expect(searchers.map(({ ended }) => ended)).toEqual([true, true, true, true]);
});

it.each([
  { cores: 1, others: 0 },
  { cores: 8, others: 8 },
  { cores: 128, others: 8 },
])("gives it $others others on $cores cores", ({ cores, others }) => {
  const { client, workers, searchers, hear } = line(cores);
  client.explore(spec, hear);
  workers[0]?.onmessage?.({ data: { type: "others" } });
  expect(searchers).toHaveLength(others);
  expect(workers[0]?.sent).toHaveLength(2);
  client.cancel();
});

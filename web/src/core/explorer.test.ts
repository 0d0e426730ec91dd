import { expect, it } from "vitest";
import { type ExploreAnswer, ExploreClient, type ExploreWorkerLike } from "./explorer";
import type { ExploreSpec } from "./wire";

class FakeWorker implements ExploreWorkerLike {
  onmessage: ExploreWorkerLike["onmessage"] = null;
  onerror: ExploreWorkerLike["onerror"] = null;
  readonly sent: ExploreSpec[] = [];
  ended = false;

  postMessage(spec: ExploreSpec): void {
    this.sent.push(spec);
  }
  terminate(): void {
    this.ended = true;
  }
}

const spec: ExploreSpec = {
  scenario: "any",
  config: {},
  executions: 10,
  steps: 10,
  samples: 0,
  preemptions: null,
  orderOfOutput: false,
};
const progress = { executions: 1, outcomes: 1, estimate: null, sampled: 0, over: false };

function line() {
  const workers: FakeWorker[] = [];
  const heard: ExploreAnswer[] = [];
  const client = new ExploreClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { client, workers, heard, hear: (answer: ExploreAnswer) => void heard.push(answer) };
}

it("gives each exploration a worker of its own and ends the one before", () => {
  const { client, workers, hear } = line();
  client.explore(spec, hear);
  client.explore(spec, hear);
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  expect(workers[1]?.sent).toEqual([spec]);
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

import { describe, expect, it } from "vitest";
import { CoreClient, CoreRefused, CoreRestarted, RunCancelled, type WorkerLike } from "./client";
import type { Answer, Request } from "./protocol";
import type { RunSpec, RunSummary } from "./wire";

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  readonly sent: Request[] = [];
  terminated = false;

  postMessage(message: Request): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  answer(answer: Answer): void {
    this.onmessage?.({ data: answer });
  }
}

const spec: RunSpec = { scenario: "any", config: {}, strategy: "first-come", seed: 1, deviations: [] };
const refusal = { kind: "config", field: "producers", message: { en: "no", zh: "不" } };

function lineToCore() {
  const workers: FakeWorker[] = [];
  const heard: string[] = [];
  const client = new CoreClient(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    {
      restarted: (reason) => heard.push(`restarted: ${reason}`),
      failed: (reason) => heard.push(`failed: ${reason}`),
    },
  );
  return { client, workers, heard, worker: workers[0] as FakeWorker };
}

describe("the line to the core", () => {
  it("gives each answer to its own question, whatever their order", async () => {
    const { client, worker } = lineToCore();
    const first = client.call("writeLink", 1, false);
    const second = client.call("writeLink", 2, false);
    worker.answer({ type: "value", id: 2, value: "#two" });
    worker.answer({ type: "value", id: 1, value: "#one" });
    expect(await first).toBe("#one");
    expect(await second).toBe("#two");
  });

  it("tells a refusal from a failure", async () => {
    const { client, worker } = lineToCore();
    const asked = client.call("choose", 0, "nonsense");
    worker.answer({ type: "refused", id: 1, refusal });
    await expect(asked).rejects.toBeInstanceOf(CoreRefused);
    await expect(asked).rejects.toHaveProperty("refusal.field", "producers");
  });

  it("reports the progress of a run, then its end", async () => {
    const { client, worker } = lineToCore();
    const progress: number[] = [];
    const run = client.run(spec, (events) => progress.push(events));
    worker.answer({ type: "progress", id: 1, events: 10 });
    worker.answer({ type: "progress", id: 1, events: 20 });
    worker.answer({ type: "finished", id: 1, summary: { events: 30 } as RunSummary });
    expect((await run.summary).events).toBe(30);
    expect(progress).toEqual([10, 20]);
  });

  it("cancels a run by its id", async () => {
    const { client, worker } = lineToCore();
    const run = client.run(spec, () => {});
    run.cancel();
    expect(worker.sent.at(-1)).toEqual({ type: "cancel", id: 1 });
    worker.answer({ type: "cancelled", id: 1 });
    await expect(run.summary).rejects.toBeInstanceOf(RunCancelled);
  });

  it("replaces a worker that trapped and rejects what it left undone", async () => {
    const { client, workers, worker, heard } = lineToCore();
    const greeting = client.call("around", 1);
    worker.answer({ type: "value", id: 1, value: {} });
    await greeting;
    const lost = client.call("writeLink", 1, false);
    worker.answer({ type: "broken", reason: "unreachable" });
    await expect(lost).rejects.toBeInstanceOf(CoreRestarted);
    expect(worker.terminated).toBe(true);
    expect(workers).toHaveLength(2);
    expect(heard).toEqual(["restarted: unreachable"]);
  });

  it("does not replace a worker that never answered", async () => {
    const { client, workers, worker, heard } = lineToCore();
    const lost = client.call("around", 1);
    worker.onerror?.({ message: "no such module" });
    await expect(lost).rejects.toBeInstanceOf(CoreRestarted);
    expect(workers).toHaveLength(1);
    expect(heard).toEqual(["failed: no such module"]);
  });
});

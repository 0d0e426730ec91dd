/**
 * The worker in which the core lives. It is the only module that touches WebAssembly.
 *
 * A refusal is an answer. Anything else that the core throws is a trap: the instance is dead, and the page is told to
 * replace the worker.
 */
import init, { Core } from "../../gen/core/core.js";
import { Programs } from "./programs";
import type { Answer, Method, Request } from "./protocol";
import { EVENTS, nextSlice } from "./slices";
import { isRefusal, told } from "./thrown";
import type { RunSpec, WindowData, WindowQuery } from "./wire";

const programs = new Programs<Core>(
  {
    first: async () => {
      await init();
      return new Core();
    },
    every: async () => {
      const every = await import("../../gen/every/every.js");
      await every.default();
      return new every.Core();
    },
  },
  // Whoever starts this worker knows whether the page opens with another program (`web/build/early.ts`).
  self.name === "every" ? "every" : "first",
);

/** The last run that was asked for; a newer one or a *cancel* stops it. */
let running: { readonly id: number; readonly stop: AbortController } | undefined;

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  answer(data).catch((thrown: unknown) => {
    if (data.type !== "cancel" && isRefusal(thrown)) {
      post({ type: "refused", id: data.id, refusal: thrown });
    } else {
      post({ type: "broken", reason: told(thrown) });
    }
  });
});

async function answer(request: Request): Promise<void> {
  switch (request.type) {
    case "cancel":
      if (running?.id === request.id) running.stop.abort();
      return;
    case "run":
      return run(request.id, request.spec);
    case "call": {
      const value = await call(request.method, request.args);
      post({ type: "value", id: request.id, value }, buffersOf(value));
    }
  }
}

async function run(id: number, spec: RunSpec): Promise<void> {
  running?.stop.abort();
  const stop = new AbortController();
  running = { id, stop };
  // A program whose module is still under way does not keep its reader waiting.
  const begun = await Promise.race([programs.ask((core) => core.begin(spec)), aborted(stop.signal)]);
  let slice = EVENTS.first;
  while (begun && !stop.signal.aborted) {
    const { core } = begun;
    const started = performance.now();
    const { events, done } = core.advance(slice);
    if (done) {
      await programs.finished(core);
      post({ type: "finished", id, summary: core.summary() });
      return;
    }
    slice = nextSlice(slice, performance.now() - started, EVENTS);
    post({ type: "progress", id, events });
    await nextTurn();
  }
  post({ type: "cancelled", id });
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
}

async function call(method: Method, args: readonly unknown[]): Promise<unknown> {
  if (method === "readLink") return (await programs.ask((core) => core.readLink(args[0] as string))).answer;
  const instance = await programs.asked;
  if (method === "window" || method === "otherWindow") return plain(instance[method](args[0] as WindowQuery));
  const bound = instance[method] as (...given: unknown[]) => unknown;
  return bound.apply(instance, [...args]);
}

function plain({ dense, spans, marks, arrows, actors, density }: WindowData): WindowData {
  return { dense, spans, marks, arrows, actors, density };
}

/** The buffers of a window, which are moved to the page rather than copied. */
function buffersOf(value: unknown): Transferable[] {
  if (typeof value !== "object" || value === null) return [];
  const buffers = Object.values(value)
    .filter((part) => ArrayBuffer.isView(part))
    .map((view) => view.buffer as ArrayBuffer);
  return [...new Set(buffers)];
}

function post(message: Answer, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** Resolves in a later task, after the messages that have arrived meanwhile. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

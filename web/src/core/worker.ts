/**
 * The worker in which the core lives. It is the only module that touches WebAssembly.
 *
 * A refusal is an answer. Anything else that the core throws is a trap: the instance is dead, and the page is told to
 * replace the worker.
 */
import init, { Core } from "../../gen/core/core.js";
import type { Answer, Method, Request } from "./protocol";
import { EVENTS, nextSlice } from "./slices";
import { isRefusal, told } from "./thrown";
import type { RunSpec, WindowData, WindowQuery } from "./wire";

const core: Promise<Core> = init().then(() => new Core());

/** The run under way; a newer run or a *cancel* replaces it, and the older one notices at its next slice. */
let running: number | undefined;

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
  const instance = await core;
  switch (request.type) {
    case "cancel":
      if (running === request.id) running = undefined;
      return;
    case "run":
      return run(instance, request.id, request.spec);
    case "call": {
      const value = call(instance, request.method, request.args);
      post({ type: "value", id: request.id, value }, buffersOf(value));
    }
  }
}

async function run(instance: Core, id: number, spec: RunSpec): Promise<void> {
  running = id;
  try {
    instance.begin(spec);
    let slice = EVENTS.first;
    for (;;) {
      const started = performance.now();
      const { events, done } = instance.advance(slice);
      if (done) {
        post({ type: "finished", id, summary: instance.summary() });
        return;
      }
      slice = nextSlice(slice, performance.now() - started, EVENTS);
      post({ type: "progress", id, events });
      await nextTurn();
      if (running !== id) {
        post({ type: "cancelled", id });
        return;
      }
    }
  } finally {
    if (running === id) running = undefined;
  }
}

function call(instance: Core, method: Method, args: readonly unknown[]): unknown {
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

/** The worker whose event loop a program runs on: one for each run. To leave it is to end the worker. */
import init, { EventLoop } from "../../gen/loop/loop.js";
import type { LoopAnswer, LoopRequest } from "./event-loop";
import { answerTo } from "./thrown";
import type { RunSpec } from "./wire";

/** How often the page hears how it is going. */
const STATE_EVERY_MS = 100;

let loop: EventLoop | undefined;
/** The reader can stop it before it has begun. */
let stopped = false;

self.addEventListener("message", ({ data }: MessageEvent<LoopRequest>) => {
  if (data.type === "press") {
    loop?.press();
    return;
  }
  if (data.type === "stop") {
    stopped = true;
    loop?.stop();
    return;
  }
  run(data.spec, data.speed).catch((thrown: unknown) => post(answerTo(thrown)));
});

async function run(spec: RunSpec, speed: number): Promise<void> {
  await init();
  const program = new EventLoop(spec);
  loop = program;
  if (stopped) program.stop();
  const begun = performance.now();
  const elapsed = () => performance.now() - begun;
  const tell = () => post({ type: "state", elapsedMs: elapsed(), waitsForReader: program.waitsForReader });
  const replays = program.run(speed) as Promise<RunSpec>;
  tell();
  const telling = setInterval(tell, STATE_EVERY_MS);
  try {
    const spec = await replays;
    post({ type: "done", spec, elapsedMs: elapsed() });
  } finally {
    clearInterval(telling);
  }
}

function post(message: LoopAnswer): void {
  self.postMessage(message);
}

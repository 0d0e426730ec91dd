/**
 * The worker in which a program is explored: one for each exploration. It works without a pause and hears nothing; to
 * cancel it is to end it.
 */
import init, { Explorer } from "../../gen/explorer/explorer.js";
import type { ExploreAnswer } from "./explorer";
import { EXECUTIONS, nextSlice, SAMPLES } from "./slices";
import { answerTo } from "./thrown";
import type { ExploreProgress, ExploreReport, ExploreSpec } from "./wire";

/** How often the page hears how far it is. */
const PROGRESS_EVERY_MS = 120;
/** How often it hears what was found, which costs a run of each outcome with a new witness. */
const REPORT_EVERY_MS = 400;

self.addEventListener("message", ({ data }: MessageEvent<ExploreSpec>) => {
  explore(data).catch((thrown: unknown) => post(answerTo(thrown)));
});

async function explore(spec: ExploreSpec): Promise<void> {
  await init();
  const explorer = new Explorer(spec);
  const begun = performance.now();
  let reported = 0;
  const report = () => {
    reported = performance.now();
    post({ type: "report", report: explorer.report() as ExploreReport });
  };
  const progressed = search(explorer, (progress) => {
    const now = performance.now();
    post({ type: "progress", progress, elapsedMs: now - begun });
    if (now - reported >= REPORT_EVERY_MS) report();
  });
  post({ type: "progress", progress: progressed, elapsedMs: performance.now() - begun });
  report();
  while (explorer.lookCloser()) {
    if (performance.now() - reported >= REPORT_EVERY_MS) report();
  }
  report();
  post({ type: "done" });
}

/** Searches and samples by turns, in slices, until both are over. */
function search(explorer: Explorer, tell: (progress: ExploreProgress) => void): ExploreProgress {
  let [executions, samples] = [EXECUTIONS.first, SAMPLES.first];
  let told = performance.now();
  for (;;) {
    const start = performance.now();
    const progress = explorer.advance(executions) as ExploreProgress;
    const middle = performance.now();
    const more = explorer.sample(samples);
    const end = performance.now();
    if (progress.over && !more) return explorer.advance(0) as ExploreProgress;
    executions = nextSlice(executions, middle - start, EXECUTIONS);
    samples = nextSlice(samples, end - middle, SAMPLES);
    if (end - told >= PROGRESS_EVERY_MS) {
      told = end;
      tell(progress);
    }
  }
}

function post(message: ExploreAnswer): void {
  self.postMessage(message);
}

/**
 * The worker in which a program is explored: one for each exploration. To cancel it is to end it.
 *
 * It searches alone, and where that takes long it asks for others who search parts of the same, on all cores, and puts
 * together what they find. Until one of them is ready it goes on, and where nobody comes it does so to the end.
 */
import init, { compiled, Explorer } from "../../gen/explorer/explorer.js";
import type { AsksForOthers, ExploreAnswer, ExploreRequest } from "./explorer";
import { type PartLine, Searchers } from "./parts";
import { EXECUTIONS, nextSlice, SAMPLES } from "./slices";
import { answerTo } from "./thrown";
import type { ExploreProgress, ExploreReport, ExploreSpec } from "./wire";

/** How often the page hears how far it is. */
const PROGRESS_EVERY_MS = 120;
/** How often it hears what was found, which costs a run of each outcome with a new witness. */
const REPORT_EVERY_MS = 400;
/** What is searched alone in so much time needs no others: to start them takes about as long. */
const ALONE_MS = 100;
/** So much of a search is nearly all of it, which is not begun again. */
const NEARLY_ALL = 0.75;

/** Takes the lines to others who search, once they were asked for. */
let takeLines: (lines: readonly PartLine[]) => void;

self.addEventListener("message", ({ data }: MessageEvent<ExploreRequest>) => {
  if (data.type === "lines") takeLines(data.lines as readonly PartLine[]);
  else explore(data.spec).catch((thrown: unknown) => post(answerTo(thrown)));
});

async function explore(spec: ExploreSpec): Promise<void> {
  await init();
  const explorer = new Explorer(spec);
  const told = new Told(explorer);
  told.progress(await search(explorer, spec, told));
  told.report();
  const all = explorer.leftToLookAt();
  const closer = () => post({ type: "closer", left: explorer.leftToLookAt(), all });
  closer();
  while (explorer.lookCloser()) {
    closer();
    told.reportInTime();
  }
  told.report();
  post({ type: "done" });
}

/** Searches and samples by turns, in slices, until both are over or others search. */
async function search(explorer: Explorer, spec: ExploreSpec, told: Told): Promise<ExploreProgress> {
  const begun = performance.now();
  // A bound on preemptions makes it another search, which cannot be divided.
  let [mayAsk, waits] = [spec.preemptions === null, false];
  let others: Searchers | undefined;
  let [executions, samples] = [EXECUTIONS.first, SAMPLES.first];
  for (;;) {
    const start = performance.now();
    const progress = explorer.advance(executions) as ExploreProgress;
    const middle = performance.now();
    const more = explorer.sample(samples);
    const end = performance.now();
    if (progress.over && !more) return explorer.advance(0) as ExploreProgress;
    executions = nextSlice(executions, middle - start, EXECUTIONS);
    samples = nextSlice(samples, end - middle, SAMPLES);
    told.inTime(progress);
    if (progress.over) continue;
    const all = Math.min(progress.estimate ?? spec.executions, spec.executions);
    if (others && progress.executions < NEARLY_ALL * all)
      return searchInParts(explorer, others, spec.executions, progress, told);
    if (mayAsk && end - begun >= ALONE_MS) {
      [mayAsk, waits] = [false, true];
      askForOthers(spec)
        // Where nobody can be handed the core it goes on alone.
        .catch(() => undefined)
        .then((found) => {
          [waits, others] = [false, found];
        });
    }
    if (waits) await turn();
  }
}

/** Others who search, once one of them is ready; none where nobody can, or the program cannot be divided. */
async function askForOthers(spec: ExploreSpec): Promise<Searchers | undefined> {
  const lines = new Promise<readonly PartLine[]>((resolve) => {
    takeLines = resolve;
  });
  post({ type: "others" });
  const searchers = new Searchers(await lines, compiled() as WebAssembly.Module, spec);
  if ((await searchers.divided) > 1) return searchers;
  searchers.end();
  return undefined;
}

/** Begins again, with others, and samples beside; `alone` is how far it has come without them. */
async function searchInParts(
  explorer: Explorer,
  others: Searchers,
  executions: number,
  alone: ExploreProgress,
  told: Told,
): Promise<ExploreProgress> {
  explorer.gather(await others.divided);
  const tell = (progress: ExploreProgress) => {
    // What was found alone is found again: until then the page knows more.
    const { sampled } = progress;
    if (progress.executions < alone.executions) told.progressInTime({ ...alone, sampled });
    else told.inTime(progress);
  };
  let searching = true;
  const search = others.search(executions, (found) => {
    const progress = explorer.join(found) as ExploreProgress;
    tell(progress);
    return !progress.over;
  });
  const searched = search.finally(() => {
    searching = false;
    others.end();
  });
  const sampled = async () => {
    let samples = SAMPLES.first;
    for (let start = performance.now(); explorer.sample(samples); start = performance.now()) {
      samples = nextSlice(samples, performance.now() - start, SAMPLES);
      tell(explorer.advance(0) as ExploreProgress);
      // The others search on the same cores: its part of the time stays what it is.
      await turn(searching ? EXECUTIONS.goalMs : 0);
    }
  };
  await Promise.all([searched, sampled()]);
  return explorer.advance(0) as ExploreProgress;
}

/** What the page hears of it: in time, or at once. */
class Told {
  readonly #begun = performance.now();
  #progressAt = this.#begun;
  #reportAt = 0;

  constructor(private readonly explorer: Explorer) {}

  progress(progress: ExploreProgress): void {
    this.#progressAt = performance.now();
    post({ type: "progress", progress, elapsedMs: this.#progressAt - this.#begun });
  }

  report(): void {
    this.#reportAt = performance.now();
    post({ type: "report", report: this.explorer.report() as ExploreReport });
  }

  reportInTime(): void {
    if (performance.now() - this.#reportAt >= REPORT_EVERY_MS) this.report();
  }

  /** Answers whether it was time. */
  progressInTime(progress: ExploreProgress): boolean {
    const isTime = performance.now() - this.#progressAt >= PROGRESS_EVERY_MS;
    if (isTime) this.progress(progress);
    return isTime;
  }

  inTime(progress: ExploreProgress): void {
    if (this.progressInTime(progress)) this.reportInTime();
  }
}

/** Lets messages come in. */
function turn(pauseMs = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}

function post(message: ExploreAnswer | AsksForOthers): void {
  self.postMessage(message);
}

/** A worker that searches parts of an exploration: one of several, beside each other. */
import init, { Searcher } from "../../gen/explorer/explorer.js";
import type { PartAnswer, PartRequest } from "./parts";
import { EXECUTIONS, nextSlice } from "./slices";
import { answerTo } from "./thrown";
import type { PartFound } from "./wire";

/** When it tells what it has found: until it is given more it waits. */
const ANSWER_AFTER_MS = 100;

let searcher: Searcher | undefined;
let slice = EXECUTIONS.first;

self.addEventListener("message", ({ data: line }: MessageEvent<MessagePort>) => {
  line.onmessage = ({ data }: MessageEvent<PartRequest>) => {
    if (data.type === "end") self.close();
    else
      answer(data)
        .catch(answerTo)
        .then((answer) => line.postMessage(answer));
  };
});

async function answer(request: Exclude<PartRequest, { type: "end" }>): Promise<PartAnswer> {
  if (request.type === "divide") {
    await init({ module_or_path: request.module });
    searcher = new Searcher(request.spec, request.workers);
    return { type: "divided", parts: searcher.parts };
  }
  if (!searcher) throw new Error("a part of what is not divided");
  return { type: "found", found: search(searcher, request.part, request.executions) };
}

function search(searcher: Searcher, part: number, executions: number): PartFound[] {
  const begun = performance.now();
  const found: PartFound[] = [];
  for (let left = executions; ; ) {
    const start = performance.now();
    const more = searcher.advance(part, Math.min(slice, left)) as PartFound;
    const end = performance.now();
    slice = nextSlice(slice, end - start, EXECUTIONS);
    found.push(more);
    left -= more.executions;
    if (more.over || left === 0 || end - begun >= ANSWER_AFTER_MS) return found;
  }
}

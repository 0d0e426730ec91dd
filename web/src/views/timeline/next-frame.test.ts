import { expect, test } from "vitest";
import { NextFrame } from "./next-frame";

function screen() {
  const due = new Map<number, () => void>();
  let last = 0;
  return {
    due,
    request(callback: () => void) {
      last += 1;
      due.set(last, callback);
      return last;
    },
    cancel: (handle: number) => void due.delete(handle),
    refresh() {
      const callbacks = [...due.values()];
      due.clear();
      for (const callback of callbacks) callback();
    },
  };
}

test("only the last wish of a frame is done, once", () => {
  const [frames, done] = [screen(), [] as string[]];
  const next = new NextFrame(frames);
  next.want(() => done.push("cursor"));
  next.want(() => done.push("moment"));
  expect([done, frames.due.size]).toEqual([[], 1]);
  frames.refresh();
  frames.refresh();
  expect(done).toEqual(["moment"]);
});

test("what is asked for while a frame is made is done in the next one", () => {
  const [frames, done] = [screen(), [] as string[]];
  const next = new NextFrame(frames);
  next.want(() => {
    done.push("first");
    next.want(() => done.push("second"));
  });
  frames.refresh();
  expect(done).toEqual(["first"]);
  frames.refresh();
  expect(done).toEqual(["first", "second"]);
});

test("what is forgotten is not done, and later wishes are", () => {
  const [frames, done] = [screen(), [] as string[]];
  const next = new NextFrame(frames);
  next.want(() => done.push("gone"));
  next.forget();
  frames.refresh();
  next.want(() => done.push("later"));
  frames.refresh();
  expect(done).toEqual(["later"]);
});

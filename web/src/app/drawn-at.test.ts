import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { drawWithMoments } from "./drawn-at";

function page() {
  const store = { at: signal(0), moment: signal<{ at: number } | undefined>(undefined), drawnAt: signal(0) };
  const due: Array<() => void> = [];
  drawWithMoments(store, (callback) => due.push(callback));
  const frame = () => {
    for (const callback of due.splice(0)) callback();
  };
  frame();
  frame();
  return { ...store, frame };
}

it("draws the cursor with its moment, and not before", () => {
  const { at, moment, drawnAt, frame } = page();
  at.value = 5;
  frame();
  expect(drawnAt.value).toBe(0);
  moment.value = { at: 5 };
  expect(drawnAt.value).toBe(5);
});

it("draws it without one that takes longer than a frame, however often it moves meanwhile", () => {
  const { at, moment, drawnAt, frame } = page();
  at.value = 1;
  frame();
  at.value = 2;
  frame();
  expect(drawnAt.value).toBe(2);
  at.value = 3;
  moment.value = { at: 2 };
  expect(drawnAt.value).toBe(2);
  frame();
  frame();
  expect(drawnAt.value).toBe(3);
});

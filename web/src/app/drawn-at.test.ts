import { batch, signal } from "@preact/signals";
import { expect, it } from "vitest";
import { drawWithMoments } from "./drawn-at";

function page() {
  const [near, moment] = [{ from: 0, to: 8 }, signal<{ at: number } | undefined>(undefined)];
  const wanted = { run: signal({}), at: signal(0), stride: signal(0), viewport: signal(near), moment };
  const store = { ...wanted, drawnAt: signal(0), drawnStride: signal(0), drawnViewport: signal(near) };
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

it("draws the cursor of another run with that run, and does not wait for its moment", () => {
  const { run, at, moment, drawnAt } = page();
  moment.value = { at: 0 };
  at.value = 9;
  moment.value = { at: 9 };
  batch(() => {
    run.value = {};
    at.value = 0;
  });
  expect(drawnAt.value).toBe(0);
});

it("turns to another stretch with the moment there, and at once where the cursor stays", () => {
  const { at, stride, viewport, moment, drawnStride, drawnViewport } = page();
  const [first, far, closer] = [
    { from: 0, to: 90 },
    { from: 480, to: 570 },
    { from: 490, to: 520 },
  ];
  viewport.value = first;
  expect(drawnViewport.value, "nothing is drawn yet").toBe(first);
  moment.value = { at: 0 };
  batch(() => {
    viewport.value = far;
    stride.value = 500;
    at.value = 500;
  });
  expect([drawnViewport.value, drawnStride.value]).toEqual([first, 0]);
  moment.value = { at: 500 };
  expect([drawnViewport.value, drawnStride.value]).toEqual([far, 500]);
  viewport.value = closer;
  expect(drawnViewport.value).toBe(closer);
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

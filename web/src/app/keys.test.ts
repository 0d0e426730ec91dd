import { expect, it } from "vitest";
import { type Pressed, wishOf } from "./keys";

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  on: "page",
  letters: true,
  ...more,
});

it.each<[string, Pressed, unknown]>([
  ["an arrow steps", press("ArrowRight"), { type: "step", by: 1 }],
  ["a page is ten steps", press("PageUp"), { type: "step", by: -10 }],
  ["space plays", press(" "), { type: "play" }],
  ["space on a button is the button's", press(" ", { on: "control" }), undefined],
  ["an arrow on a button still steps", press("ArrowLeft", { on: "control" }), { type: "step", by: -1 }],
  ["nothing while text is typed", press("ArrowLeft", { on: "text" }), undefined],
  ["nothing with Ctrl: the browser's own", press("0", { ctrlKey: true }), undefined],
  ["a letter is a key", press("n"), { type: "find", backward: false }],
  ["a letter is none where letters are off", press("n", { letters: false }), undefined],
  ["nor is a sign", press("?", { letters: false }), undefined],
  ["nor is a digit", press("0", { letters: false }), undefined],
  ["an arrow is one all the same", press("ArrowRight", { letters: false }), { type: "step", by: 1 }],
  ["and so is space", press(" ", { letters: false }), { type: "play" }],
  ["nothing for other keys", press("x"), undefined],
])("%s", (_name, pressed, wish) => {
  expect(wishOf(pressed)).toEqual(wish);
});

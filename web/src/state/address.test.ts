import { expect, it } from "vitest";
import { Address } from "./address";

function book() {
  const entries: string[] = ["#start"];
  const due: Array<() => void> = [];
  const address = new Address(
    {
      pushState: (_data, _unused, url) => void entries.push(url),
      replaceState: (_data, _unused, url) => void entries.splice(-1, 1, url),
    },
    {
      set: (callback) => due.push(callback) - 1,
      clear: (handle) => {
        due[handle] = () => {};
      },
    },
  );
  const later = () => {
    for (const callback of due.splice(0)) callback();
  };
  return { address, entries, later };
}

it("replaces once for many steps, with the last of them", () => {
  const { address, entries, later } = book();
  for (const fragment of ["#1", "#2", "#3"]) address.replaceSoon(fragment);
  expect(entries).toEqual(["#start"]);
  later();
  expect(entries).toEqual(["#3"]);
});

it("never writes a step of the run before over a new run", () => {
  const { address, entries, later } = book();
  address.replaceSoon("#old/5");
  address.push("#new/0");
  later();
  expect(entries).toEqual(["#start", "#new/0"]);
});

import { expect, it } from "vitest";
import { EVENTS_A_PAGE, eventsOn, pageOf, pagesOf } from "./pages";

it("has every event on one page, and the cursor's among them", () => {
  const events = 3 * EVENTS_A_PAGE + 7;
  const listed: number[] = [];
  for (let page = 0; page < pagesOf(events); page += 1) {
    const { from, to } = eventsOn(page, events);
    for (let index = from; index < to; index += 1) {
      listed.push(index);
      expect(pageOf(index + 1)).toBe(page);
    }
  }
  expect(listed).toEqual(Array.from({ length: events }, (_, index) => index));
});

it("has one page of nothing", () => {
  expect([pagesOf(0), pageOf(0), eventsOn(0, 0)]).toEqual([1, 0, { from: 0, to: 0 }]);
});

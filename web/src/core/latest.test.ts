import { describe, expect, it } from "vitest";
import { Latest } from "./latest";

/** A question whose answers are given by hand. */
function byHand() {
  const asked: number[] = [];
  const open: Array<(fail?: Error) => void> = [];
  const given: number[] = [];
  const failed: unknown[] = [];
  const latest = new Latest<number, number>(
    (wish) =>
      new Promise((resolve, reject) => {
        asked.push(wish);
        open.push((fail) => (fail ? reject(fail) : resolve(wish)));
      }),
    (answer) => given.push(answer),
    (error) => failed.push(error),
  );
  const settle = async (fail?: Error) => {
    open.shift()?.(fail);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { latest, asked, given, failed, settle };
}

describe("the latest wish", () => {
  it("is the only one asked for after the one under way", async () => {
    const { latest, asked, given, settle } = byHand();
    for (const wish of [1, 2, 3, 4]) latest.want(wish);
    expect(asked).toEqual([1]);
    await settle();
    expect(asked).toEqual([1, 4]);
    await settle();
    expect(given).toEqual([1, 4]);
  });

  it("can be forgotten before it is asked for", async () => {
    const { latest, asked, settle } = byHand();
    latest.want(1);
    latest.want(2);
    latest.forget();
    await settle();
    expect(asked).toEqual([1]);
  });

  it("is asked for even when the one before failed", async () => {
    const { latest, asked, failed, settle } = byHand();
    latest.want(1);
    latest.want(2);
    await settle(new Error("no"));
    expect(failed).toHaveLength(1);
    expect(asked).toEqual([1, 2]);
  });
});

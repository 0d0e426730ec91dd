import { expect, it } from "vitest";
import { LONGEST_LINK_CHARACTERS, pack, readTcpPlace, unpack, writeTcpPlace } from "./link";

it("reads what it writes", () => {
  for (const place of [
    { at: undefined, session: undefined },
    { at: 0, session: undefined },
    { at: 12, session: "abc-_" },
    { at: 12, session: "abc-_", stretch: { from: 3, to: 20 } },
    { at: undefined, session: undefined, stretch: { from: 0, to: 8 } },
  ]) {
    expect(readTcpPlace(writeTcpPlace(place))).toEqual({ ...place, unknown: [] });
  }
});

it("leaves other chapters alone", () => {
  expect(readTcpPlace("#/rendezvous?at=2")).toBeUndefined();
  expect(readTcpPlace("")).toBeUndefined();
  expect(readTcpPlace("#/tcp-clocks")).toBeUndefined();
});

it("says what came where no position did", () => {
  for (const at of ["-1", "1.5", "x", "", "1e3", "9".repeat(20)]) {
    expect(readTcpPlace(`#/tcp-clock?at=${at}`)).toEqual({ at, session: undefined, unknown: [] });
  }
});

it.each([
  ["at=3&speed=2", ["speed"]],
  ["at=3&view=9&speed=2", ["view=9", "speed"]],
  ["at=3&view=9-3", ["view=9-3"]],
  ["lens=a&lens=b&at=3&lanes=x&only=y&fold=z", ["lens", "lanes", "only"]],
  [`at=3&${"x".repeat(30)}`, ["x".repeat(20)]],
])("names what else came in %s, a few and not at length", (query, unknown) => {
  expect(readTcpPlace(`#/tcp-clock?${query}`)).toEqual({ at: 3, session: undefined, unknown });
});

it("packs a session and unpacks it, whatever is in it", async () => {
  const text = `{"entries":[${'"2006-01-02 15:04:05",'.repeat(500)}"结束"]}`;
  const packed = await pack(text);
  expect(packed).toMatch(/^[\w-]+$/);
  expect(await unpack(packed ?? "")).toBe(text);
});

it("says when a session is too long for a link", async () => {
  const noise = Array.from({ length: LONGEST_LINK_CHARACTERS * 4 }, (_, index) => Math.sin(index).toString(36)[5]).join(
    "",
  );
  expect(await pack(noise)).toBeUndefined();
});

it("unpacks nothing that is damaged, and no bomb", async () => {
  const packed = (await pack("a".repeat(1000))) ?? "";
  expect(await unpack(packed.slice(0, 4))).toBeUndefined();
  expect(await unpack("%%%")).toBeUndefined();
  const bomb = await pack("0".repeat(5 * 1024 * 1024));
  expect(await unpack(bomb ?? "")).toBeUndefined();
});

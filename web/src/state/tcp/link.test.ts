import { expect, it } from "vitest";
import { LONGEST_LINK_CHARACTERS, pack, readTcpPlace, unpack, writeTcpPlace } from "./link";

it("reads what it writes", () => {
  for (const place of [
    { at: undefined, session: undefined },
    { at: 0, session: undefined },
    { at: 12, session: "abc-_" },
  ]) {
    expect(readTcpPlace(writeTcpPlace(place))).toEqual(place);
  }
});

it("leaves other chapters alone, and positions that are none", () => {
  expect(readTcpPlace("#/rendezvous?at=2")).toBeUndefined();
  expect(readTcpPlace("")).toBeUndefined();
  expect(readTcpPlace("#/tcp-clocks")).toBeUndefined();
  for (const at of ["-1", "1.5", "x", ""])
    expect(readTcpPlace(`#/tcp-clock?at=${at}`)?.at || undefined).toBeUndefined();
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

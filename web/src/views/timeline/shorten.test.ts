import { expect, test } from "vitest";
import { shorten } from "./shorten";

test("a name that is too long keeps both its ends", () => {
  const to = (most: number) => shorten("goroutine 1 stores", (text) => text.length <= most);
  expect([18, 17, 12, 3, 1].map(to)).toEqual(["goroutine 1 stores", "goroutin…1 stores", "gorou…stores", "g…s", "g…"]);
  expect(shorten("👍👍👍👍", (text) => Array.from(text).length <= 3)).toBe("👍…👍");
});

import { expect, it } from "vitest";
import { tcpIn } from "../../words/tcp";
import { refusalIn } from "./refusal";

it("tells a setting out of range in the reader's language", () => {
  const refusal = "intervalMs is 0; it must be from 1 to 60000\n";
  expect(refusalIn(tcpIn("en"), refusal)).toBe(
    "“Milliseconds between two writes” cannot be 0; it has to be from 1 to 60000.",
  );
  expect(refusalIn(tcpIn("zh"), refusal)).toMatch(/不能是 0，应在 1 到 60000 之间。$/);
});

it("tells anything else as the companion does", () => {
  expect(refusalIn(tcpIn("en"), "the clock does not run")).toBe("the clock does not run");
});

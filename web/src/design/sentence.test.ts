import { expect, it } from "vitest";
import type { Part } from "../core/wire";
import type { Named } from "../state/roles";
import { piecesOf } from "./sentence";

const producer: Named = { id: 1, name: "producer 1", role: "producer", hue: 2, sign: "1" };

function told(parts: readonly Part[], named: readonly Named[]): string[] {
  return piecesOf(parts, named).map((piece) => {
    if (typeof piece === "string") return piece;
    const { class: name, children } = piece.props as { class?: string; children?: unknown };
    return `<${name}>${children}`;
  });
}

const text = (words: string): Part => ({ type: "text", text: words });

it("marks names by what they name", () => {
  const parts: Part[] = [
    { type: "goroutine", id: 1, text: "producer 1" },
    text(" sends "),
    { type: "value", text: "7" },
    text(" on "),
    { type: "object", id: 3, text: "data" },
    text(": it is full; nobody receives"),
  ];
  const rest = [" sends ", "<value>7", " on ", "<object>data", ": it is full; nobody receives"];
  expect(told(parts, [{ ...producer, id: 0 }, producer])).toEqual(["<name role-2>producer 1", ...rest]);
  expect(told(parts, [])).toEqual(["<name>producer 1", ...rest]);
});

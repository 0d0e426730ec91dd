import { expect, it } from "vitest";
import { readSource } from "./labels";

it("takes labels off and keeps line numbers", () => {
  const source = readSource("func main() { //= main\n\tclose(stopCh) //= close stop\n}\n// plain //comment\n\n");
  expect(source.lines).toEqual(["func main() {", "    close(stopCh)", "}", "// plain //comment"]);
  expect(source.labels).toEqual({ main: [1], close: [2], stop: [2] });
});

it("lets a label stand on several lines", () => {
  expect(readSource("a //= x\nb\nc //= x").labels).toEqual({ x: [1, 3] });
});

it("leaves a line that is nothing but a label empty", () => {
  expect(readSource("//= only").lines).toEqual([""]);
});

it.each(["a //= Upper", "a //=", "a //= two,labels"])("refuses %j and names the line", (text) => {
  expect(() => readSource(text)).toThrow("line 1");
});

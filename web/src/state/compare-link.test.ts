import { describe, expect, it } from "vitest";
import { fragmentOf, joinCompared, splitCompared } from "./compare-link";

describe("an address with a run to compare with", () => {
  const cases = [
    { fragment: "#/many-to-many?seed=3&at=9", other: "#/many-to-many?seed=4&by=1-park~2&at=1" },
    { fragment: "#/many-to-many", other: "#/many-to-many?seed=4" },
    { fragment: "#/many-to-many?seed=3", other: undefined },
    { fragment: "", other: undefined },
  ];
  it.each(cases)("comes apart as it was put together: %o", (compared) => {
    expect(splitCompared(joinCompared(compared))).toEqual(compared);
  });

  it.each([
    "#/a?at=1&with=a?at=2&seed=3",
    // As links once had it, and as chat programs escape it.
    "#/a?at=1&with=a%3Fat%3D2%26seed%3D3",
  ])("keeps the two apart: %s", (written) => {
    const compared = { fragment: "#/a?at=1", other: "#/a?at=2&seed=3" };
    expect(splitCompared(written)).toEqual(compared);
    expect(joinCompared(compared)).toBe("#/a?at=1&with=a?at=2&seed=3");
  });

  it("that is damaged stays whole for the core to refuse", () => {
    expect(splitCompared("#/a?with=%E0%A4%A")).toEqual({ fragment: "#/a?with=%E0%A4%A", other: undefined });
  });
});

describe("what was pasted", () => {
  it.each([
    ["https://page/x/#/a?at=2", "#/a?at=2"],
    [" #/a?at=2 ", "#/a?at=2"],
    ["/a?at=2", "#/a?at=2"],
    ["#/a?at=2&with=b", "#/a?at=2"],
  ])("%s is the fragment %s", (pasted, fragment) => {
    expect(fragmentOf(pasted)).toBe(fragment);
  });
});

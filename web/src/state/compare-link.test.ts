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
    expect(splitCompared(joinCompared(compared))).toEqual({ ...compared, bad: undefined });
  });

  it.each([
    "#/a?at=1&with=a?at=2&seed=3",
    // As links once had it, and as chat programs escape it.
    "#/a?at=1&with=a%3Fat%3D2%26seed%3D3",
  ])("keeps the two apart: %s", (written) => {
    const compared = { fragment: "#/a?at=1", other: "#/a?at=2&seed=3" };
    expect(splitCompared(written)).toEqual({ ...compared, bad: undefined });
    expect(joinCompared(compared)).toBe("#/a?at=1&with=a?at=2&seed=3");
  });

  it.each([
    ["#/a?with=%E0%A4%A", undefined, "%E0%A4%A"],
    ["#/a?with=", undefined, ""],
    ["#/a?with=&with=b", undefined, "&with=b"],
    ["#/a?with=b?seed=2&with=c?seed=3", "#/b?seed=2", "c?seed=3"],
    ["#/a?with=b%3Fseed%3D2%26with%3Dc", "#/b?seed=2", "c"],
  ])("of which a part is none keeps the rest, and names that: %s", (written, other, bad) => {
    expect(splitCompared(written)).toEqual({ fragment: "#/a", other, bad });
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

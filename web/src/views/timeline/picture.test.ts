import { expect, it } from "vitest";
import type { DrawList } from "./draw-list";
import type { Palette } from "./palette";
import { svgOf } from "./picture";

const palette: Palette = { colour: (name) => `c-${name}`, face: '"A & B"', codeFace: "mono", smallSize: "12px" };
const caption = { title: "<Many> producers: step 24", description: "producer 3 sends" };
const svg = (list: DrawList) => svgOf({ list, palette, width: 100, height: 50 }, caption);

it("says what it is of, and has nothing in it for hands", () => {
  const drawn = svg([
    { kind: "path", points: [0, 0, 5, 5], stroke: "ink", handle: true },
    { kind: "path", points: [1, 1, 6, 6], stroke: "ink" },
  ]);
  expect(drawn).toContain("<title>&lt;Many&gt; producers: step 24</title>\n<desc>producer 3 sends</desc>");
  expect(drawn.match(/<path/g)).toHaveLength(1);
});

it("keeps text as text, and what a program named is no markup", () => {
  const drawn = svg([{ kind: "label", x: 1, y: 2, text: '<b>&"x"</b>', colour: "ink" }]);
  expect(drawn).toContain("&lt;b&gt;&amp;&quot;x&quot;&lt;/b&gt;</text>");
  expect(drawn).toContain('font-family="&quot;A &amp; B&quot;"');
  expect(drawn).not.toContain("<b>");
});

it("draws every kind of item once", () => {
  const drawn = svg([
    { kind: "box", x: 0, y: 0, width: 9, height: 4, hatch: "role1" },
    { kind: "path", points: [0, 0, 1, 1, 2, 2, 3, 3], curved: true, stroke: "ink", dash: [2, 3] },
    { kind: "circle", x: 5, y: 5, radius: 2.123, fill: "paper" },
  ]);
  expect(drawn).toContain('fill="url(#hatch0)"');
  expect(drawn).toContain('<pattern id="hatch0"');
  expect(drawn).toContain('d="M0 0C1 1 2 2 3 3"');
  expect(drawn).toContain('r="2.12"');
});

it("draws a strip's columns before and after the cursor apart", () => {
  const columns = new Uint8Array([1, 3, 1, 0, 1, 3]);
  const strip = { kind: "strip", along: 0, step: 10, across: 20, thickness: 8, turned: false } as const;
  const drawn = svg([{ ...strip, colour: "role1", columns, now: 2, most: 3 }]);
  expect(drawn).toContain('d="M0 16h10v8h-10Z"');
  expect(drawn).toContain('d="M20 16h10v8h-10Z"');
  // Later columns are fainter, and still above the ground.
  const [past = 0, ahead = 0] = [...drawn.matchAll(/ opacity="([\d.]+)"/g)].map(([, opacity]) => Number(opacity));
  expect(ahead).toBeLessThan(past);
  expect(ahead).toBeGreaterThanOrEqual(0.3);
});

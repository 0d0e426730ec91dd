import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** What WCAG asks of text of usual size at level AA. */
const LEAST_CONTRAST = 4.5;

const GROUNDS = ["paper", "raised", "sunken", "now-wash", "bad-wash", "warn-wash"];
const INKS = ["ink", "ink-soft", "ink-faint", "now", "bad", "warn", "good"];
const ROLES = Array.from({ length: 6 }, (_, hue) => `role-${hue}`);
const CODE = ["keyword", "string", "number", "comment", "name"].map((part) => `code-${part}`);

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const TOKENS = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name,
    { light, dark },
  ]),
);

/** Relative luminance, by WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(name: string, ground: string, theme: "light" | "dark"): number {
  const [a, b] = [name, ground].map((token) => {
    const colour = TOKENS.get(token)?.[theme];
    if (!colour) throw new Error(`there is no token --${token}`);
    return luminance(colour);
  });
  const [low = 0, high = 0] = [a ?? 0, b ?? 0].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

it.each(["light", "dark"] as const)("whatever is written can be read on every ground in the %s theme", (theme) => {
  const faint = [...INKS, ...ROLES, ...CODE].flatMap((name) =>
    GROUNDS.map((ground) => ({ pair: `${name} on ${ground}`, contrast: contrast(name, ground, theme) })),
  );
  expect(faint.filter(({ contrast }) => contrast < LEAST_CONTRAST)).toEqual([]);
});

import { expect, it } from "vitest";
import type { Named } from "../../state/roles";
import { signsOf } from "./signs";

const who = (id: number, role: string, hue: number): Named => ({
  id,
  name: `${role} ${id}`,
  role,
  hue,
  sign: String(id),
});
const say = (names: string) => `Here: ${names}`;

it("names one or two of a role and counts more", () => {
  const standing = [
    { line: 9, who: who(1, "producer", 2) },
    { line: 4, who: who(7, "consumer", 3) },
    { line: 9, who: who(2, "producer", 2) },
    { line: 9, who: who(8, "consumer", 3) },
    { line: 4, who: who(8, "consumer", 3) },
    { line: 4, who: who(9, "consumer", 3) },
  ];
  const lines = signsOf(standing, 2, say);
  expect(lines.map(({ line, signs }) => `${line}: ${signs.map(({ text }) => text).join(" ")}`)).toEqual([
    "4: ×3",
    "9: 1 2 8",
  ]);
  expect(lines[1]?.title).toBe("Here: producer 1, producer 2, consumer 8");
  const short = signsOf(standing, 1, say);
  expect(short.map(({ signs }) => signs.map(({ text }) => text).join(" "))).toEqual(["×3", "×2 8"]);
});

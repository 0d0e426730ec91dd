import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

test("the page and the crates have one version", () => {
  const [, version] = /^version = "(.+)"$/m.exec(read("Cargo.toml"));
  expect(JSON.parse(read("package.json")).version).toBe(version);
  expect(JSON.parse(read("package-lock.json")).version).toBe(version);
});

import { describe, expect, it } from "vitest";
import { Preferences, type Storage } from "./preferences";

function memory(entries: Record<string, string> = {}): Storage {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

describe("the language", () => {
  it.each<[string[], string]>([
    [["zh-CN", "en"], "zh"],
    [["de-DE", "zh-Hant-TW", "en-GB"], "zh"],
    [["en-US"], "en"],
    [["fr"], "en"],
    [[], "en"],
  ])("of a browser that prefers %j is %s", (tags, expected) => {
    expect(new Preferences(() => memory()).language(tags)).toBe(expected);
  });

  it("is the one chosen before, whatever the browser prefers", () => {
    const preferences = new Preferences(() => memory({ "chanscope.language": "zh" }));
    expect(preferences.language(["en"])).toBe("zh");
  });

  it("is not read from nonsense", () => {
    expect(new Preferences(() => memory({ "chanscope.language": "xx" })).language(["zh"])).toBe("zh");
  });
});

describe("the theme", () => {
  it("is remembered and forgotten", () => {
    const storage = memory();
    const preferences = new Preferences(() => storage);
    preferences.rememberTheme("dark");
    expect(preferences.theme()).toBe("dark");
    preferences.rememberTheme(undefined);
    expect(preferences.theme()).toBeUndefined();
  });
});

it("works where storage is forbidden", () => {
  const preferences = new Preferences(() => {
    throw new Error("SecurityError");
  });
  preferences.rememberTheme("dark");
  preferences.rememberLanguage("zh");
  expect(preferences.theme()).toBeUndefined();
  expect(preferences.language(["en"])).toBe("en");
});

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
    expect(
      new Preferences(
        () => memory(),
        () => memory(),
      ).language(tags),
    ).toBe(expected);
  });

  it("is the one chosen before, whatever the browser prefers", () => {
    const preferences = new Preferences(
      () => memory({ "chanscope.language": "zh" }),
      () => memory(),
    );
    expect(preferences.language(["en"])).toBe("zh");
  });

  it("is not read from nonsense", () => {
    expect(
      new Preferences(
        () => memory({ "chanscope.language": "xx" }),
        () => memory(),
      ).language(["zh"]),
    ).toBe("zh");
  });
});

describe("the theme", () => {
  it("is remembered and forgotten", () => {
    const storage = memory();
    const tab = memory();
    const preferences = new Preferences(
      () => storage,
      () => tab,
    );
    preferences.rememberTheme("dark");
    expect(preferences.theme()).toBe("dark");
    preferences.rememberTheme(undefined);
    expect(preferences.theme()).toBeUndefined();
  });
});

describe("keys of one letter", () => {
  it("are on, stay off once they are switched off, and not in other tabs", () => {
    const shared = memory();
    const tabs = [memory(), memory()].map((tab) => () => {
      return new Preferences(
        () => shared,
        () => tab,
      );
    });
    expect(tabs.map((tab) => tab().letterKeys())).toEqual([true, true]);
    tabs[0]?.().rememberLetterKeys(false);
    expect(tabs.map((tab) => tab().letterKeys())).toEqual([false, true]);
    const later = () =>
      new Preferences(
        () => shared,
        () => memory(),
      ).letterKeys();
    expect(later()).toBe(false);
    tabs[0]?.().rememberLetterKeys(true);
    expect([tabs[0]?.().letterKeys(), later()]).toEqual([true, true]);
  });
});

it("works where storage is forbidden", () => {
  const forbidden = () => {
    throw new Error("SecurityError");
  };
  const preferences = new Preferences(forbidden, forbidden);
  preferences.rememberTheme("dark");
  preferences.rememberLanguage("zh");
  preferences.rememberLetterKeys(false);
  expect(preferences.letterKeys()).toBe(true);
  expect(preferences.theme()).toBeUndefined();
  expect(preferences.language(["en"])).toBe("en");
});

describe("two tabs", () => {
  const tabOf = (shared: Storage) => {
    const own = memory();
    /** The page in this tab, as it is after each reload. */
    return () =>
      new Preferences(
        () => shared,
        () => own,
      );
  };

  it("do not change each other's language and theme, and a third begins with what was chosen last", () => {
    const shared = memory();
    const [first, second] = [tabOf(shared), tabOf(shared)];
    for (const page of [first(), second()]) {
      expect([page.language(["en"]), page.theme()]).toEqual(["en", undefined]);
    }
    second().rememberLanguage("zh");
    second().rememberTheme("dark");
    expect([first().language(["en"]), first().theme()]).toEqual(["en", undefined]);
    expect([second().language(["en"]), second().theme()]).toEqual(["zh", "dark"]);
    const third = tabOf(shared);
    expect([third().language(["en"]), third().theme()]).toEqual(["zh", "dark"]);
  });
});

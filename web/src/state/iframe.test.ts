import { expect, it } from "vitest";
import { iframeOf } from "./iframe";

it("escapes what would end an attribute", () => {
  expect(iframeOf("https://a.example/?embed#/x?a=1&b=2", 'say "<hi>"', false)).toBe(
    '<iframe src="https://a.example/?embed#/x?a=1&amp;b=2" title="say &quot;&lt;hi&gt;&quot;" width="100%" height="420" loading="lazy" style="border: 0"></iframe>',
  );
});

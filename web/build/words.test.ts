import { expect, it } from "vitest";
import { labelsIn, questionOf, readWords } from "./words";

it("keeps what the page has a form for", () => {
  const blocks = readWords("# Who *stops*?\n\nOnly the [moderator](#close) does.\n\n- `a`\n- [try it](?producers=3)\n");
  expect(blocks).toEqual([
    {
      type: "heading",
      depth: 1,
      children: [
        { type: "text", text: "Who " },
        { type: "emphasis", children: [{ type: "text", text: "stops" }] },
        { type: "text", text: "?" },
      ],
    },
    {
      type: "paragraph",
      children: [
        { type: "text", text: "Only the " },
        {
          type: "link",
          to: { type: "label", label: "close" },
          children: [{ type: "text", text: "moderator" }],
        },
        { type: "text", text: " does." },
      ],
    },
    {
      type: "list",
      ordered: false,
      items: [
        [{ type: "paragraph", children: [{ type: "code", text: "a" }] }],
        [
          {
            type: "paragraph",
            children: [
              {
                type: "link",
                to: { type: "run", query: "producers=3" },
                children: [{ type: "text", text: "try it" }],
              },
            ],
          },
        ],
      ],
    },
  ]);
  expect(labelsIn(blocks)).toEqual(["close"]);
});

it("takes a list of links to what can happen for a question", () => {
  const blocks = readWords(
    "Which?\n\n- [`c` *twice*](can:prints=got%201,c,c)\n- [nothing](can:prints=)\n- [it hangs](can:ends=deadlocked)\n",
  );
  expect(blocks[1]).toMatchObject({
    type: "question",
    options: [{ children: [{ type: "code", text: "c" }, { text: " " }, { type: "emphasis" }] }, {}, {}],
  });
  expect(questionOf(blocks)).toEqual([
    { type: "prints", lines: ["c", "c", "got 1"] },
    { type: "prints", lines: [] },
    { type: "ends", how: "deadlocked" },
  ]);
});

it("joins lines with a space in English and without one in Chinese", () => {
  expect(readWords("one\ntwo")).toEqual([{ type: "paragraph", children: [{ type: "text", text: "one two" }] }]);
  expect(readWords("谁来\n关闭")).toEqual([{ type: "paragraph", children: [{ type: "text", text: "谁来关闭" }] }]);
});

it.each([
  ["raw HTML", "a <script>alert(1)</script> b"],
  ["a block of HTML", "<div>x</div>"],
  ["an image", "![x](https://example.org/x.png)"],
  ["a script as a link", "[x](javascript:alert)"],
  ["a fourth heading", "#### x"],
  ["a quotation", "> x"],
  ["a question about something unknown", "- [x](can:rain=today)"],
  ["a question about an unknown end", "- [x](can:ends=badly)"],
  ["a question with something else in it", "- [x](can:ends=well)\n- y"],
  ["what can happen outside of a question", "[x](can:ends=well)"],
  ["two questions", "- [x](can:ends=well)\n\ny\n\n- [z](can:ends=well)"],
])("refuses %s", (_name, markdown) => {
  expect(() => readWords(markdown)).toThrow();
});

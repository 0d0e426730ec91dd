/**
 * A scenario's words, from Markdown to the small tree that the page draws.
 *
 * Only what the page has a form for is taken: headings to the third depth, paragraphs, emphasis, code, lists and links.
 * Anything else, raw HTML above all, stops the build with the place where it stands.
 */
import type { List, ListItem, PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import {
  type Block,
  ENDS,
  type Expectation,
  type Inline,
  type LinkTarget,
  type Option,
} from "../src/state/scenario-files.ts";

export function readWords(markdown: string): readonly Block[] {
  const blocks = fromMarkdown(markdown).children.map(block);
  if (blocks.filter(({ type }) => type === "question").length > 1) throw new Error("a second question");
  return blocks;
}

function block(node: RootContent): Block {
  switch (node.type) {
    case "heading":
      if (node.depth > 3) throw refused(node, "a heading below the third depth");
      return { type: "heading", depth: node.depth as 1 | 2 | 3, children: node.children.map(inline) };
    case "paragraph":
      return { type: "paragraph", children: node.children.map(inline) };
    case "code":
      return { type: "code", text: node.value };
    case "list":
      if (isQuestion(node)) return { type: "question", options: node.children.map(option) };
      return {
        type: "list",
        ordered: node.ordered === true,
        items: node.children.map((item) => item.children.map(block)),
      };
    default:
      throw refused(node, node.type);
  }
}

function inline(node: PhrasingContent): Inline {
  switch (node.type) {
    case "text":
      // A line end is a space, but not between two Chinese characters.
      return {
        type: "text",
        text: node.value
          .replace(/(?<=[\p{Script=Han}，。、；：？！」）])\n(?=[\p{Script=Han}「（])/gu, "")
          .replace(/\n/g, " "),
      };
    case "inlineCode":
      return { type: "code", text: node.value };
    case "emphasis":
    case "strong":
      return { type: node.type, children: node.children.map(inline) };
    case "link":
      return { type: "link", to: target(node.url), children: node.children.map(inline) };
    default:
      throw refused(node, node.type);
  }
}

/** A list whose items are links to what can happen: `[it panics](can:ends=panicked)`, `[a, b](can:prints=a,b)`. */
function isQuestion({ children }: List): boolean {
  return children.some((item) => canOf(item) !== undefined);
}

/** The only link of an item, where it is one to what can happen. */
function canOf({ children }: ListItem) {
  const [paragraph, ...others] = children;
  if (paragraph?.type !== "paragraph" || others.length > 0) return undefined;
  const [link, ...more] = paragraph.children;
  return link?.type === "link" && link.url.startsWith(CAN) && more.length === 0 ? link : undefined;
}

const CAN = "can:";

function option(item: ListItem): Option {
  const link = canOf(item);
  if (!link) throw new Error("an item of a question is one link to can:prints=… or can:ends=…, and nothing else");
  return { children: link.children.map(inline), expects: expectation(link.url.slice(CAN.length)) };
}

function expectation(text: string): Expectation {
  const [kind, value = ""] = text.split(/=(.*)/s);
  if (kind === "prints") {
    const lines = value === "" ? [] : value.split(",").map(decodeURIComponent);
    return { type: "prints", lines: lines.sort() };
  }
  const how = ENDS.find((known) => known === value);
  if (kind === "ends" && how) return { type: "ends", how };
  throw new Error(`"can:${text}": only can:prints=line,line and can:ends=${ENDS.join("|")} are known`);
}

function target(url: string): LinkTarget {
  if (url.startsWith("#")) return { type: "label", label: url.slice(1) };
  if (url.startsWith("?")) return { type: "run", query: url.slice(1) };
  if (url.startsWith("https://")) return { type: "web", url };
  const bytes = /^bytes:([a-z]+)(?:\*(\d+))?$/.exec(url);
  if (bytes?.[1]) return { type: "bytes", role: bytes[1], count: Number(bytes[2] ?? 1) };
  throw new Error(`a link to "${url}": only #label, ?settings, bytes:role and https:// are known`);
}

function refused(node: RootContent | PhrasingContent, what: string): Error {
  const place = node.position ? `line ${node.position.start.line}: ` : "";
  return new Error(`${place}${what} has no form on the page`);
}

/** What the words ask, so that two languages can be held to ask the same. */
export function questionOf(blocks: readonly Block[]): readonly Expectation[] {
  return blocks.flatMap((found) => (found.type === "question" ? found.options.map(({ expects }) => expects) : []));
}

/** Labels that the words point at, for checking that a source has them. */
export function labelsIn(blocks: readonly Block[]): readonly string[] {
  const found: string[] = [];
  const visitInline = (node: Inline): void => {
    if (node.type === "link" && node.to.type === "label") found.push(node.to.label);
    if ("children" in node) node.children.forEach(visitInline);
  };
  const visit = (node: Block): void => {
    if ("children" in node) node.children.forEach(visitInline);
    if (node.type === "list") node.items.flat().forEach(visit);
    if (node.type === "question") node.options.forEach(({ children }) => void children.forEach(visitInline));
  };
  blocks.forEach(visit);
  return found;
}

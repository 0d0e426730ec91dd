/**
 * A scenario's words, from Markdown to the small tree that the page draws.
 *
 * Only what the page has a form for is taken: headings to the third depth, paragraphs, emphasis, code, lists and links.
 * Anything else, raw HTML above all, stops the build with the place where it stands.
 */
import type { PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Block, Inline, LinkTarget } from "../src/state/scenario-files";

export function readWords(markdown: string): readonly Block[] {
  return fromMarkdown(markdown).children.map(block);
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

function target(url: string): LinkTarget {
  if (url.startsWith("#")) return { type: "label", label: url.slice(1) };
  if (url.startsWith("?")) return { type: "run", query: url.slice(1) };
  if (url.startsWith("https://")) return { type: "web", url };
  throw new Error(`a link to "${url}": only #label, ?settings and https:// are known`);
}

function refused(node: RootContent | PhrasingContent, what: string): Error {
  const place = node.position ? `line ${node.position.start.line}: ` : "";
  return new Error(`${place}${what} has no form on the page`);
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
  };
  blocks.forEach(visit);
  return found;
}

/** The timeline as a picture to keep: the drawing at hand as SVG, with text that can be selected, or as PNG. */
import { type DrawList, type Item, STRIP_AHEAD_ALPHA, type Strip } from "./draw-list";
import { Painter } from "./paint";
import type { Palette } from "./palette";
import { shorten } from "./shorten";

export interface Picture {
  readonly list: DrawList;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
}

const PNG_RATIO = 2;

/** What a picture is of, for whoever opens it elsewhere. */
export interface Caption {
  readonly title: string;
  readonly description: string;
}

/** A file of its own: no style of the page reaches it. */
export function svgOf({ list, palette, width, height }: Picture, { title, description }: Caption): string {
  const hatches = new Map<string, string>();
  const items = list
    .filter(isKept)
    .map((item) => (item.kind === "strip" ? strip(item, palette) : shape(item, palette, hatches)));
  const patterns = [...hatches].map(
    ([colour, id]) =>
      `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<path d="M3 0V6" stroke="${text(colour)}" stroke-width="1.2"/></pattern>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${text(title)}</title>`,
    `<desc>${text(description)}</desc>`,
    `<defs>${patterns.join("")}</defs>`,
    `<rect width="100%" height="100%" fill="${text(palette.colour("paper"))}"/>`,
    ...items,
    "</svg>",
  ].join("\n");
}

/** At once: an asynchronous encoding waits until the browser is idle, which a search beside it never lets it be. */
export function pngOf({ list, palette, width, height }: Picture): Blob | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = width * PNG_RATIO;
  canvas.height = height * PNG_RATIO;
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  const backdrop: Item = { kind: "box", x: 0, y: 0, width, height, fill: "paper" };
  new Painter(context).paint([backdrop, ...list.filter(isKept)], palette, PNG_RATIO);
  const [, encoded = ""] = canvas.toDataURL("image/png").split(",");
  return new Blob([Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0))], { type: "image/png" });
}

/** What only hands need is no part of it. */
function isKept(item: Item): boolean {
  return item.kind !== "path" || !item.handle;
}

function shape(item: Exclude<Item, Strip>, palette: Palette, hatches: Map<string, string>): string {
  const colour = (name: Parameters<Palette["colour"]>[0] | undefined) =>
    name === undefined ? "none" : palette.colour(name);
  const alpha: Attributes = item.alpha === undefined || item.alpha === 1 ? {} : { opacity: item.alpha };
  if (item.kind === "label") {
    const { x, y, angle, align = "start", bold, code } = item;
    const shown = item.limit === undefined ? item.text : cut(item.text, item.limit);
    const attributes: Attributes = {
      x,
      y,
      fill: colour(item.colour),
      "font-family": code ? palette.codeFace : palette.face,
      "font-size": palette.smallSize,
      "dominant-baseline": "central",
      "text-anchor": align,
      ...(bold ? { "font-weight": 600 } : {}),
      ...(angle === undefined ? {} : { transform: `rotate(${(angle * 180) / Math.PI} ${round(x)} ${round(y)})` }),
      ...alpha,
    };
    return `<text ${written(attributes)}>${text(shown)}</text>`;
  }
  const look = { fill: colour(item.fill), stroke: colour(item.stroke), ...alpha };
  if (item.kind === "circle") {
    return `<circle ${written({ cx: item.x, cy: item.y, r: item.radius, "stroke-width": item.width ?? 1, ...look })}/>`;
  }
  if (item.kind === "path") {
    const dash = item.dash ? { "stroke-dasharray": item.dash.join(" ") } : {};
    return `<path ${written({ d: pathOf(item), "stroke-width": item.width ?? 1, ...dash, ...look })}/>`;
  }
  const { x, y, width, height } = item;
  const place = { x, y, width, height, rx: Math.min(item.radius ?? 0, width / 2, height / 2) };
  if (!item.hatch) return `<rect ${written({ ...place, "stroke-width": 1.25, ...look })}/>`;
  const ink = palette.colour(item.hatch);
  const id = hatches.get(ink) ?? `hatch${hatches.size}`;
  hatches.set(ink, id);
  return `<g ${written(alpha)}><rect ${written({ ...place, fill: ink, opacity: 0.14 })}/><rect ${written({ ...place, fill: `url(#${id})`, opacity: 0.75 })}/></g>`;
}

function pathOf({ points, curved, closed }: Extract<Item, { kind: "path" }>): string {
  const numbers = points.map(round);
  const rest = numbers.slice(2).join(" ");
  return `M${numbers.slice(0, 2).join(" ")}${curved ? "C" : "L"}${rest}${closed ? "Z" : ""}`;
}

/** Column by column, as many events as it has. */
function strip(
  { along, step, across, thickness, turned, colour, columns, now, most }: Strip,
  palette: Palette,
): string {
  const boxes = { past: "", ahead: "" };
  for (let column = 0; column * 2 < columns.length; column += 1) {
    const events = columns[column * 2 + 1] ?? 0;
    if (events === 0) continue;
    const size = Math.max(1.5, (Math.log2(1 + events) / Math.log2(1 + most)) * thickness);
    const [from, start] = [round(along + column * step), round(across - size / 2)];
    const [length, height] = [round(step), round(size)];
    const box = turned
      ? `M${start} ${from}h${height}v${length}h-${height}Z`
      : `M${from} ${start}h${length}v${height}h-${length}Z`;
    boxes[column >= now ? "ahead" : "past"] += box;
  }
  const fill = palette.colour(colour);
  const part = (d: string, opacity: number) => (d === "" ? "" : `<path ${written({ d, fill, opacity })}/>`);
  return part(boxes.past, 0.62) + part(boxes.ahead, 0.62 * STRIP_AHEAD_ALPHA);
}

const CHARACTER_PX = 7;

/** There is nothing to measure with in a file: a name that is surely too long is cut. */
function cut(name: string, limit: number): string {
  const most = Math.max(1, Math.floor(limit / CHARACTER_PX));
  return shorten(name, (part) => part.length <= most);
}

/** What is undefined is left out. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
    .map(([name, value]) => `${name}="${typeof value === "number" ? round(value) : text(value)}"`)
    .join(" ");
}

const round = (number: number) => Math.round(number * 100) / 100;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function text(raw: string): string {
  return raw.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

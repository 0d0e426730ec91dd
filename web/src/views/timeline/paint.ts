/** Paints a draw list on a canvas. It knows colours and patterns, and decides nothing else. */
import { type Box, type DrawList, type Item, type Label, STRIP_AHEAD_ALPHA, type Strip } from "./draw-list";
import type { Palette } from "./palette";
import { shorten } from "./shorten";

const HATCH_PX = 6;
const RUNNING = 1;
const READY = 2;
const PARKED = 3;
const LEAKED = 6;
/** Names that are remembered as they were cut: more than lanes fit on any screen. */
const MOST_CUT = 1_000;

export class Painter {
  #hatches = new Map<string, CanvasPattern>();
  #cut = new Map<string, string>();
  #font = "";

  constructor(private readonly context: CanvasRenderingContext2D) {}

  paint(list: DrawList, palette: Palette, pixelRatio: number): void {
    const { context } = this;
    const { width, height } = context.canvas;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, width / pixelRatio, height / pixelRatio);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    this.#font = "";
    for (const item of list) this.#item(item, palette);
    context.globalAlpha = 1;
  }

  #item(item: Item, palette: Palette): void {
    const { context } = this;
    if (item.kind === "strip") {
      this.#strip(item, palette);
      return;
    }
    context.globalAlpha = item.alpha ?? 1;
    if (item.kind === "label") {
      this.#label(item, palette);
      return;
    }
    context.beginPath();
    if (item.kind === "box") this.#trace(item);
    else if (item.kind === "circle") context.arc(item.x, item.y, item.radius, 0, Math.PI * 2);
    else tracePath(context, item.points, item.curved ?? false);
    if (item.kind === "path") {
      if (item.closed) context.closePath();
      context.setLineDash(item.dash ? [...item.dash] : []);
    } else {
      context.setLineDash([]);
    }
    if (item.fill) {
      context.fillStyle = palette.colour(item.fill);
      context.fill();
    }
    if (item.kind === "box" && item.hatch) {
      const alpha = context.globalAlpha;
      context.fillStyle = palette.colour(item.hatch);
      context.globalAlpha = alpha * 0.14;
      context.fill();
      context.globalAlpha = alpha * 0.75;
      context.fillStyle = this.#hatch(palette.colour(item.hatch));
      context.fill();
      context.globalAlpha = alpha;
    }
    if (item.stroke) {
      context.strokeStyle = palette.colour(item.stroke);
      context.lineWidth = item.kind === "box" ? 1.25 : (item.width ?? 1);
      context.stroke();
    }
  }

  #trace({ x, y, width, height, radius = 0, stroke, fill }: Box): void {
    // A hollow box is drawn inside its edge, so that it is no larger than a solid one.
    const inset = stroke && fill === "paper" ? 0.6 : 0;
    const rounded = Math.max(0, Math.min(radius, width / 2, height / 2) - inset);
    this.context.roundRect(
      x + inset,
      y + inset,
      Math.max(0.5, width - 2 * inset),
      Math.max(0.5, height - 2 * inset),
      rounded,
    );
  }

  #label({ x, y, text, colour, align = "start", code, bold, limit, angle }: Label, palette: Palette): void {
    const { context } = this;
    const font = `${bold ? "600 " : ""}${palette.smallSize} ${code ? palette.codeFace : palette.face}`;
    // Even to set the same one again has the browser look whether the page's styles have changed.
    if (font !== this.#font) {
      context.font = font;
      this.#font = font;
    }
    context.fillStyle = palette.colour(colour);
    context.textAlign = align === "middle" ? "center" : align;
    const shown = limit === undefined ? text : this.#shortened(text, limit);
    if (angle === undefined) {
      context.fillText(shown, x, y);
      return;
    }
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.fillText(shown, 0, 0);
    context.restore();
  }

  /** Measuring looks at the page's styles too, and names are the same from frame to frame. */
  #shortened(text: string, limit: number): string {
    const { context } = this;
    const key = `${limit} ${this.#font} ${text}`;
    const known = this.#cut.get(key);
    if (known !== undefined) return known;
    if (this.#cut.size >= MOST_CUT) this.#cut.clear();
    const shown = shorten(text, (part) => context.measureText(part).width <= limit);
    this.#cut.set(key, shown);
    return shown;
  }

  #strip({ along, step, across, thickness, turned, colour, columns, now, most }: Strip, palette: Palette): void {
    const { context } = this;
    const count = columns.length / 2;
    context.fillStyle = palette.colour(colour);
    const bar = (from: number, to: number, size: number) => {
      if (turned) context.fillRect(across - size / 2, from, size, to - from);
      else context.fillRect(from, across - size / 2, to - from, size);
    };
    for (let index = 0; index < count; ) {
      const status = columns[index * 2];
      const ahead = index >= now;
      let end = index + 1;
      while (end < count && columns[end * 2] === status && end >= now === ahead) end += 1;
      const alpha = ahead ? STRIP_AHEAD_ALPHA : 1;
      const [from, to] = [along + index * step, along + end * step];
      if (status === LEAKED) context.fillStyle = palette.colour("bad");
      if (status === RUNNING || status === READY || status === PARKED || status === LEAKED) {
        context.globalAlpha = alpha * (status === RUNNING ? 0.32 : status === READY ? 0.2 : 0.12);
        bar(from, to, status === LEAKED ? 2 : thickness * 0.7);
      }
      context.globalAlpha = alpha * 0.62;
      for (let column = index; column < end; column += 1) {
        const events = columns[column * 2 + 1];
        if (events === 0) continue;
        const swell = Math.max(1.5, (Math.log2(1 + events) / Math.log2(1 + most)) * thickness);
        bar(along + column * step, along + (column + 1) * step, swell);
      }
      if (status === LEAKED) context.fillStyle = palette.colour(colour);
      index = end;
    }
  }

  #hatch(colour: string): CanvasPattern | string {
    const known = this.#hatches.get(colour);
    if (known) return known;
    const { context } = this;
    const ratio = context.getTransform().a;
    const tile = document.createElement("canvas");
    const size = Math.max(1, Math.round(HATCH_PX * ratio));
    tile.width = size;
    tile.height = size;
    const pen = tile.getContext("2d");
    if (!pen) return colour;
    pen.strokeStyle = colour;
    pen.lineWidth = size * 0.2;
    pen.beginPath();
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift - 1, size + 1);
      pen.lineTo(shift + size + 1, -1);
    }
    pen.stroke();
    const pattern = context.createPattern(tile, "repeat");
    if (!pattern) return colour;
    pattern.setTransform(new DOMMatrix().scale(1 / ratio));
    this.#hatches.set(colour, pattern);
    return pattern;
  }

  /** Forgets patterns and what fits: the theme or the pixel ratio has changed. */
  forget(): void {
    this.#hatches.clear();
    this.#cut.clear();
  }
}

function tracePath(context: CanvasRenderingContext2D, points: readonly number[], curved: boolean): void {
  const at = (index: number) => points[index];
  context.moveTo(at(0), at(1));
  if (curved) {
    for (let index = 2; index + 5 < points.length; index += 6) {
      context.bezierCurveTo(at(index), at(index + 1), at(index + 2), at(index + 3), at(index + 4), at(index + 5));
    }
    return;
  }
  for (let index = 2; index + 1 < points.length; index += 2) context.lineTo(at(index), at(index + 1));
}

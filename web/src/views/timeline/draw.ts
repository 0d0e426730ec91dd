/**
 * The timeline's drawing, as a pure function of what is known: no canvas, no measuring, no clock.
 *
 * What lies after the cursor is drawn faintly, and a span that the cursor crosses is cut there: the run is a fixed thing
 * that one walks along.
 */
import { arrows } from "./draw-arrows";
import { beyond } from "./draw-beyond";
import { cursorLine, grid, names, parting, ruler } from "./draw-frame";
import { beside, way } from "./draw-lens";
import type { DrawList, Item } from "./draw-list";
import { marks } from "./draw-marks";
import { outline, spans, strips } from "./draw-spans";
import { written } from "./draw-words";
import type { Scene } from "./scene";

export function draw(scene: Scene): DrawList {
  const items: Item[] = [];
  grid(scene, items);
  beside(scene, items);
  if (scene.stretch?.data.dense) strips(scene, items);
  else if (scene.stretch) spans(scene, items);
  cursorLine(scene, items);
  outline(scene, items);
  if (scene.stretch) {
    // Of what is too dense to be drawn one by one, data races are there nevertheless.
    const { rides, joined, closes } = arrows(scene, items);
    if (!scene.stretch.data.dense) way(scene, items, joined);
    written(scene, items, marks(scene, items), rides, closes);
  }
  parting(scene, items);
  beyond(scene, items);
  names(scene, items);
  ruler(scene, items);
  return items;
}

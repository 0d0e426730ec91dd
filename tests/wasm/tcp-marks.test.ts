/** The session that comes with the page, as the timeline opens with it: every mark can be told from the next on its lane. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { initSync, Tcp } from "../../web/gen/tcp/tcp.js";
import type { WindowData, WindowQuery } from "../../web/src/core/wire";
import { sessionOpening } from "../../web/src/state/tcp/opening";
import { marks } from "../../web/src/views/timeline/draw-marks";
import { geometryOf } from "../../web/src/views/timeline/geometry";
import type { Scene } from "../../web/src/views/timeline/scene";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));

it.each([
  ["1440 px", 1440, 300, false],
  ["1024 px", 1024, 300, false],
  ["390 px, turned", 390, 600, true],
])("no mark lies over another at %s, wherever it opens", (_, width, height, turned) => {
  initSync({ module: read("web/gen/tcp/tcp_bg.wasm") });
  const session = Tcp.read(read("web/src/chapter/tcp/session.json").toString());
  const { events, lanes } = session.summary();
  const all = lanes.map(({ goroutine }: { goroutine: number }) => goroutine);
  const frame = {
    width,
    height,
    turned,
    lanes: lanes.length,
    turns: false,
    longestName: 9,
    longestNumber: 3,
    scroll: 0,
  };
  const { start, end } = geometryOf({ ...frame, from: 0, to: 1 });
  for (let opened = 0; opened <= events; opened += 20) {
    const view = sessionOpening(events, opened, end - start);
    const [from, to] = [Math.floor(view.from), Math.ceil(view.to)];
    const query: WindowQuery = { from, to, pixels: Math.floor(end - start), by: "goroutine", lanes: all, merged: [] };
    const data: WindowData = session.window(query);
    const geometry = { ...geometryOf({ ...frame, ...view }), firstLane: 0, endLane: lanes.length };
    const scene: Scene = {
      geometry,
      lanes: lanes.map(({ name }: { name: string }) => ({ name })),
      events,
      at: opened,
      stretch: { query, data },
      value: undefined,
      travelled: 1,
      pointed: undefined,
      words: { leaked: "", asleep: "", race: "" },
      grouped: String,
    };
    const marked = marks(scene, []);
    expect(marked.length).toBe(data.marks.length / 4);
    for (const [nth, { lane, along, length }] of marked.entries()) {
      const next = marked[nth + 1];
      if (next?.lane !== lane) continue;
      expect(next.along - next.length / 2, `after ${along} on lane ${lane}`).toBeGreaterThanOrEqual(along + length / 2);
    }
  }
});

import { describe, expect, it } from "vitest";
import { fits, follow, opening, pan, whole, zoom } from "./viewport";

describe("a viewport", () => {
  it("opens with all of a short run", () => {
    expect(opening(41, 0, 1200)).toEqual({ from: 0, to: 41 });
  });

  it("opens with a readable part of a long one, the cursor a fifth in", () => {
    expect(opening(1_000_000, 5000, 1200)).toEqual({ from: 4980, to: 5080 });
    expect(opening(1_000_000, 0, 1200)).toEqual({ from: 0, to: 100 });
    // A timeline that has not been laid out yet.
    expect(opening(1_000_000, 0, 0)).toEqual({ from: 0, to: 83 });
  });

  it("never gets shorter than eight events, even when the run is", () => {
    expect(whole(3)).toEqual({ from: 0, to: 8 });
    const close = zoom({ from: 0, to: 10 }, 1000, 100, 5);
    expect(close.to - close.from).toBe(8);
  });

  it("keeps the anchor in its place when it zooms", () => {
    expect(zoom({ from: 100, to: 200 }, 1000, 2, 125)).toEqual({ from: 112.5, to: 162.5 });
    expect(zoom({ from: 112.5, to: 162.5 }, 1000, 0.5, 125)).toEqual({ from: 100, to: 200 });
  });

  it("stops at both ends of the run", () => {
    expect(pan({ from: 10, to: 60 }, 100, -50)).toEqual({ from: 0, to: 50 });
    expect(pan({ from: 10, to: 60 }, 100, 500)).toEqual({ from: 50, to: 100 });
    expect(zoom({ from: 0, to: 50 }, 100, 0.01, 10)).toEqual({ from: 0, to: 100 });
  });

  it("is one of a run that has all of it", () => {
    expect(fits({ from: 0, to: 40 }, 40)).toBe(true);
    expect(fits({ from: 33, to: 41 }, 40)).toBe(false);
    expect(fits({ from: 0, to: 8 }, 3)).toBe(true);
    expect(fits({ from: 0, to: 7 }, 40)).toBe(false);
  });

  it("follows the cursor only when it has left", () => {
    const view = { from: 100, to: 200 };
    expect(follow(view, 1000, 200)).toBe(view);
    expect(follow(view, 1000, 201)).toEqual({ from: 181, to: 281 });
    expect(follow(view, 1000, 99)).toEqual({ from: 19, to: 119 });
  });
});

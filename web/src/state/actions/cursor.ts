/** Where in the run the reader is: stepping, seeking, looking for the next event of a kind, playing. */
import { batch } from "@preact/signals";
import type { Quarry } from "../../core/wire";
import type { CoreLine, Questions } from "../questions";
import type { Store } from "../store";
import { follow } from "../viewport";
import type { Traps } from "./recovery";
import { report } from "./report";

export class Cursor {
  constructor(
    private readonly store: Store,
    private readonly core: CoreLine,
    private readonly questions: Questions,
    private readonly traps: Traps,
  ) {}

  /** Goes to a position and writes it into the address. */
  seek(position: number): void {
    const { store } = this;
    const run = store.run.value;
    if (!run || !Number.isFinite(position)) return;
    const at = Math.min(Math.max(0, Math.round(position)), run.events);
    if (at === store.at.value) return;
    this.traps.readerWentOn();
    batch(() => {
      store.viewport.value = follow(store.viewport.value, store.extent.value, at);
      this.put(at, at - store.at.value);
    });
    this.questions.stretch();
    this.questions.fragment(at);
  }

  step(by: number): void {
    this.pause();
    this.seek(this.store.at.value + by);
  }

  /** Puts the cursor where a run is opened, and asks for the moment there. `stride` is how far that is from before. */
  put(at: number, stride: number): void {
    this.store.at.value = at;
    this.store.foundNothing.value = undefined;
    // Which line this step is at is what the program shows from here on.
    this.store.keptLabel.value = undefined;
    this.store.listPage.value = undefined;
    this.store.stride.value = stride;
    this.questions.moment();
  }

  /** Says what *next* and *previous* look for; for a goroutine, its lane is marked. */
  follow(quarry: Quarry): void {
    this.store.quarry.value = quarry;
    this.store.foundNothing.value = undefined;
  }

  /** Goes to the next or the previous event that is looked for; when there is none, says so and stays. */
  async findNext(backward: boolean): Promise<void> {
    const { store, core } = this;
    if (!store.run.value) return;
    this.pause();
    try {
      const found = await core.call("find", { quarry: store.quarry.value, from: store.at.value, backward });
      if (found === undefined) store.foundNothing.value = backward ? "backward" : "forward";
      else this.seek(found);
    } catch (error) {
      report(store, error);
    }
  }

  /** Goes to the next event of any of these lines of the program, or to the first one after the last; says where there is none. */
  async findLines(lines: readonly number[]): Promise<void> {
    const { store, core } = this;
    if (!store.run.value) return;
    this.pause();
    store.foundNothing.value = undefined;
    const nearest = async (from: number) => {
      const asked = lines.map((line) => core.call("find", { quarry: { type: "line", line }, from, backward: false }));
      return (await Promise.all(asked)).filter((found) => found !== undefined).sort((a, b) => a - b)[0];
    };
    try {
      const found = (await nearest(store.at.value)) ?? (await nearest(0));
      if (found === undefined) store.foundNothing.value = "line";
      else this.seek(found);
    } catch (error) {
      report(store, error);
    }
  }

  play(): void {
    const { store } = this;
    const run = store.run.value;
    if (!run) return;
    if (store.at.value >= run.events) this.seek(0);
    store.playing.value = true;
  }

  pause(): void {
    this.store.playing.value = false;
  }

  setSpeed(stepsPerSecond: number): void {
    this.store.speed.value = stepsPerSecond;
  }
}

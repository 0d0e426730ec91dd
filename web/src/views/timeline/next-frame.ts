/**
 * Does in the next frame what was asked for last, however often it was asked for: a step changes the cursor, the moment
 * and the stretch in view, each a moment apart, and the reader sees one picture.
 */
export interface Frames {
  request(callback: () => void): number;
  cancel(handle: number): void;
}

export class NextFrame {
  #wanted: (() => void) | undefined;
  #handle: number | undefined;

  constructor(private readonly frames: Frames) {}

  want(work: () => void): void {
    this.#wanted = work;
    this.#handle ??= this.frames.request(() => {
      this.#handle = undefined;
      const wanted = this.#wanted;
      this.#wanted = undefined;
      wanted?.();
    });
  }

  /** Drops what has not been done. */
  forget(): void {
    if (this.#handle !== undefined) this.frames.cancel(this.#handle);
    this.#handle = undefined;
    this.#wanted = undefined;
  }
}

/**
 * Moments of the run at hand: the one at the cursor, and the one that a further step would lead to, which is asked for
 * ahead. A step is then shown at once, and in one piece with the cursor.
 */
import { Latest } from "../core/latest";
import type { Language, Moment, RunSummary } from "../core/wire";
import type { Store } from "./store";

/** A position of a run, told in a language. */
interface Place {
  readonly run: RunSummary | undefined;
  readonly at: number;
  readonly language: Language;
}

/** Moments that are remembered: those on both sides of the cursor, and where a few steps back lead. */
const MOST_KEPT = 8;

export class Moments {
  /** The newest last. */
  #kept: { readonly place: Place; readonly moment: Moment }[] = [];
  readonly #here: Latest<Place, Moment>;
  readonly #ahead: Latest<Place, Moment>;
  /** What is being asked for ahead. */
  #coming: Place | undefined;

  constructor(
    private readonly store: Store,
    ask: (at: number, language: Language) => Promise<Moment>,
    failed: (error: unknown) => void,
  ) {
    this.#here = new Latest(
      ({ at, language }) => ask(at, language),
      (moment, place) => {
        this.#keep(place, moment);
        // Of a place that the reader has left it is closer to now than nothing; what is there already is closer.
        if (this.#isHere(place)) this.#show(moment);
        else if (this.#find(this.#cursor()) === undefined) this.store.moment.value = moment;
      },
      failed,
    );
    this.#ahead = new Latest(
      (place) => {
        this.#coming = place;
        return ask(place.at, place.language).finally(() => {
          this.#coming = undefined;
        });
      },
      (moment, place) => {
        this.#keep(place, moment);
        // The reader has come after it meanwhile.
        if (this.#isHere(place)) this.#show(moment);
      },
      failed,
    );
  }

  /** Shows the moment at the cursor: at once where it is known, else as soon as it is. */
  show(): void {
    const place = this.#cursor();
    const known = this.#find(place);
    if (known !== undefined) this.#show(known);
    if (known === undefined && !(this.#coming && isSame(this.#coming, place))) this.#here.want(place);
    else this.#here.forget();
  }

  #show(moment: Moment): void {
    this.store.moment.value = moment;
    this.#lookAhead();
  }

  /** Whoever has gone a step may go another one the same way; whoever jumps can be anywhere next. */
  #lookAhead(): void {
    const { stride, run } = this.store;
    const { at, ...place } = this.#cursor();
    if (Math.abs(stride.peek()) > 1) return;
    const next = { ...place, at: at + (stride.peek() || 1) };
    if (next.at < 0 || next.at > (run.peek()?.events ?? 0) || this.#find(next) !== undefined) return;
    this.#ahead.want(next);
  }

  #isHere(place: Place): boolean {
    return isSame(place, this.#cursor());
  }

  #cursor(): Place {
    const { run, at, language } = this.store;
    return { run: run.peek(), at: at.peek(), language: language.peek() };
  }

  #find(place: Place): Moment | undefined {
    return this.#kept.find((kept) => isSame(kept.place, place))?.moment;
  }

  /** What comes for a run that is no longer at hand may be of the next one already. */
  #keep(place: Place, moment: Moment): void {
    const { run } = this.#cursor();
    const others = this.#kept.filter((kept) => kept.place.run === run && !isSame(kept.place, place));
    this.#kept = place.run === run ? [...others, { place, moment }].slice(-MOST_KEPT) : others;
  }
}

function isSame(one: Place, other: Place): boolean {
  return one.run === other.run && one.at === other.at && one.language === other.language;
}

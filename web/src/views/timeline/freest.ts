/** Where something is written over the drawing: of the places that it could have, the one where it hides least. */

/** A rectangle by its middle, along and across. */
export interface Area {
  readonly along: number;
  readonly across: number;
  readonly length: number;
  readonly breadth: number;
}

/** The first of the places that cover least of what is taken; there is at least one. */
export function freest(places: readonly [Area, ...Area[]], taken: readonly Area[]): Area {
  let [best] = places;
  let least = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const covered = taken.reduce((sum, area) => sum + shared(place, area), 0);
    if (covered < least) [best, least] = [place, covered];
  }
  return best;
}

function shared(a: Area, b: Area): number {
  const length = overlap(a.along, a.length, b.along, b.length);
  return length === 0 ? 0 : length * overlap(a.across, a.breadth, b.across, b.breadth);
}

function overlap(a: number, sizeOfA: number, b: number, sizeOfB: number): number {
  return Math.max(0, Math.min(a + sizeOfA / 2, b + sizeOfB / 2) - Math.max(a - sizeOfA / 2, b - sizeOfB / 2));
}

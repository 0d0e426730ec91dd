/** Which tab a key leads to. */

/** The tab that a key leads to from tab `at` of `count`; nothing where the key is none of theirs. */
export function neighbour(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return (at + 1) % count;
    case "ArrowLeft":
      return (at + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

// What a run of a Go program shows from outside, and whether exploring knows it.

const byCodePoint = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const sorted = (lines) => lines.toSorted(byCodePoint);

/**
 * How a run ended and its lines in the order of the alphabet; what the log package prints is on standard error.
 * `fault`: it touched memory that is not there.
 */
export function shown(status, output, errors) {
  const told = errors.toString();
  const end = told.search(/^(?:panic: |fatal error: |runtime: goroutine stack exceeds )/m);
  const logged = end === -1 ? told : told.slice(0, end);
  const lines = `${output}${logged}`.split("\n").filter((line) => line !== "");
  const deadlocked = told.includes("fatal error: all goroutines are asleep - deadlock!");
  const failed = deadlocked ? "deadlocked" : /^fatal error: /m.test(told) ? "fatal" : "panicked";
  const fault = /^\[signal SIG(?:SEGV|BUS): /m.test(told);
  return { ending: status === 0 ? "completed" : failed, lines: sorted(lines), fault };
}

/** A name of what a run shows: equal where nobody can tell two runs apart. */
export const nameOf = ({ ending, lines }) => JSON.stringify([ending, lines]);

/** What exploring found, as it looks from outside, where races and leaks are not seen. `raced`: some run has a race. */
export function possible(outcomes) {
  const plain = outcomes.map(([kind, lines]) => ({ ending: kind.split(",")[0], lines: sorted(lines) }));
  return {
    runs: plain,
    names: new Set(plain.map(nameOf)),
    raced: outcomes.some(([kind]) => kind.includes("data race")),
  };
}

/**
 * Whether exploring knows what a run showed.
 *
 * A crash takes a moment in Go, in which others go on printing; here nothing follows it. And a value of more than a word
 * that two goroutines race for can be read half old and half new in Go, a string's length without its bytes: what
 * follows is a memory fault, which is not modelled (ARCHITECTURE.md). So a fault, and no other panic, is let pass, and
 * one line that is the bytes of one known text at the length of another; only where exploring has found the race.
 */
export function isPossible(can, one) {
  if (can.names.has(nameOf(one))) {
    return true;
  }
  const printed = (lines) => {
    const left = [...one.lines];
    return lines.every((line) => left.includes(line) && left.splice(left.indexOf(line), 1));
  };
  const crashed = one.ending === "fatal" || one.ending === "panicked";
  return (
    (crashed && can.runs.some(({ ending, lines }) => ending === one.ending && printed(lines))) ||
    (one.fault && can.raced) ||
    (can.raced && isTorn(can.runs, one))
  );
}

/** Whether all but one line is what some run shows, and that one is one text's bytes at another one's length. */
function isTorn(runs, { ending, lines }) {
  const texts = runs.flatMap((run) => run.lines);
  const torn = (line) =>
    texts.some((bytes) => line.startsWith(bytes) || bytes.startsWith(line)) &&
    texts.some((length) => length.length === line.length);
  return runs.some((run) => {
    const known = [...run.lines];
    const others = lines.filter((line) => !known.includes(line) || !known.splice(known.indexOf(line), 1));
    return run.ending === ending && known.length === 1 && others.length === 1 && torn(others[0]);
  });
}

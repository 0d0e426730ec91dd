// What the tables of BENCHMARKS.md come to, beside what was aimed at. Pure: from its text to a table, so that a test can hold
// the table to the others.

/** A part of BENCHMARKS.md that a command writes, between its marks. */
const between = (name) => new RegExp(`(<!-- ${name} -->\\n)([^]*?)(\\n<!-- end -->)`);

/** The content of the part of that name. */
export function part(text, name) {
  const found = between(name).exec(text);
  if (found === null) {
    throw new Error(`BENCHMARKS.md has no part that begins with <!-- ${name} --> and ends with <!-- end -->`);
  }
  return found[2];
}

/** The text with another content of that part. */
export function withPart(text, name, content) {
  part(text, name);
  return text.replace(between(name), (_, begin, __, end) => begin + content + end);
}

/** A table's rows, each with its cells by the titles of their columns. */
export function rows(text) {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  const cells = lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const [titles = [], , ...rest] = cells;
  return rest.map((row) => Object.fromEntries(row.map((cell, nth) => [titles[nth], cell])));
}

/** The first number in a text; thousands may be apart. */
export const number = (text) => Number(/\d[\d  ]*(\.\d+)?/.exec(text ?? "")?.[0].replace(/[  ]/g, ""));
/** The number before a slash's last part: the 95th percentile of `median / 95th`. */
const last = (text) => number((text ?? "").split("/").at(-1));

const span = (values, digits, unit) => {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return least === most ? `${least}${unit}` : `${least} to ${most}${unit}`;
};
const verdict = (met, all) => (met === all ? "yes" : met === 0 ? "no" : `${met} of ${all}`);

function atLeast(what, goal, values, digits = 1, unit = "x") {
  const met = values.filter((value) => value >= goal).length;
  return [what, `at least ${goal}${unit}`, span(values, digits, unit), verdict(met, values.length)];
}

function atMost(what, goal, values, digits = 1, unit = "") {
  const met = values.filter((value) => value <= goal).length;
  return [what, `at most ${goal}${unit}`, span(values, digits, unit), verdict(met, values.length)];
}

function search(text) {
  const all = rows(text);
  const of = (tool, column) => all.filter((row) => row.tool.startsWith(tool)).map((row) => number(row[column]));
  const exhausted = all.filter((row) => row.tool.startsWith("loom") && row.exhausted === "yes");
  const three = exhausted.filter((row) => row.program.startsWith("3x2")).map((row) => number(row["and to exhaust"]));
  const four = all.find((row) => row.program === "lastzero(4)" && row.tool.startsWith("loom"));
  const rate = all.find((row) => row.program === "3x2 atomic" && row.tool === "chanscope");
  const lastzero = /lastzero\(15\): .* in ([\d.]+) s/.exec(text)?.[1];
  return [
    atLeast("exploring: executions a second beside loom", 50, of("loom", "ours is faster per execution")),
    atLeast("exploring: executions a second beside shuttle", 5, of("shuttle", "ours is faster per execution")),
    atLeast("exploring 3x2: executions a second", 1_000_000, [number(rate?.["executions/s"])], 0, ""),
    atLeast("exploring 3x2: to exhaust it, beside loom", 5000, three, 0),
    atLeast("exploring lastzero(4): to exhaust it, beside loom", 100_000, [number(four?.["and to exhaust"])], 0),
    atMost("exploring lastzero(15) to its end", 0.5, [Number(lastzero)], 2, " s"),
  ];
}

function memory(text) {
  const all = rows(text);
  const of = (column) => all.map((row) => number(row[column])).filter((value) => !Number.isNaN(value));
  const [few, more] = of("allocations of the last 45");
  const held = of("bytes held more than after 1000, at most");
  return [
    atMost("exploring: allocations for thirty steps more", 0, [more - few], 0),
    atMost("exploring: bytes held more after up to a million executions", 1_000_000, held, 0),
  ];
}

function wasm(text) {
  const [three] = rows(text).filter((row) => row.program.startsWith("increments how=add"));
  const rate = number(three?.["in WebAssembly, a second"]);
  return [atLeast("exploring 3x2 in WebAssembly: executions a second", 300_000, [rate], 0, "")];
}

function kernel(text) {
  const all = rows(text);
  const by = (tool) => all.filter((row) => row.tool.startsWith(tool)).map((row) => number(row["first come"]));
  const bytes = all.map((row) => number(row["bytes an event"])).filter((value) => !Number.isNaN(value));
  return [
    atLeast("running: operations beside shuttle, everything recorded", 10, by("shuttle"), 2),
    atLeast("running: operations beside futures, everything recorded", 0.33, by("futures"), 2),
    atMost("running: bytes of trace an event", 32, bytes, 1),
  ];
}

function page(text) {
  const budgeted = rows(text).filter(({ budget }) => budget !== "");
  return budgeted.map(({ what, measured, budget }) => {
    const met = last(measured) <= number(budget);
    return [`page: ${what}`, budget, measured, met ? "yes" : "no"];
  });
}

function bridge(text) {
  const [ours, ...others] = rows(text);
  const best = (column) => Math.max(...others.map((row) => number(row[column])));
  return [
    ...["up", "down", "there and back"].map((way) =>
      atLeast(`bridge, ${way}: beside the best of the others`, 1, [number(ours[way]) / best(way)], 2),
    ),
    atMost("bridge: memory for an idle connection", 10, [number(ours["idle, KiB each"])], 1, " KiB"),
  ];
}

const PARTS = { search, memory, wasm, kernel, page, bridge };

/** The table of what was aimed at and what came, from the tables of a text. */
export function summary(text) {
  const found = Object.entries(PARTS).flatMap(([name, of]) => of(part(text, name)));
  const lines = [["figure", "aim", "measured", "met"], ["---", "---", "---", "---"], ...found];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

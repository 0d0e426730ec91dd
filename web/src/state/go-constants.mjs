/**
 * How a scenario's Go program names its settings: each is a constant of the same name, or of another that names the
 * setting beside it, `count = 4 // setting jobs`. The page shows the program with a run's settings by this, and the check
 * of the Go programs runs it with them.
 */

const CONSTANT = /^(\s*(?:const )?)(\w+)(\s*=\s*)("[^"]*"|\d+|true|false)(\s*(?:\/\/.*)?)$/;
const SETTING = /\/\/ setting (\w+)/;

/** A line that gives a constant, as it is with these settings; undefined for any other line. */
export function constantIn(line, config) {
  const [, before, name, equals, written, comment] = CONSTANT.exec(line) ?? [];
  if (name === undefined) return undefined;
  const setting = SETTING.exec(comment)?.[1] ?? name;
  const set = config[setting];
  const value = set === undefined ? written : JSON.stringify(set);
  // Where the other values are listed, the one that stood there takes the place of the one that is set.
  const beside = value.startsWith('"') ? comment.replace(value, written) : comment;
  return { name, setting, value, line: `${before}${name}${equals}${value}${beside}` };
}

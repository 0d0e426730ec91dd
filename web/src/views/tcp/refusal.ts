/** What the companion refuses, told to readers. */
import type { TcpInterface } from "../../words/tcp";

const OUT_OF_RANGE = /^(\w+) is (\d+); it must be from (\d+) to (\d+)\s*$/;

/** What the companion says of a setting, in the reader's language; anything else as it says it. */
export function refusalIn(words: TcpInterface, refusal: string): string {
  const [, name = "", value, least, most] = OUT_OF_RANGE.exec(refusal) ?? [];
  const label = { intervalMs: words.interval, connectionsMax: words.limit, clients: words.swarm }[name];
  return label ? words.outOfRange(label, Number(value), Number(least), Number(most)) : refusal;
}

/** Processors at this moment, where the strategy has some: who runs on each, and who waits for it in which order. */
import type { ProcessorsInfo, Queue } from "../../core/wire";
import type { Named } from "../../state/roles";
import type { Interface } from "../../words";
import "./processors.css";

export interface ProcessorsProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  /** None where the strategy has no processors. */
  readonly processors: ProcessorsInfo | null;
}

export function ProcessorsView({ words, named, processors }: ProcessorsProps) {
  if (!processors) return null;
  const { queues } = words;
  const who = (id: number) => <Who key={id} named={named} id={id} />;
  return (
    <section class="processors" data-testid="processors">
      <h2 class="section-title">{words.processors}</h2>
      <table class="processors-table">
        <tbody>
          {processors.processors.map(({ running, next, queue }, number) => (
            <tr key={number} data-processor={number}>
              <th scope="row">{words.processor(number)}</th>
              <td class="processors-running">
                {running == null ? <span class="faint">{queues.idle}</span> : [who(running), ` ${queues.running}`]}
              </td>
              <td>
                {next == null && queue.length === 0 ? <span class="faint">{queues.empty}</span> : null}
                {next == null ? null : (
                  <span class="processors-next">
                    <span class="faint">{queues.next}</span> {who(next)}
                  </span>
                )}
                <Line words={words} named={named} lead={queues.queue} queue={queue} />
              </td>
            </tr>
          ))}
          <tr data-processor="any">
            <th scope="row" colSpan={2}>
              {queues.global}
            </th>
            <td>
              {processors.global.length === 0 ? <span class="faint">{queues.empty}</span> : null}
              <Line words={words} named={named} lead="" queue={processors.global} />
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

/** Who waits, in order. */
function Line({ words, named, lead, queue }: Omit<ProcessorsProps, "processors"> & { lead: string; queue: Queue }) {
  if (queue.length === 0) return null;
  const more = queue.length - queue.first.length;
  return (
    <span class="processors-line">
      {lead === "" ? null : <span class="faint">{lead} </span>}
      {queue.first.map((id, place) => [place === 0 ? "" : ", ", <Who key={id} named={named} id={id} />])}
      {more > 0 ? <span class="faint"> {words.more(more)}</span> : null}
    </span>
  );
}

function Who({ named, id }: { named: readonly Named[]; id: number }) {
  const who = named[id];
  return <b class={`name role-${who?.hue ?? 0}`}>{who?.name ?? id}</b>;
}

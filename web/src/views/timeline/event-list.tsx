/** The timeline's twin in words: the events of the run as a table, a page at a time, that of the cursor unless another is turned to. */
import { useEffect, useRef } from "preact/hooks";
import type { EventInfo } from "../../core/wire";
import { Icon, type IconName } from "../../design/icons";
import { Seal, sealOfFinding } from "../../design/seal";
import { Sentence } from "../../design/sentence";
import { eventsOn, pagesOf } from "../../state/pages";
import type { Named } from "../../state/roles";
import { grouped, type Interface } from "../../words";

export interface EventListProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  readonly events: readonly EventInfo[];
  /** How many the run has. */
  readonly total: number;
  readonly page: number;
  readonly at: number;
  /** Kinds of what was found at a position. */
  readonly found: ReadonlyMap<number, readonly string[]>;
  onPage(page: number): void;
  onSeek(position: number): void;
}

export function EventList(props: EventListProps) {
  const { words, events, at } = props;
  const scroller = useRef<HTMLElement>(null);
  useEffect(() => {
    scroller.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [at, events]);
  return (
    <div class="event-list" data-testid="event-list">
      <Pages {...props} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section class="event-list-rows" ref={scroller} tabIndex={0} aria-label={words.asList}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.eventNumber}</th>
              <th scope="col">{words.goroutine}</th>
              <th scope="col">{words.event}</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <EventRow key={event.index} {...props} event={event} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Pages({ words, total, page, onPage }: EventListProps) {
  const said = words.listPages;
  const last = pagesOf(total) - 1;
  const { from, to } = eventsOn(page, total);
  const turn = (name: string, icon: IconName, target: number) => (
    <button
      type="button"
      class="timeline-tool"
      title={name}
      aria-label={name}
      disabled={target === page || target < 0 || target > last}
      onClick={() => onPage(target)}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <nav class="event-list-pages" aria-label={said.title}>
      {turn(said.first, "first", 0)}
      {turn(said.back, "back", page - 1)}
      <span role="status">{said.steps(Math.min(from + 1, total), to, total)}</span>
      {turn(said.forward, "forward", page + 1)}
      {turn(said.last, "last", last)}
    </nav>
  );
}

function EventRow({
  words,
  event,
  named,
  at,
  found,
  onSeek,
}: { event: EventInfo } & Pick<EventListProps, "words" | "named" | "at" | "found" | "onSeek">) {
  const position = event.index + 1;
  const who = named[event.goroutine];
  const place = position === at ? "is-now" : position > at ? "is-ahead" : "";
  return (
    <tr class={place} aria-current={position === at ? "step" : undefined}>
      <td>
        <button type="button" class="event-list-step" onClick={() => onSeek(position)}>
          {grouped(position)}
        </button>
      </td>
      <td class={`role-${who?.hue ?? 0}`}>
        <span class="dot" /> {who?.name}
      </td>
      <td>
        <Sentence parts={event.sentence} named={named} />
        {found.get(position)?.map((kind) => (
          <b key={kind} class="event-list-found">
            <Seal kind={sealOfFinding(kind)} /> {words.outcomes.findings[kind]}
          </b>
        ))}
      </td>
    </tr>
  );
}

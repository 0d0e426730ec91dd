/** The timeline's twin in words: the events around the cursor, as a table. */
import type { EventInfo } from "../../core/wire";
import { Sentence } from "../../design/sentence";
import type { Named } from "../../state/roles";
import { grouped, type Interface } from "../../words";

export interface EventListProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  readonly events: readonly EventInfo[];
  readonly at: number;
  onSeek(position: number): void;
}

export function EventList({ words, named, events, at, onSeek }: EventListProps) {
  return (
    <div class="event-list">
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
            <EventRow key={event.index} event={event} named={named} at={at} onSeek={onSeek} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EventRow({
  event,
  named,
  at,
  onSeek,
}: { event: EventInfo } & Pick<EventListProps, "named" | "at" | "onSeek">) {
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
      </td>
    </tr>
  );
}

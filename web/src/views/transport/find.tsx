/** Walks along one goroutine, one object, or from one notable event to the next. */
import type { ObjectInfo, Quarry } from "../../core/wire";
import { Icon } from "../../design/icons";
import type { Named } from "../../state/roles";
import type { Interface } from "../../words";

export interface FindProps {
  readonly quarry: Quarry;
  readonly objects: readonly Pick<ObjectInfo, "id" | "name">[];
  /** Which way nothing more was found. */
  readonly nothing: "forward" | "backward" | undefined;
  onFollow(quarry: Quarry): void;
  onFind(backward: boolean): void;
}

/** A list of more than so many goroutines would be no list: they are chosen on the timeline. */
const MOST_LISTED = 64;

export function Find({
  words,
  named,
  disabled,
  quarry,
  objects,
  nothing,
  onFollow,
  onFind,
}: FindProps & { words: Interface; named: readonly Named[]; disabled: boolean }) {
  const chosen = optionOf(quarry);
  const listed = named.map(({ name }, id) => ({ name, id }));
  const goroutines = listed.filter(({ id }) => id < MOST_LISTED || chosen === `g${id}`);
  const what =
    quarry.type === "notable" || quarry.type === "line"
      ? words.notable
      : quarry.type === "goroutine"
        ? (named[quarry.id]?.name ?? "")
        : (objects.find(({ id }) => id === quarry.id)?.name ?? "");
  return (
    <span class="find">
      <button
        type="button"
        class="button button-quiet"
        title={words.previousOf(what)}
        aria-label={words.previousOf(what)}
        data-testid="find-previous"
        disabled={disabled}
        onClick={() => onFind(true)}
      >
        <Icon name="previousOf" />
      </button>
      <select
        class="find-what"
        aria-label={words.follow}
        title={words.follow}
        data-testid="find-what"
        value={chosen}
        onChange={(event) => onFollow(quarryOf(event.currentTarget.value))}
      >
        <option value="notable">{words.notable}</option>
        <optgroup label={words.followGroups.goroutines}>
          {goroutines.map(({ name, id }) => (
            <option key={id} value={`g${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
        <optgroup label={words.followGroups.objects}>
          {objects.map(({ name, id }) => (
            <option key={id} value={`o${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </select>
      <button
        type="button"
        class="button button-quiet"
        title={words.nextOf(what)}
        aria-label={words.nextOf(what)}
        data-testid="find-next"
        disabled={disabled}
        onClick={() => onFind(false)}
      >
        <Icon name="nextOf" />
      </button>
      <span class="find-nothing" role="status">
        {nothing === "forward" ? words.noneLater : nothing === "backward" ? words.noneEarlier : ""}
      </span>
    </span>
  );
}

function optionOf(quarry: Quarry): string {
  switch (quarry.type) {
    case "notable":
    case "line":
      return "notable";
    case "goroutine":
      return `g${quarry.id}`;
    case "object":
      return `o${quarry.id}`;
  }
}

function quarryOf(value: string): Quarry {
  const id = Number(value.slice(1));
  if (value.startsWith("g")) return { type: "goroutine", id };
  return value.startsWith("o") ? { type: "object", id } : { type: "notable" };
}

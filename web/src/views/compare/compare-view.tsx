/**
 * Two runs of one program, one above the other on the same steps, with the step at which they part. Where there is no room
 * for two, the reader switches from one to the other: they lie on the same steps there too.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Language, Part, VerdictInfo } from "../../core/wire";
import { Icon } from "../../design/icons";
import { Seal, sealOf } from "../../design/seal";
import { Sentence } from "../../design/sentence";
import { panelOf, Tabs } from "../../design/tabs";
import type { Named } from "../../state/roles";
import { grouped, type Interface, say } from "../../words";
import "./compare.css";

export interface CompareProps {
  readonly words: Interface;
  readonly language: Language;
  /** Up to this step the runs are the same. */
  readonly same: number;
  readonly parted: boolean;
  /** There is room for one at a time. */
  readonly one: boolean;
  /** There is little height, and what is said of the two stands in one line. */
  readonly low: boolean;
  readonly at: number;
  readonly ours: Side;
  readonly theirs: Side;
  onSeek(position: number): void;
  onEnd(): void;
}

export interface Side {
  readonly verdict: VerdictInfo;
  readonly events: number;
  readonly named: readonly Named[];
  /** What it did in this step; nothing where it is over. */
  readonly sentence: readonly Part[] | undefined;
  readonly timeline: ComponentChildren;
}

const SIDES = ["ours", "theirs"] as const;

export function CompareView(props: CompareProps) {
  const { words, one, low } = props;
  const [shown, setShown] = useState<(typeof SIDES)[number]>("ours");
  const run = (side: (typeof SIDES)[number]) => (
    <Run {...props} key={side} name={words.compare[side]} side={props[side]} testid={`compare-${side}`} />
  );
  const tabs = (
    <div class="compare-switch">
      <Tabs
        id="run"
        label={words.compare.title}
        kind="line"
        tabs={SIDES.map((name) => ({ name, ...tabOf(props, name) }))}
        open={shown}
        onOpen={(name) => setShown(name)}
      />
    </div>
  );
  return (
    <section class={low ? "compare compare-low" : "compare"} aria-label={words.compare.title} data-testid="compare">
      <div class="compare-head">
        {low ? tabs : null}
        <Parting {...props} />
        <button
          type="button"
          class="button compare-end"
          title={words.compare.end}
          aria-label={words.compare.end}
          data-testid="compare-end"
          onClick={props.onEnd}
        >
          {one ? <Icon name="close" /> : words.compare.end}
        </button>
      </div>
      {one ? (
        <>
          {low ? null : tabs}
          <div class="compare-one" {...panelOf("run", shown)}>
            {run(shown)}
          </div>
        </>
      ) : (
        SIDES.map(run)
      )}
    </section>
  );
}

/** Where there is little room a run's ending is told by its seal. */
function tabOf({ words, language, low, ...sides }: CompareProps, name: (typeof SIDES)[number]) {
  if (!low) return { text: words.compare[name] };
  const { verdict } = sides[name];
  return {
    text: (
      <>
        <Seal kind={sealOf(verdict)} /> {words.compare.short[name]}
      </>
    ),
    title: `${words.compare[name]}: ${say(verdict.sentence, language)}`,
  };
}

/** Where the two part, and the way there. */
function Parting({ words, same, parted, low, at, onSeek }: CompareProps) {
  const text = parted ? words.compare.parts(same + 1) : words.compare.alike;
  const isThere = !parted || at === same + 1;
  const short = low && parted ? words.compare.partAt(same + 1) : undefined;
  return (
    <>
      {short && !isThere ? null : <span class="compare-said">{short ?? text}</span>}
      {isThere ? null : (
        <button
          type="button"
          class="button compare-parting"
          title={short ? text : undefined}
          data-testid="compare-parting"
          onClick={() => onSeek(same + 1)}
        >
          {short ?? words.compare.goThere}
        </button>
      )}
    </>
  );
}

function Run({
  words,
  language,
  at,
  name,
  side,
  testid,
}: Pick<CompareProps, "words" | "language" | "at"> & { name: string; side: Side; testid: string }) {
  const { verdict, events } = side;
  return (
    <div class="compare-run">
      <p class="compare-told" data-testid={testid}>
        <b>{name}</b>
        <span class="compare-sentence">
          {at === 0 ? (
            words.atStart
          ) : side.sentence ? (
            <Sentence parts={side.sentence} named={side.named} />
          ) : at > events ? (
            words.compare.over(events)
          ) : null}
        </span>
        <span class="compare-ending soft" title={words.verdict}>
          <Seal kind={sealOf(verdict)} />
          {grouped(events)} · {say(verdict.sentence, language)}
          {[...new Set(verdict.findings.map(({ kind }) => kind))].map((kind) => (
            <strong key={kind}>· {words.outcomes.findings[kind] ?? kind}</strong>
          ))}
        </span>
      </p>
      <div class="compare-lanes">{side.timeline}</div>
    </div>
  );
}

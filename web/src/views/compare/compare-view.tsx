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
  const { words, same, parted, one, at, onSeek, onEnd } = props;
  const [shown, setShown] = useState<(typeof SIDES)[number]>("ours");
  const run = (side: (typeof SIDES)[number]) => (
    <Run {...props} key={side} name={words.compare[side]} side={props[side]} testid={`compare-${side}`} />
  );
  return (
    <section class="compare" aria-label={words.compare.title} data-testid="compare">
      <p class="compare-head">
        <span class="compare-said">{parted ? words.compare.parts(same + 1) : words.compare.alike}</span>
        {parted && at !== same + 1 ? (
          <button type="button" class="button" data-testid="compare-parting" onClick={() => onSeek(same + 1)}>
            {words.compare.goThere}
          </button>
        ) : null}
        <button
          type="button"
          class="button"
          title={words.compare.end}
          aria-label={words.compare.end}
          data-testid="compare-end"
          onClick={onEnd}
        >
          {one ? <Icon name="close" /> : words.compare.end}
        </button>
      </p>
      {one ? (
        <>
          <div class="compare-switch">
            <Tabs
              id="run"
              label={words.compare.title}
              kind="line"
              tabs={SIDES.map((name) => ({ name, text: words.compare[name] }))}
              open={shown}
              onOpen={(name) => setShown(name)}
            />
          </div>
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
        <span>
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

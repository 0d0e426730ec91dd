/** Two runs of one program, one above the other on the same steps, with the step at which they part. */
import type { ComponentChildren } from "preact";
import type { Language, Part, VerdictInfo } from "../../core/wire";
import { Sentence } from "../../design/sentence";
import type { Named } from "../../state/roles";
import { grouped, type Interface, say } from "../../words";
import "./compare.css";

export interface CompareProps {
  readonly words: Interface;
  readonly language: Language;
  /** Up to this step the runs are the same. */
  readonly same: number;
  readonly parted: boolean;
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

export function CompareView(props: CompareProps) {
  const { words, same, parted, at, onSeek, onEnd } = props;
  return (
    <section class="compare" aria-label={words.compare.title} data-testid="compare">
      <p class="compare-head">
        {parted ? words.compare.parts(same + 1) : words.compare.alike}
        {parted && at !== same + 1 ? (
          <button
            type="button"
            class="button button-quiet"
            data-testid="compare-parting"
            onClick={() => onSeek(same + 1)}
          >
            {words.compare.goThere}
          </button>
        ) : null}
        <button type="button" class="button button-quiet" data-testid="compare-end" onClick={onEnd}>
          {words.compare.end}
        </button>
      </p>
      <Run {...props} name={words.compare.ours} side={props.ours} testid="compare-ours" />
      <Run {...props} name={words.compare.theirs} side={props.theirs} testid="compare-theirs" />
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
  return (
    <div class="compare-run">
      <p class="compare-told" data-testid={testid}>
        <b>{name}</b>
        <span>
          {at === 0 ? (
            words.atStart
          ) : side.sentence ? (
            <Sentence parts={side.sentence} named={side.named} />
          ) : at > side.events ? (
            words.compare.over(side.events)
          ) : null}
        </span>
        <span class="compare-ending soft" title={words.verdict}>
          {grouped(side.events)} · {say(side.verdict.sentence, language)}
        </span>
      </p>
      <div class="compare-lanes">{side.timeline}</div>
    </div>
  );
}

/** By hand: every goroutine that could go next is a button that says what it would do. */
import { useEffect, useRef } from "preact/hooks";
import type { Move, Moves } from "../../core/wire";
import { Sentence } from "../../design/sentence";
import type { Named } from "../../state/roles";
import type { Interface } from "../../words";
import { groupMoves } from "./groups";
import "./moves.css";

export interface MovesProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  readonly moves: Moves | undefined;
  /** Where the reader is. */
  readonly at: number;
  /** Small steps are seen one by one. */
  readonly everyStep: boolean;
  onEveryStep(on: boolean): void;
  onChoose(choice: string): void;
}

export function MovesView({ words, named, moves, at, everyStep, onEveryStep, onChoose }: MovesProps) {
  const all = moves?.moves ?? [];
  const section = useRef<HTMLElement>(null);
  /** The moves from which the reader has chosen: what is offered next takes the focus, since the button pressed is gone. */
  const chosenFrom = useRef<Moves | undefined>(undefined);
  useEffect(() => {
    if (!moves || !chosenFrom.current || chosenFrom.current === moves) return;
    chosenFrom.current = undefined;
    section.current?.querySelector<HTMLElement>(".move, summary")?.focus();
  }, [moves]);
  const choose = (choice: string) => {
    chosenFrom.current = moves;
    onChoose(choice);
  };
  return (
    <section class="moves" ref={section} data-testid="moves" aria-label={words.whoGoesNext}>
      <header class="moves-head">
        <h2 class="section-title">{words.whoGoesNext}</h2>
        {moves && moves.at > at && all.length > 0 ? (
          <p class="faint" data-testid="moves-follow">
            {words.followBy(at + 1, moves.at)}
          </p>
        ) : null}
        <label class="moves-every" title={words.everyStepHelp}>
          <input
            type="checkbox"
            checked={everyStep}
            data-testid="every-step"
            onChange={(event) => onEveryStep(event.currentTarget.checked)}
          />
          {words.everyStep}
        </label>
      </header>
      <div class="moves-row">
        {moves && all.length === 0 ? <p class="soft">{words.nobody}</p> : null}
        {groupMoves(all, named).map(({ name, hue, moves: inside }) => {
          const [only] = inside;
          if (inside.length === 1 && only) {
            return <MoveButton key={only.choice} words={words} named={named} move={only} onChoose={choose} />;
          }
          return (
            <details key={name} class={`moves-group role-${hue}`} name="moves">
              <summary class="button">
                <span class="dot" /> {words.oneOf(name, inside.length)}
              </summary>
              <div class="moves-many">
                {inside.map((move) => (
                  <MoveButton key={move.choice} words={words} named={named} move={move} onChoose={choose} />
                ))}
              </div>
            </details>
          );
        })}
        {moves && all.length < moves.total ? (
          <p class="faint moves-cut">{words.movesCut(all.length, moves.total)}</p>
        ) : null}
      </div>
    </section>
  );
}

function MoveButton({
  words,
  named,
  move,
  onChoose,
}: {
  words: Interface;
  named: readonly Named[];
  move: Move;
  onChoose(choice: string): void;
}) {
  const who = named[move.goroutine];
  return (
    <button
      type="button"
      class={move.taken ? "move is-taken" : "move"}
      data-goroutine={move.goroutine}
      title={move.choice === "" ? words.byItself : undefined}
      onClick={() => onChoose(move.choice)}
    >
      {who ? <b class={`name role-${who.hue}`}>{who.name}</b> : null}{" "}
      <span>
        <Sentence parts={move.sentence} named={named} />
      </span>
      {move.taken ? <span class="move-taken">{words.taken}</span> : null}
    </button>
  );
}

/**
 * Predict, then reveal: the reader ticks what can happen, and the program is explored. No score is kept; what was ticked
 * stays beside what is found.
 */
import type { ComponentChildren } from "preact";
import type { Language, OutcomeInfo } from "../../core/wire";
import { type Explored, isComplete, type LimitErrors } from "../../state/exploration";
import type { Option } from "../../state/scenario-files";
import { type Interface, say } from "../../words";
import { groupedIn } from "../../words/numbers";
import { answerOf } from "./answers";

export interface Asking {
  readonly words: Interface;
  readonly language: Language;
  /** Limits of the search that do not go. */
  readonly wrongLimits: LimitErrors;
  /** What is known of the program with the settings at hand. */
  readonly explored: Explored | undefined;
  /** Which options the reader has ticked. */
  readonly guesses: ReadonlySet<number>;
  /** Whether the settings at hand are those that the question was written for. */
  readonly asItOpens: boolean;
  onGuess(option: number, can: boolean): void;
  onFindOut(): void;
  onOpen(outcome: OutcomeInfo): void;
}

export interface QuestionProps extends Asking {
  readonly options: readonly Option[];
  /** Leads to the settings that the question was written for. */
  readonly back: ComponentChildren;
  /** Draws what an option says. */
  tell(option: Option): ComponentChildren;
}

export function Question(props: QuestionProps) {
  const { words, options, explored, guesses, asItOpens, back, tell, onGuess, onFindOut } = props;
  const said = words.asking;
  const searching = explored?.phase === "searching";
  const partly = explored !== undefined && !searching && !isComplete(explored);
  return (
    <form
      class="question"
      data-testid="question"
      onSubmit={(event) => {
        event.preventDefault();
        onFindOut();
      }}
    >
      <ul>
        {options.map((option, index) => (
          <li key={index} data-testid="option">
            <label>
              <input
                type="checkbox"
                checked={guesses.has(index)}
                disabled={explored !== undefined}
                onChange={(event) => onGuess(index, event.currentTarget.checked)}
              />
              <span>{tell(option)}</span>
            </label>
            {explored ? <Answered {...props} explored={explored} option={option} /> : null}
          </li>
        ))}
      </ul>
      {asItOpens ? null : (
        <p class="faint" data-testid="other-settings">
          {said.otherSettings} {back}
        </p>
      )}
      {explored && !partly ? (
        <p class="faint">{searching ? said.searching : said.revealed}</p>
      ) : (
        <p class="question-ask">
          <button type="submit" class={partly ? "button" : "button button-ink"} data-testid="find-out">
            {partly ? words.outcomes.again : words.outcomes.start}
          </button>
          <span class="faint">{partly ? said.partly : said.tick}</span>
        </p>
      )}
      <WrongLimit {...props} />
    </form>
  );
}

/** Why nothing is found out: what does not go stands in another tab. */
function WrongLimit({ words, language, wrongLimits }: QuestionProps) {
  const [wrong] = Object.entries(wrongLimits) as [keyof LimitErrors, LimitErrors[keyof LimitErrors]][];
  if (!wrong?.[1]) return null;
  const [name, why] = wrong;
  return (
    <p class="question-wrong" role="alert" data-testid="question-wrong">
      {words.asking.wrongLimit(words.outcomes[name], groupedIn(say(why, language)))}
    </p>
  );
}

/** An option never cannot happen because it was not found yet: only a complete search says so. */
function Answered({ words, explored, option, onOpen }: QuestionProps & { explored: Explored; option: Option }) {
  const { report } = explored;
  if (!report) return null;
  const { count, shown } = answerOf(option.expects, report);
  if (shown) {
    return (
      <button type="button" class="question-answer" data-answer="can" onClick={() => onOpen(shown)}>
        {count === undefined ? words.asking.canHappen : words.asking.can(count, report.executions)}
      </button>
    );
  }
  const cannot = count === 0 && isComplete(explored);
  return (
    <span class="question-answer soft" data-answer={cannot ? "cannot" : "unknown"}>
      {cannot ? words.asking.cannot : words.asking.notSeen}
    </span>
  );
}

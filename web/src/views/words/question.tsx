/**
 * Predict, then reveal: the reader ticks what can happen, and the program is explored. No score is kept; what was ticked
 * stays beside what is found.
 */
import type { ComponentChildren } from "preact";
import type { OutcomeInfo } from "../../core/wire";
import type { Explored } from "../../state/exploration";
import type { Option } from "../../state/scenario-files";
import type { Interface } from "../../words";
import { answerOf } from "./answers";

export interface Asking {
  readonly words: Interface;
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
      {explored ? (
        <p class="faint">{searching ? said.searching : said.revealed}</p>
      ) : (
        <p class="question-ask">
          <button type="submit" class="button button-ink" data-testid="find-out">
            {words.outcomes.start}
          </button>
          <span class="faint">{said.tick}</span>
        </p>
      )}
    </form>
  );
}

/** An option never cannot happen because it was not found yet: only a complete search says so. */
function Answered({ words, explored, option, onOpen }: QuestionProps & { explored: Explored; option: Option }) {
  const { report, phase } = explored;
  if (!report) return null;
  const { count, shown } = answerOf(option.expects, report);
  if (shown) {
    return (
      <button type="button" class="question-answer" data-answer="can" onClick={() => onOpen(shown)}>
        {words.asking.can(count, report.executions)}
      </button>
    );
  }
  const complete = phase === "done" && report.incomplete.length === 0;
  return (
    <span class="question-answer soft" data-answer={complete ? "cannot" : "unknown"}>
      {complete ? words.asking.cannot : words.asking.notSeen}
    </span>
  );
}

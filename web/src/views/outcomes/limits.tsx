/** The limits of a search: what is in force is the name of the form that changes it. */
import type { Language } from "../../core/wire";
import type { LimitErrors, LimitsDraft } from "../../state/exploration";
import { grouped, type Interface, say, ungrouped } from "../../words";
import { groupedIn } from "../../words/numbers";

export interface LimitsProps {
  readonly words: Interface;
  readonly language: Language;
  readonly limits: LimitsDraft;
  readonly errors: LimitErrors;
  onLimits(change: Partial<LimitsDraft>): void;
}

const NUMBERS = ["executions", "steps", "samples", "preemptions"] as const;

export function Limits({ words, language, limits, errors, onLimits }: LimitsProps) {
  const shown = (text: string) => {
    const number = ungrouped(text);
    return number === undefined ? text : grouped(number);
  };
  const wrong = Object.keys(errors).length > 0;
  return (
    <details class="outcomes-limits" open={wrong}>
      <summary data-testid="explore-limits">
        {words.outcomes.limits(shown(limits.executions), shown(limits.steps), shown(limits.samples))}
        {limits.preemptions.trim() === "" ? null : words.outcomes.andPreemptions(shown(limits.preemptions))}
      </summary>
      {NUMBERS.map((name) => {
        const error = errors[name];
        return (
          <div class="outcomes-limit" key={name}>
            <label for={`limit-${name}`}>{words.outcomes[name]}</label>
            <input
              id={`limit-${name}`}
              class="input"
              inputMode="numeric"
              placeholder={name === "preemptions" ? words.outcomes.anyNumber : undefined}
              autoComplete="off"
              value={limits[name]}
              aria-invalid={error !== undefined}
              aria-describedby={error ? `limit-problem-${name}` : undefined}
              onInput={(event) => onLimits({ [name]: event.currentTarget.value })}
            />
            {error ? (
              <p
                class="outcomes-problem"
                id={`limit-problem-${name}`}
                data-testid={`limit-problem-${name}`}
                role="alert"
              >
                {groupedIn(say(error, language))}
              </p>
            ) : null}
          </div>
        );
      })}
      <div class="outcomes-limit">
        <label for="limit-order">{words.outcomes.orderOfOutput}</label>
        <input
          id="limit-order"
          type="checkbox"
          checked={limits.orderOfOutput}
          onChange={(event) => onLimits({ orderOfOutput: event.currentTarget.checked })}
        />
      </div>
    </details>
  );
}

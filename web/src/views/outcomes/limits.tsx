/** The limits of a search: what is in force is the name of the form that changes it. */
import { useState } from "preact/hooks";
import type { ExploreSpec, Language } from "../../core/wire";
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

/** Limits in one line, numbers as the reader typed them. */
export function told(
  words: Interface,
  { executions, steps, samples, preemptions, orderOfOutput }: LimitsDraft,
): string {
  const said = words.outcomes;
  const shown = (text: string) => {
    const number = ungrouped(text);
    return number === undefined ? text : grouped(number);
  };
  const bounded = preemptions.trim() === "" ? "" : said.andPreemptions(shown(preemptions));
  return `${said.limits(shown(executions), shown(steps), shown(samples))}${bounded}${orderOfOutput ? said.andOrder : ""}`;
}

/** The limits of a search, as the reader would type them. */
export function limitsOf({ executions, steps, samples, preemptions, orderOfOutput }: ExploreSpec): LimitsDraft {
  return {
    executions: String(executions),
    steps: String(steps),
    samples: String(samples),
    preemptions: String(preemptions ?? ""),
    orderOfOutput,
  };
}

export function Limits({ words, language, limits, errors, onLimits }: LimitsProps) {
  const wrong = Object.keys(errors).length > 0;
  const [isOpen, setOpen] = useState(wrong);
  // Whoever mends what does not go is not done with the first letter.
  if (wrong && !isOpen) setOpen(true);
  return (
    <details class="outcomes-limits" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-testid="explore-limits">{told(words, limits)}</summary>
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

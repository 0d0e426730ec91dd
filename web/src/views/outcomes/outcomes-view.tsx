/**
 * What can happen: the search with its limits, how far it is, and a row an outcome.
 *
 * What is in force and whether that is all stands in plain sight; nothing is called complete that is not.
 */
import type { ExploreReport, Language } from "../../core/wire";
import { type Explored, isComplete, type LimitErrors, type LimitsDraft } from "../../state/exploration";
import { type Interface, say } from "../../words";
import { groupedIn } from "../../words/numbers";
import { useKeptFocus } from "./kept-focus";
import { Kinds } from "./kinds";
import { Limits, limitsOf, told } from "./limits";
import { OutcomeList } from "./outcome-list";
import type { RowCallbacks } from "./outcome-row";
import { aboutOf, progressOf, rateOf } from "./shares";
import "./outcomes.css";

export interface OutcomesProps extends RowCallbacks {
  readonly words: Interface;
  readonly language: Language;
  /** Of the program and the settings at hand. */
  readonly explored: Explored | undefined;
  readonly limits: LimitsDraft;
  readonly errors: LimitErrors;
  /** The digest of the run at hand. */
  readonly current: string | undefined;
  onStart(): void;
  onCancel(): void;
  onLimits(change: Partial<LimitsDraft>): void;
}

export function OutcomesView(props: OutcomesProps) {
  const { words, explored, limits, errors, onStart, onLimits } = props;
  const searching = explored?.phase === "searching";
  const report = explored?.report;
  const had = explored ? told(words, limitsOf(explored.spec)) : "";
  const section = useKeptFocus(searching, Object.keys(errors).length > 0);
  return (
    <section
      ref={section}
      class="outcomes"
      data-testid="outcomes"
      data-phase={explored?.phase ?? "idle"}
      aria-label={words.outcomes.title}
    >
      {searching ? (
        <>
          <h2 class="outcomes-title">{words.outcomes.question}</h2>
          <Searching {...props} explored={explored} />
        </>
      ) : (
        <form
          class="outcomes-ask"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            onStart();
          }}
        >
          <h2 class="outcomes-title">{words.outcomes.question}</h2>
          {explored ? null : <p class="soft">{words.outcomes.intro}</p>}
          <button type="submit" class={explored ? "button" : "button button-ink"} data-testid="explore">
            {explored ? words.outcomes.again : words.outcomes.start}
          </button>
          <Limits {...props} limits={limits} errors={errors} onLimits={onLimits} />
        </form>
      )}
      {explored && !searching ? (
        <>
          <Standing {...props} explored={explored} />
          {had === told(words, limits) ? null : <p class="outcomes-note faint">{words.outcomes.within(had)}</p>}
        </>
      ) : null}
      <p class="unseen" role="status">
        {explored ? (searching ? words.outcomes.beginning : standing(props, explored)) : ""}
      </p>
      {report && report.outcomes.length > 0 ? (
        <>
          <Kinds words={words} report={report} />
          <OutcomeList {...props} report={report} ofSearch={explored.spec} />
          {report.outcomes.length < report.total ? (
            <p class="soft">{words.outcomes.cutOff(report.outcomes.length, report.total)}</p>
          ) : null}
          <p class="outcomes-note faint">
            {words.outcomes.counts}
            {report.sampled > 0 ? words.outcomes.beside(report.sampled) : null}
            {report.sampledCut > 0 ? words.outcomes.besideCut(report.sampledCut) : null}
          </p>
        </>
      ) : null}
    </section>
  );
}

function Searching({ words, language, explored, onCancel }: OutcomesProps & { readonly explored: Explored }) {
  const { progress, report, closer, elapsedMs, spec } = explored;
  // The rows below count up to the last report: one total for all that is said.
  const counted = report ? { executions: report.executions, outcomes: report.total } : progress;
  const share = closer ? 1 - closer.left / Math.max(1, closer.all) : progress ? progressOf(progress) : undefined;
  return (
    <div class="outcomes-search" data-testid="explore-progress" data-executions={progress?.executions ?? 0}>
      <svg
        class="outcomes-bar"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        role="progressbar"
        aria-label={words.outcomes.title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === undefined ? undefined : Math.round(100 * share)}
      >
        <rect class="outcomes-bar-way" width="100" height="4" />
        <rect class="outcomes-bar-done" width={100 * (share ?? 0)} height="4" />
      </svg>
      <div class="outcomes-search-line">
        <p>
          {progress ? (
            <>
              <b>{words.outcomes.searched(counted?.executions ?? 0)}</b>
              {progress.estimate != null && !progress.over ? (
                <span class="soft"> {words.outcomes.estimate(aboutOf(progress.estimate))}</span>
              ) : null}
              <br />
              <span class="soft">
                {closer
                  ? words.outcomes.closer(closer.left)
                  : [
                      words.outcomes.rate(rateOf(progress, elapsedMs)),
                      words.outcomes.outcomes(counted?.outcomes ?? 0),
                    ].join(language === "zh" ? "，" : ", ")}
              </span>
            </>
          ) : (
            <span class="soft">{words.outcomes.beginning}</span>
          )}
        </p>
        <button type="button" class="button" data-testid="explore-cancel" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
      <p class="faint">{told(words, limitsOf(spec))}</p>
    </div>
  );
}

/** Whether that is all, in so many words. */
function Standing(props: OutcomesProps & { readonly explored: Explored }) {
  const complete = isComplete(props.explored);
  return (
    <p class="outcomes-standing" data-testid="explore-standing" data-complete={complete}>
      <svg class="outcomes-sign" viewBox="0 0 16 16" aria-hidden="true">
        {complete ? (
          <path d="M2 2.5h12v11H2zM5 8.2l2.2 2.3 4-5" />
        ) : (
          <path d="M2 3.5h12M2 12.5h12M2 3.5v9M14 6v.4M14 9.2v.4" />
        )}
      </svg>
      <span>{standing(props, props.explored)}</span>
    </p>
  );
}

function standing({ words, language }: Pick<OutcomesProps, "words" | "language">, explored: Explored): string {
  const { phase, report, closer } = explored;
  const said = words.outcomes;
  if (report && isComplete(explored)) {
    return said.complete(said.outcomes(report.total), said.searched(report.executions));
  }
  const separator = language === "zh" ? "；" : "; ";
  const met = report?.incomplete.map((reason) => groupedIn(say(reason, language))).join(separator) ?? said.searching;
  const why = said.incomplete(
    closer ? met : phase === "stopped" ? said.stopped : phase === "broken" ? said.broken : met,
  );
  return report ? `${why}${language === "zh" ? "" : " "}${seen(words, report)}` : why;
}

/** How much was seen of a search that was cut, and how much there may be. */
function seen({ outcomes: said }: Interface, { executions, estimate, sampled, total }: ExploreReport): string {
  const guess = estimate === null ? undefined : said.estimate(aboutOf(estimate));
  return said.seen(said.outcomes(total), said.searched(executions), guess, sampled);
}

/** An outcome: its picture and its name, what it is like, how often it comes, and the run that shows it. */
import type { ExploreReport, Language, OutcomeInfo, VerdictInfo } from "../../core/wire";
import { Seal, sealOf } from "../../design/seal";
import { type Interface, say } from "../../words";
import { percentOf } from "./shares";

/** Lines of output that a row shows. */
const MOST_LINES = 8;

export interface RowCallbacks {
  onOpen(outcome: OutcomeInfo, at?: number): void;
  /** Puts its run beside the one at hand. */
  onCompare(outcome: OutcomeInfo): void;
  /** Copies the link to a fragment; answers whether that could be done. */
  onCopy(fragment: string): Promise<boolean>;
}

/** What was last tried to be copied of a list, and whether that could be done. */
export interface Copied {
  readonly link: string;
  readonly done: boolean;
}

export interface RowProps extends Omit<RowCallbacks, "onCopy"> {
  readonly words: Interface;
  readonly language: Language;
  readonly outcome: OutcomeInfo;
  readonly report: ExploreReport;
  /** Whether the order of output tells outcomes apart; else their lines are sorted. */
  readonly orderOfOutput: boolean;
  readonly current: string | undefined;
  readonly copied: Copied | undefined;
  onCopy(fragment: string): void;
}

export function OutcomeRow(props: RowProps) {
  const { words, language, outcome, report, orderOfOutput, current, copied, onOpen, onCompare, onCopy } = props;
  const said = words.outcomes;
  const { verdict, count, sampled, pressed, at, turning } = outcome;
  const isOpen = outcome.digest === current;
  const detail = detailOf(outcome, language);
  return (
    <li class={isOpen ? "outcome is-open" : "outcome"} data-testid="outcome" data-seal={sealOf(verdict)}>
      <button type="button" class="outcome-open" title={said.open(at)} onClick={() => onOpen(outcome)}>
        <Seal kind={sealOf(verdict)} />
        <span class="outcome-name">{nameOf(verdict, words)}</span>
        {isOpen ? <span class="outcome-shown">{said.shown}</span> : null}
        <span class="outcome-output">
          <Output words={words} outcome={outcome} orderOfOutput={orderOfOutput} />
        </span>
        <span class="unseen">{said.open(at)}</span>
      </button>
      {detail ? <p class="outcome-detail soft">{detail}</p> : null}
      <p class="outcome-counts">
        <Share part={count} all={report.executions} />
        <span>{said.count(count, report.executions, percentOf(count, report.executions))}</span>
        {report.sampled > 0 ? (
          <span class="soft" title={said.atRandomHelp(sampled, report.sampled)}>
            {said.atRandom(percentOf(sampled, report.sampled))}
            {sampled === 0 && pressed ? said.neverPressed : null}
          </span>
        ) : null}
        <span class="outcome-does faint">
          {isOpen ? null : (
            <button
              type="button"
              class="outcome-compare"
              title={words.compare.startHelp}
              data-testid="outcome-compare"
              onClick={() => onCompare(outcome)}
            >
              {words.compare.start}
            </button>
          )}
          <CopyLink words={words} link={outcome.link} copied={copied} onCopy={onCopy} />
        </span>
      </p>
      {turning ? (
        <button
          type="button"
          class="outcome-turning"
          data-testid="outcome-turning"
          onClick={() => onOpen(outcome, turning.after)}
        >
          <b>{said.noWayBack(turning.after)}</b> {say(turning.sentence, language)}
        </button>
      ) : null}
      <p class="outcome-witness faint">
        {said.witness(outcome.smallest ? "smallest" : count > 0 ? "found" : "chance", outcome.events, outcome.switches)}
      </p>
    </li>
  );
}

/** The ending, or what was found where main returned. */
export function nameOf({ ending, findings, good }: VerdictInfo, words: Interface): string {
  const said = words.outcomes;
  if (good) return said.endsWell;
  const found = [...new Set(findings.map(({ kind }) => said.findings[kind] ?? kind))];
  return [...(ending === "completed" ? [] : [said.endings[ending]]), ...found].join(" · ");
}

/** The words of a panic stand in its ending; what is found stands in the detail. */
function detailOf({ verdict, detail }: OutcomeInfo, language: Language): string {
  const ending = verdict.ending === "panicked" || verdict.ending === "fatal" || verdict.ending === "cut";
  const texts = [ending ? say(verdict.sentence, language) : "", say(detail, language)];
  return texts.filter((text) => text !== "").join(language === "zh" ? "；" : "; ");
}

function Output({ words, outcome, orderOfOutput }: Pick<RowProps, "words" | "outcome" | "orderOfOutput">) {
  const said = words.outcomes;
  const lines = outcome.output.slice(0, MOST_LINES);
  if (lines.length === 0) return <span class="faint">{said.printsNothing}</span>;
  const more = outcome.outputLines - lines.length;
  return (
    <>
      <span class="faint">{said.prints(!orderOfOutput && outcome.outputLines > 1)}</span>{" "}
      {lines.map((line, index) => [index > 0 ? " " : null, <code key={index}>{line}</code>])}
      {more > 0 ? <span class="faint"> {said.moreLines(more)}</span> : null}
    </>
  );
}

function Share({ part, all }: { readonly part: number; readonly all: number }) {
  return (
    <svg class="outcome-share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="outcome-share-all" width="100" height="4" />
      <rect class="outcome-share-part" width={part > 0 ? Math.max(0.6, (100 * part) / all) : 0} height="4" />
    </svg>
  );
}

function CopyLink({
  words,
  link,
  copied,
  onCopy,
}: { readonly link: string | null } & Pick<RowProps, "words" | "copied" | "onCopy">) {
  const said = words.outcomes;
  if (link === null) return <span>{said.noLink}</span>;
  return (
    <a
      class="outcome-link"
      href={link}
      data-testid="outcome-link"
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onCopy(link);
      }}
    >
      {copied?.link !== link ? said.copyLink : copied.done ? said.copied : said.notCopied}
    </a>
  );
}

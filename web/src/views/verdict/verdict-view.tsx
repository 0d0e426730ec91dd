/** How the run ends: its ending and what else was found, each with the step that shows it. */
import { useRef } from "preact/hooks";
import type { FindingInfo, Language, RunSummary } from "../../core/wire";
import { Seal, sealOf, sealOfFinding } from "../../design/seal";
import { type Interface, say } from "../../words";
import "./verdict.css";

export interface VerdictProps {
  readonly words: Interface;
  readonly language: Language;
  readonly run: RunSummary | undefined;
  /** Lines of the Go program that say the same as a line of the Rust that runs. */
  goLines(line: number): readonly number[];
  onSeek(position: number): void;
  /** Asks what else can happen; absent where that cannot be asked. */
  onOutcomes?: (() => void) | undefined;
}

/** Findings that have a line of their own: the others, and all that is to be said of each, are in the details. */
const MOST_LINES = 3;

export function VerdictView({ words, language, run, goLines, onSeek, onOutcomes }: VerdictProps) {
  const details = useRef<HTMLDetailsElement>(null);
  if (!run) return <footer class="verdict" data-testid="verdict" />;
  const { verdict, events, digest, traceBytes } = run;
  const rest = Math.max(0, verdict.findings.length - MOST_LINES);
  const inFull = rest > 0 ? verdict.findings : verdict.findings.filter(hasMore);
  /** What was found has a seal of its own. */
  const stopped = verdict.ending === "completed" && !verdict.good;
  return (
    <footer class="verdict" data-testid="verdict" data-ending={verdict.ending} data-good={verdict.good}>
      <h2 class="verdict-title">{words.verdict}</h2>
      <div class="verdict-all">
        <p class="verdict-ending">
          <Seal kind={stopped ? "plain" : sealOf(verdict)} />
          {say(verdict.sentence, language)}
          {verdict.good ? <span class="soft">{words.endsWell}</span> : null}
        </p>
        <div class="verdict-findings">
          {verdict.findings.slice(0, MOST_LINES).map((finding) => (
            <Finding
              key={keyOf(finding)}
              words={words}
              language={language}
              finding={finding}
              goLines={goLines}
              onSeek={onSeek}
            />
          ))}
          {rest > 0 ? (
            <button
              type="button"
              class="verdict-rest"
              data-testid="verdict-rest"
              onClick={() => {
                if (details.current) details.current.open = true;
              }}
            >
              {words.moreFindings(rest)}
            </button>
          ) : null}
        </div>
      </div>
      {onOutcomes ? (
        <button type="button" class="button verdict-outcomes" data-testid="outcomes-open" onClick={onOutcomes}>
          {words.outcomes.question}
        </button>
      ) : null}
      <details class="verdict-details" ref={details}>
        <summary>{words.details}</summary>
        <div class="verdict-panel">
          {inFull.length > 0 ? (
            <div class="verdict-full">
              {inFull.map((finding) => (
                <Finding
                  key={keyOf(finding)}
                  words={words}
                  language={language}
                  finding={finding}
                  goLines={goLines}
                  full
                  onSeek={onSeek}
                />
              ))}
            </div>
          ) : null}
          <dl>
            <dt>{words.digest}</dt>
            <dd>
              <code data-testid="digest">{digest}</code>
              <p class="faint">{words.digestHelp}</p>
            </dd>
            <dt>{words.traceSize}</dt>
            <dd>
              {words.events(events)}, {words.bytes(traceBytes)}
            </dd>
          </dl>
        </div>
      </details>
    </footer>
  );
}

/** Whether there is more to say of a finding than its line says. */
function hasMore({ more, accesses }: FindingInfo): boolean {
  return Boolean(more) || accesses.length > 0;
}

function keyOf({ kind, at, goroutines }: FindingInfo): string {
  return `${kind} ${at} ${goroutines.join()}`;
}

function Finding({
  words,
  language,
  finding,
  full,
  goLines,
  onSeek,
}: Pick<VerdictProps, "words" | "language" | "goLines" | "onSeek"> & { finding: FindingInfo; full?: boolean }) {
  const said = say(finding.sentence, language);
  const told = (
    <button
      type="button"
      class={full ? "verdict-finding is-full" : "verdict-finding"}
      title={full ? words.showAt(finding.at) : `${said} ${words.showAt(finding.at)}`}
      data-finding={finding.kind}
      onClick={() => onSeek(finding.at)}
    >
      <Seal kind={sealOfFinding(finding.kind)} />
      <span>
        <span class="verdict-sentence">{said}</span>
        {full && finding.more ? <span class="verdict-more soft">{say(finding.more, language)}</span> : null}
      </span>
    </button>
  );
  if (!full || finding.accesses.length === 0) return told;
  return (
    <div>
      {told}
      <ul class="verdict-accesses">
        {finding.accesses.map(({ at, site }) => (
          <li key={at}>
            <button type="button" class="verdict-access" title={words.showAt(at)} onClick={() => onSeek(at)}>
              {words.atStep(at)}:{" "}
              {[...goLines(site.line).map((line) => `program.go:${line}`), `${site.file}:${site.line}`].join(", ")}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How the run ends: its ending and what else was found, each with the step that shows it. */
import type { FindingInfo, Language, RunSummary } from "../../core/wire";
import { Seal } from "../../design/seal";
import { type Interface, say } from "../../words";
import "./verdict.css";

export interface VerdictProps {
  readonly words: Interface;
  readonly language: Language;
  readonly run: RunSummary | undefined;
  onSeek(position: number): void;
  /** Asks what else can happen; absent where that cannot be asked. */
  onOutcomes?: (() => void) | undefined;
}

/** Findings that are worth knowing but are no fault. */
const MERELY_MIND: ReadonlySet<string> = new Set(["leftOver"]);

export function VerdictView({ words, language, run, onSeek, onOutcomes }: VerdictProps) {
  if (!run) return <footer class="verdict" data-testid="verdict" />;
  const { verdict, events, digest, traceBytes } = run;
  const endedWell = verdict.ending === "completed";
  return (
    <footer class="verdict" data-testid="verdict" data-ending={verdict.ending} data-good={verdict.good}>
      <h2 class="verdict-title">{words.verdict}</h2>
      <div class="verdict-all">
        <p class="verdict-ending">
          <Seal kind={verdict.good ? "good" : endedWell ? "plain" : "bad"} />
          {say(verdict.sentence, language)}
          {verdict.good ? <span class="soft">{words.endsWell}</span> : null}
        </p>
        <div class="verdict-findings">
          {verdict.findings.map((finding) => (
            <Finding
              key={`${finding.kind} ${finding.at} ${finding.goroutines.join()}`}
              words={words}
              language={language}
              finding={finding}
              onSeek={onSeek}
            />
          ))}
        </div>
      </div>
      {onOutcomes ? (
        <button type="button" class="button verdict-outcomes" data-testid="outcomes-open" onClick={onOutcomes}>
          {words.outcomes.question}
        </button>
      ) : null}
      <details class="verdict-details">
        <summary>{words.details}</summary>
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
      </details>
    </footer>
  );
}

function Finding({
  words,
  language,
  finding,
  onSeek,
}: Pick<VerdictProps, "words" | "language" | "onSeek"> & { finding: FindingInfo }) {
  return (
    <button
      type="button"
      class="verdict-finding"
      title={words.showAt(finding.at)}
      data-finding={finding.kind}
      onClick={() => onSeek(finding.at)}
    >
      <Seal kind={MERELY_MIND.has(finding.kind) ? "mind" : "bad"} />
      <span>
        <span class="verdict-sentence">{say(finding.sentence, language)}</span>
        {finding.more ? <span class="verdict-more soft">{say(finding.more, language)}</span> : null}
      </span>
    </button>
  );
}

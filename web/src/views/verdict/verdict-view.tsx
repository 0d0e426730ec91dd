/** How the run ends: its ending and what else was found, each with the step that shows it. */
import type { FindingInfo, Language, RunSummary } from "../../core/wire";
import { type Interface, say } from "../../words";
import "./verdict.css";

export interface VerdictProps {
  readonly words: Interface;
  readonly language: Language;
  readonly run: RunSummary | undefined;
  onSeek(position: number): void;
}

/** Findings that are worth knowing but are no fault. */
const MERELY_MIND: ReadonlySet<string> = new Set(["leftOver"]);

export function VerdictView({ words, language, run, onSeek }: VerdictProps) {
  if (!run) return <footer class="verdict" data-testid="verdict" />;
  const { verdict, events, digest, traceBytes } = run;
  const endedWell = verdict.ending === "completed";
  return (
    <footer class="verdict" data-testid="verdict" data-ending={verdict.ending} data-good={verdict.good}>
      <h2 class="verdict-title">{words.verdict}</h2>
      <p class="verdict-ending">
        <Seal kind={verdict.good ? "good" : endedWell ? "plain" : "bad"} />
        {say(verdict.sentence, language)}
        {verdict.good ? <span class="soft">{words.endsWell}</span> : null}
      </p>
      {verdict.findings.map((finding) => (
        <Finding
          key={`${finding.kind} ${finding.at} ${finding.goroutines.join()}`}
          words={words}
          language={language}
          finding={finding}
          onSeek={onSeek}
        />
      ))}
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
      {say(finding.sentence, language)}
    </button>
  );
}

/** Told apart by form: a tick, a stop, a cross in a square, a triangle. */
function Seal({ kind }: { kind: "good" | "plain" | "bad" | "mind" }) {
  return (
    <svg class={`seal seal-${kind}`} viewBox="0 0 16 16" aria-hidden="true">
      {kind === "mind" ? <path class="seal-body" d="M8 1.5 15 14H1z" /> : null}
      {kind === "bad" ? <rect class="seal-body" x="1" y="1" width="14" height="14" rx="3" /> : null}
      {kind === "good" ? <circle class="seal-body" cx="8" cy="8" r="7" /> : null}
      {kind === "plain" ? <rect class="seal-stop" x="4" y="4" width="8" height="8" rx="1" /> : null}
      {kind === "good" ? <path class="seal-sign" d="M4.8 8.2 7 10.4l4.2-4.6" /> : null}
      {kind === "bad" ? <path class="seal-sign" d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" /> : null}
      {kind === "mind" ? <path class="seal-sign" d="M8 6v3.6M8 11.8v.2" /> : null}
    </svg>
  );
}

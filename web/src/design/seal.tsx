/**
 * The picture of a verdict, told apart by form: a tick in a circle, a cross in a square, a padlock, two arrows that meet,
 * an arrow out of a broken circle, a cut square, a triangle, a stop.
 */
import type { VerdictInfo } from "../core/wire";
import "./seal.css";

export type SealKind = "good" | "plain" | "bad" | "locked" | "race" | "leak" | "cut" | "mind";

const SIGNS: Readonly<Partial<Record<SealKind, string>>> = {
  good: "M4.8 8.2 7 10.4l4.2-4.6",
  bad: "M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6",
  locked: "M5.6 7.6V6.2a2.4 2.4 0 0 1 4.8 0v1.4M4.6 8h6.8v3.6H4.6z",
  race: "M3.8 5.4 6.4 8l-2.6 2.6M12.2 5.4 9.6 8l2.6 2.6",
  leak: "M6.2 8h7.6M11.2 5.4 13.8 8l-2.6 2.6",
  cut: "M8 2.6v2.2M8 6.9v2.2M8 11.2v2.2",
  mind: "M8 6v3.6M8 11.8v.2",
};

/** What stands for a verdict as a whole: its ending, or the first of its findings where it completed. */
export function sealOf({ ending, findings, good }: VerdictInfo): SealKind {
  switch (ending) {
    case "panicked":
    case "fatal":
      return "bad";
    case "deadlocked":
      return "locked";
    case "cut":
      return "cut";
    case "completed":
      return good ? "good" : sealOfFinding(findings[0]?.kind);
  }
}

export function sealOfFinding(kind: string | undefined): SealKind {
  return kind === "dataRace" ? "race" : kind === "leaked" ? "leak" : "mind";
}

export function Seal({ kind }: { readonly kind: SealKind }) {
  const sign = SIGNS[kind];
  return (
    <svg class={`seal seal-${kind}`} viewBox="0 0 16 16" aria-hidden="true">
      <Body kind={kind} />
      {sign ? <path class="seal-sign" d={sign} /> : null}
    </svg>
  );
}

function Body({ kind }: { readonly kind: SealKind }) {
  switch (kind) {
    case "good":
      return <circle class="seal-body" cx="8" cy="8" r="7" />;
    case "plain":
      return <rect class="seal-stop" x="4" y="4" width="8" height="8" rx="1" />;
    case "mind":
      return <path class="seal-body" d="M8 1.5 15 14H1z" />;
    case "leak":
      return <path class="seal-line" d="M11.4 3.2a6 6 0 1 0 0 9.6" />;
    case "cut":
      return <rect class="seal-line" x="1.8" y="1.8" width="12.4" height="12.4" rx="2" />;
    case "bad":
    case "locked":
    case "race":
      return <rect class="seal-body" x="1" y="1" width="14" height="14" rx="3" />;
  }
}

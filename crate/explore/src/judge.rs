//! The verdict on a finished run.

use chanscope_kernel::{Outcome, Verdict};

use crate::matters::Matters;
use crate::race::races;

/// Puts the ending together with everything that can be found in the trace. Equivalent executions get the same verdict.
#[must_use]
pub fn judge(outcome: &Outcome) -> Verdict {
    judge_where(outcome, Matters::default())
}

/// The same, with races only where they matter.
pub(crate) fn judge_where(outcome: &Outcome, matters: Matters) -> Verdict {
    let mut findings = outcome.left_behind.clone();
    if matters.races {
        findings.extend(races(&outcome.trace));
    }
    findings.sort();
    Verdict { ending: outcome.ending, findings, settled: outcome.settled }
}

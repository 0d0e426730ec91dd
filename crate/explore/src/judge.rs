//! The verdict on a finished run.

use chanscope_kernel::{Outcome, Verdict};

use crate::race::races;

/// Puts the ending together with everything that can be found in the trace. Equivalent executions get the same verdict.
#[must_use]
pub fn judge(outcome: &Outcome) -> Verdict {
    let mut findings = outcome.leaked.clone();
    findings.extend(races(&outcome.trace));
    findings.sort();
    Verdict { ending: outcome.ending, findings, settled: outcome.settled }
}

//! The verdict on a finished run.

use chanscope_kernel::{Finding, Outcome, Verdict};

use crate::race::{races, races_of_class};

/// Puts the ending together with everything that can be found in the trace.
#[must_use]
pub fn judge(outcome: &Outcome) -> Verdict {
    verdict(outcome, races(&outcome.trace))
}

/// The verdict on all executions equivalent to a finished run.
#[must_use]
pub(crate) fn judge_class(outcome: &Outcome) -> Verdict {
    verdict(outcome, races_of_class(&outcome.trace))
}

fn verdict(outcome: &Outcome, races: Vec<Finding>) -> Verdict {
    let mut findings = outcome.leaked.clone();
    findings.extend(races);
    findings.sort();
    Verdict { ending: outcome.ending, findings, settled: outcome.settled }
}

//! The verdict on a finished run.

use std::collections::BinaryHeap;

use chanscope_kernel::{Finding, Outcome, Verdict};

use crate::matters::Matters;
use crate::race::{MAX_RACES_OF_OUTCOME, races, races_up_to};

/// Puts the ending together with everything that can be found in the trace. Equivalent executions get the same verdict.
#[must_use]
pub fn judge(outcome: &Outcome) -> Verdict {
    verdict(outcome, races(&outcome.trace))
}

/// The same with all races, or with none where they do not matter.
pub(crate) fn judge_where(outcome: &Outcome, matters: Matters) -> Verdict {
    let races = if matters.races { races_up_to(&outcome.trace, MAX_RACES_OF_OUTCOME) } else { Vec::new() };
    verdict(outcome, races)
}

fn verdict(outcome: &Outcome, races: Vec<Finding>) -> Verdict {
    // A heap sorts with a tenth of the code of a sort, which would be the largest thing here that the page loads.
    let findings: BinaryHeap<_> = outcome.left_behind.iter().cloned().chain(races).collect();
    Verdict { ending: outcome.ending, findings: findings.into_sorted_vec(), settled: outcome.settled }
}

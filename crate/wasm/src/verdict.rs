//! The verdict, for the wire.

use chanscope_kernel as kernel;
use chanscope_session::{FindingTold, VerdictTold};

use crate::wire::{AccessInfo, Ending, FindingInfo, VerdictInfo};

impl From<VerdictTold> for VerdictInfo {
    fn from(told: VerdictTold) -> Self {
        let VerdictTold { ending, sentence, findings, good } = told;
        let findings = findings.into_iter().map(FindingInfo::from).collect();
        Self { ending: ending.into(), sentence: sentence.into(), findings, good }
    }
}

impl From<FindingTold> for FindingInfo {
    fn from(told: FindingTold) -> Self {
        let FindingTold { kind, sentence, more, accesses, at, goroutines } = told;
        let goroutines = goroutines.into_iter().map(|id| id.0).collect();
        let accesses = accesses.into_iter().map(|(at, site)| AccessInfo { at, site: site.into() }).collect();
        Self { kind: kind.to_owned(), sentence: sentence.into(), more: more.map(Into::into), accesses, at, goroutines }
    }
}

impl From<kernel::Ending> for Ending {
    fn from(ending: kernel::Ending) -> Self {
        match ending {
            kernel::Ending::Completed => Self::Completed,
            kernel::Ending::Panicked { .. } => Self::Panicked,
            kernel::Ending::Fatal { .. } => Self::Fatal,
            kernel::Ending::Deadlocked => Self::Deadlocked,
            kernel::Ending::Cut(_) => Self::Cut,
        }
    }
}

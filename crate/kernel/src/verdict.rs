//! The verdict on a run: one ending and a set of findings. Data, never log lines.

use crate::ids::{GoroutineId, ObjectId, Position};
use crate::limits::Limit;

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ending {
    /// `main` returned.
    Completed,
    /// A panic that nobody recovered; it is the value of the last event.
    Panicked {
        /// Who panicked.
        goroutine: GoroutineId,
    },
    /// What Go calls a fatal error: no panic, so nothing runs and nothing recovers; it is the value of the last event.
    Fatal {
        /// Who met it.
        goroutine: GoroutineId,
    },
    /// Go's "all goroutines are asleep - deadlock!".
    Deadlocked,
    /// A limit was met before the program had ended.
    Cut(Limit),
}

/// One of the two accesses of a data race.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RaceAccess {
    /// The event.
    pub at: Position,
    /// Who.
    pub goroutine: GoroutineId,
    /// Whether it writes.
    pub writes: bool,
}

/// What can be found beside any ending.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Finding {
    /// Two accesses to the same memory, at least one of them writing, that nothing orders.
    DataRace {
        /// What was accessed.
        object: ObjectId,
        /// The access that came first in this run.
        first: RaceAccess,
        /// The other.
        second: RaceAccess,
        /// How many events of the first's goroutine the second's had heard of by then, of its first ones: too few.
        heard: u32,
    },
    /// Blocked when nothing could move any more, after `main` had returned.
    Leaked {
        /// Who.
        goroutine: GoroutineId,
    },
    /// A value was received and neither used nor passed on.
    Lost {
        /// What it was received from.
        object: ObjectId,
        /// The event.
        at: Position,
    },
    /// Neither was its cancel function called nor was it cancelled otherwise, up to `main`'s return.
    NotCancelled {
        /// The context.
        object: ObjectId,
    },
}

/// One ending and what was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// How it ended.
    pub ending: Ending,
    /// What was found: a set, in ascending order.
    pub findings: Vec<Finding>,
    /// Whether the rest was run on, after main had returned, until nothing moved. Where a limit came first, or the
    /// program did not get so far, more may leak than was found.
    pub settled: bool,
}

impl Verdict {
    /// The verdict without who and where: its ending and the kinds of its findings, such as `completed, data race`.
    /// What scenarios declare and outcomes are grouped by.
    #[must_use]
    pub fn kind(&self) -> String {
        let mut parts = vec![match self.ending {
            Ending::Completed => "completed",
            Ending::Panicked { .. } => "panicked",
            Ending::Fatal { .. } => "fatal",
            Ending::Deadlocked => "deadlocked",
            Ending::Cut(_) => "cut",
        }];
        // Findings come in order, so that equal kinds stand side by side.
        parts.extend(self.findings.iter().map(|finding| match finding {
            Finding::DataRace { .. } => "data race",
            Finding::Leaked { .. } => "leaked",
            Finding::Lost { .. } => "lost item",
            Finding::NotCancelled { .. } => "not cancelled",
        }));
        parts.dedup();
        parts.join(", ")
    }

    /// Completed, with no finding.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.ending == Ending::Completed && self.findings.is_empty()
    }
}

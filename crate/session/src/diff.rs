//! Where two runs of one program part, and what each then did.

use chanscope_explore::parting;
use chanscope_kernel::words::{Language, Words};
use chanscope_kernel::{GoroutineId, Position};
use chanscope_scenario::shortened;

use crate::finished::Finished;
use crate::refusal::{Refusal, RefusalKind};

/// So many events are told of each, from where they part.
pub const TOLD_AFTER_PARTING: Position = 8;

/// How two runs differ.
#[derive(Clone, PartialEq, Debug)]
pub struct Diff {
    /// The position up to which they are the same: as many events both have.
    pub same: Position,
    /// What each did then; nothing where it was over. Both are empty when the runs are the same.
    pub then: [Vec<Told>; 2],
}

/// An event, as it is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// The position after it.
    pub after: Position,
    /// Who did it.
    pub who: String,
    /// What he did.
    pub sentence: Words,
}

impl Diff {
    /// Whether they part at all.
    #[must_use]
    pub fn parted(&self) -> bool {
        self.then.iter().any(|then| !then.is_empty())
    }

    /// Whether runs of these two programs can be compared, which can be known without running them.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn can_be_of(one: &str, other: &str) -> Result<(), Refusal> {
        if one == other {
            return Ok(());
        }
        let other = shortened(other);
        let en = format!("the runs are of different programs, {one} and {other}; expected two runs of one");
        let zh = format!("两次运行属于不同的程序：{one} 与 {other}；应为同一程序的两次运行");
        Err(Refusal::new(RefusalKind::Config, en, zh))
    }

    /// Compares two runs, event by event.
    ///
    /// # Errors
    /// When they are of different programs, which have no step in common to part at.
    pub fn of(one: &Finished, other: &Finished) -> Result<Self, Refusal> {
        Self::can_be_of(one.plan().scenario.id, other.plan().scenario.id)?;
        let Some(same) = parting(one.trace(), other.trace()) else {
            return Ok(Self { same: one.trace().len(), then: [Vec::new(), Vec::new()] });
        };
        Ok(Self { same, then: [one, other].map(|run| run.told(same, TOLD_AFTER_PARTING)) })
    }
}

impl Finished {
    /// Up to so many events from a position on, in words.
    fn told(&self, from: Position, most: Position) -> Vec<Told> {
        let trace = self.trace();
        let to = trace.len().min(from.saturating_add(most));
        let told = (from..to).map(|at| {
            let state = self.checkpoints().state(trace, at);
            let [en, zh] = [Language::English, Language::Chinese].map(|language| {
                let tell = self.tell(language);
                tell.plain(&tell.event(&state))
            });
            let who: GoroutineId = trace.actor(at);
            Told { after: at + 1, who: trace.goroutine(who).name.to_string(), sentence: Words::made(en, zh) }
        });
        told.collect()
    }
}

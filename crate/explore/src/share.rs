//! What a search through a part finds, told as it goes: between threads, or between instances of this library that have
//! no memory in common.
//!
//! It is data by names that everybody knows. A goroutine is its path of births, an outcome is the how-manieth of its part,
//! and what it is follows from its witness: whoever takes it runs that.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chanscope_kernel::{Path, Start};

use crate::action::{Action, Manner};
use crate::explorer::{Bounds, Explorer, Incomplete};
use crate::names::Names;
use crate::part::{Part, StepWay};

/// What was found in a part since it was last told.
#[derive(Clone, PartialEq, Debug)]
pub struct Share {
    /// Executions, no two of them equivalent.
    pub executions: u64,
    /// See [`Report::blocked`](crate::Report::blocked).
    pub blocked: u64,
    /// See [`Report::looked`](crate::Report::looked).
    pub looked: u64,
    /// How much of the part is behind, at a guess.
    pub fraction: f64,
    /// Whether all of it is.
    pub over: bool,
    /// Why there may be more in what is behind.
    pub incomplete: Vec<Incomplete>,
    /// Those of which there is something new.
    pub outcomes: Vec<ShareOutcome>,
}

/// What is new of an outcome.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareOutcome {
    /// Which one, in the order in which the part's were found, from 0.
    pub nth: usize,
    /// How many executions more have it.
    pub count: u64,
    /// The smallest run found that shows it, where that is new.
    pub witness: Option<ShareWitness>,
}

/// A run, for others to repeat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareWitness {
    /// Its context switches.
    pub switches: usize,
    /// Who moves, and how.
    pub steps: Vec<(Path, StepWay)>,
}

/// A search through one part, that others hear of.
pub struct PartSearch<'a> {
    explorer: Explorer<'a>,
    told: Told,
}

/// What others know already.
#[derive(Default)]
struct Told {
    executions: u64,
    blocked: u64,
    looked: u64,
    /// Of each outcome its count, and switches and steps of its witness.
    outcomes: Vec<(u64, (usize, usize))>,
}

impl<'a> PartSearch<'a> {
    /// A search that has not begun. The bound on executions is for whoever hears of it to keep: it is one for all parts.
    #[must_use]
    pub fn new(start: Box<dyn Start + 'a>, bounds: Bounds, part: &Part) -> Self {
        let bounds = Bounds { executions: u64::MAX, ..bounds };
        Self { explorer: Explorer::of_part(start, bounds, part), told: Told::default() }
    }

    /// See [`Explorer::leave_off_at`].
    pub fn leave_off_at(&mut self, flag: Arc<AtomicBool>) {
        self.explorer.leave_off_at(flag);
    }

    /// Runs up to so many executions more, and tells what they came to.
    pub fn advance(&mut self, executions: u64) -> Share {
        let Self { explorer, told } = self;
        let over = explorer.advance(executions).over;
        let mut incomplete = explorer.incomplete();
        incomplete.remove(&Incomplete::Searching);
        let mut outcomes = Vec::new();
        told.outcomes.resize(explorer.found.len(), (0, (usize::MAX, 0)));
        for (nth, (found, (count, size))) in explorer.found.iter().zip(&mut told.outcomes).enumerate() {
            let before = std::mem::replace(count, found.count);
            let new = (found.switches, found.witness.len());
            let is_smaller = new != std::mem::replace(size, new);
            if is_smaller || found.count > before {
                let steps = || found.witness.iter().map(|action| named(*action, &explorer.search.names)).collect();
                let witness = is_smaller.then(|| ShareWitness { switches: found.switches, steps: steps() });
                outcomes.push(ShareOutcome { nth, count: found.count - before, witness });
            }
        }
        let since = |now: u64, told: &mut u64| now - std::mem::replace(told, now);
        Share {
            executions: since(explorer.executions, &mut told.executions),
            blocked: since(explorer.search.blocked, &mut told.blocked),
            looked: since(explorer.search.looked, &mut told.looked),
            fraction: explorer.search.fraction(),
            over,
            incomplete: incomplete.into_iter().collect(),
            outcomes,
        }
    }
}

fn named(action: Action, names: &Names) -> (Path, StepWay) {
    let path = |who| names.path(who).clone();
    let way = match action.manner {
        Manner::Alone { case } => StepWay::Alone(case),
        Manner::Draw { value } => StepWay::Draw(value),
        Manner::Default => StepWay::Default,
        Manner::Meet { case, partner, partner_case } => StepWay::Meet { case, partner: path(partner), partner_case },
    };
    (path(action.who), way)
}

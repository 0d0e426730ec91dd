//! What can happen in a program, searched in slices and reported as it goes.

use std::collections::BTreeMap;

use chanscope_kernel::{Run, Verdict};

use crate::action::Action;
use crate::judge::judge_class;
use crate::outcome::{OutcomeEnding, OutcomeName};
use crate::search::Search;

/// What a search may take. The caller keeps the time: the library knows no clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// Executions, at most.
    pub executions: u64,
    /// Steps of one execution, at most; what is longer is left as it is.
    pub steps: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { executions: u64::MAX, steps: 10_000 }
    }
}

/// Why a search does not know all that can happen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Incomplete {
    /// It has not come to its end.
    Searching,
    /// [`Bounds::executions`] were run.
    Executions,
    /// Some execution was longer than [`Bounds::steps`].
    Steps,
    /// Some moment had more possibilities than are tried.
    Choices,
    /// A limit of the program cut some execution short.
    Cut,
}

/// How far a search is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Executions so far, no two of them equivalent.
    pub executions: u64,
    /// Outcomes so far.
    pub outcomes: usize,
    /// Whether there is nothing left to run, or nothing that may be.
    pub over: bool,
}

/// An outcome that was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Its name.
    pub name: OutcomeName,
    /// The verdict on its witness.
    pub verdict: Verdict,
    /// Inequivalent executions with this outcome. Not a probability.
    pub count: u64,
    /// Context switches of the witness.
    pub switches: usize,
    /// Steps of the witness.
    pub steps: usize,
}

/// What a search has found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// Executions, no two of them equivalent.
    pub executions: u64,
    /// Executions that were begun and thrown away. There are none; a test holds that.
    pub blocked: u64,
    /// Prefixes that were run only to see what could be done after them.
    pub looked: u64,
    /// Why there may be more; empty when this is all that can happen.
    pub incomplete: Vec<Incomplete>,
    /// By name.
    pub outcomes: Vec<Seen>,
}

impl Report {
    /// Whether this is all that can happen.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.incomplete.is_empty()
    }
}

/// A search that goes on when it is told to.
pub struct Explorer<'a> {
    search: Search<'a>,
    bounds: Bounds,
    executions: u64,
    over: bool,
    cut: bool,
    outcomes: BTreeMap<OutcomeName, Found>,
}

struct Found {
    verdict: Verdict,
    count: u64,
    switches: usize,
    witness: Vec<Action>,
}

impl<'a> Explorer<'a> {
    /// A search through the program that `start` starts, which has to be the same each time.
    #[must_use]
    pub fn new(start: impl Fn() -> Run + 'a, bounds: Bounds) -> Self {
        let search = Search::new(Box::new(start), bounds.steps);
        Self { search, bounds, executions: 0, over: false, cut: false, outcomes: BTreeMap::new() }
    }

    /// Runs up to so many executions more.
    pub fn advance(&mut self, executions: u64) -> Progress {
        for _ in 0..executions {
            if self.over || self.executions == self.bounds.executions {
                break;
            }
            self.one_more();
        }
        let over = self.over || self.executions == self.bounds.executions;
        Progress { executions: self.executions, outcomes: self.outcomes.len(), over }
    }

    fn one_more(&mut self) {
        let Some(outcome) = self.search.next() else {
            self.over = true;
            return;
        };
        self.executions += 1;
        let Some(outcome) = outcome else { return };
        let verdict = judge_class(&outcome);
        let name = OutcomeName::of(&outcome, &verdict);
        self.cut |= matches!(name.ending, OutcomeEnding::Cut(_));
        let switches = self.search.past.switches();
        let steps = self.search.past.len();
        let smaller = |found: &Found| (switches, steps) < (found.switches, found.witness.len());
        match self.outcomes.get_mut(&name) {
            Some(found) => {
                found.count += 1;
                if smaller(found) {
                    (found.verdict, found.switches) = (verdict, switches);
                    found.witness.clear();
                    found.witness.extend(self.search.past.actions());
                }
            }
            None => {
                let witness = self.search.past.actions().collect();
                self.outcomes.insert(name, Found { verdict, count: 1, switches, witness });
            }
        }
    }

    /// What was found so far.
    #[must_use]
    pub fn report(&self) -> Report {
        let reasons = [
            (!self.over && self.executions < self.bounds.executions, Incomplete::Searching),
            (!self.over && self.executions == self.bounds.executions, Incomplete::Executions),
            (self.search.too_long, Incomplete::Steps),
            (self.search.too_many_choices, Incomplete::Choices),
            (self.cut, Incomplete::Cut),
        ];
        let outcomes = self.outcomes.iter().map(|(name, found)| Seen {
            name: name.clone(),
            verdict: found.verdict.clone(),
            count: found.count,
            switches: found.switches,
            steps: found.witness.len(),
        });
        Report {
            executions: self.executions,
            blocked: self.search.blocked,
            looked: self.search.looked,
            incomplete: reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason).collect(),
            outcomes: outcomes.collect(),
        }
    }
}

/// Searches to the end, or to a bound.
#[must_use]
pub fn explore<'a>(start: impl Fn() -> Run + 'a, bounds: Bounds) -> Report {
    let mut explorer = Explorer::new(start, bounds);
    while !explorer.advance(1024).over {}
    explorer.report()
}

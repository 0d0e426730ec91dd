//! What cannot be enumerated is sampled: runs by a strategy that leaves much to chance, counted by outcome.
//!
//! A frequency is not a probability of Go's scheduler; it says what is easily met.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chanscope_kernel::{Run, Strategy};

use crate::judge::judge_where;
use crate::matters::Matters;
use crate::outcome::{OutcomeEnding, OutcomeName};

/// Runs by chance so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sample {
    /// Runs.
    pub runs: u64,
    /// Those of them that a limit cut off.
    pub cut: u64,
    /// Goroutines of the run that had most.
    pub goroutines: usize,
    /// What they came to, but for what a limit cut off: the first [`MAX_SAMPLED`] of them.
    pub outcomes: BTreeMap<OutcomeName, Sampled>,
}

/// Outcomes that are kept.
pub const MAX_SAMPLED: usize = 1_000;

/// An outcome that chance has met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sampled {
    /// How many runs came to it.
    pub count: u64,
    /// The seed of the first of them.
    pub seed: u64,
}

impl Sample {
    /// Runs the program once for each of the next `runs` seeds, of which the first ever is 0.
    ///
    /// # Panics
    /// When the strategy replays something that does not go.
    pub fn advance(
        &mut self,
        start: impl Fn() -> Run,
        strategy: impl Fn(u64) -> Box<dyn Strategy>,
        runs: u64,
        matters: Matters,
    ) {
        for seed in self.runs..self.runs + runs {
            let (mut run, mut strategy) = (start(), strategy(seed));
            while !run.advance(&mut strategy, u32::MAX).expect("nothing is replayed") {}
            let outcome = run.finish();
            self.runs += 1;
            self.goroutines = self.goroutines.max(outcome.trace.goroutines().len());
            let name = OutcomeName::of(&outcome, &judge_where(&outcome, matters), matters);
            if matches!(name.ending, OutcomeEnding::Cut(_)) {
                self.cut += 1;
                continue;
            }
            let room = self.outcomes.len() < MAX_SAMPLED;
            match self.outcomes.entry(name) {
                Entry::Occupied(mut known) => known.get_mut().count += 1,
                Entry::Vacant(new) if room => drop(new.insert(Sampled { count: 1, seed })),
                Entry::Vacant(_) => {}
            }
        }
    }
}

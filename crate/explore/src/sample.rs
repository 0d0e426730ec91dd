//! What cannot be enumerated is sampled: seeded random scheduling, counted by outcome.
//!
//! A frequency under random scheduling is not a probability of Go's scheduler either; it says what is easily met.

use std::collections::BTreeMap;

use chanscope_kernel::{Random, Run};

use crate::judge::judge_where;
use crate::matters::Matters;
use crate::outcome::OutcomeName;

/// Random runs so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sample {
    /// Runs.
    pub runs: u64,
    /// How many of them came to each outcome.
    pub outcomes: BTreeMap<OutcomeName, u64>,
}

impl Sample {
    /// Runs the program once for each of the next `runs` seeds: the first sample is seed 0.
    pub fn advance(&mut self, start: impl Fn() -> Run, runs: u64, matters: Matters) {
        for _ in 0..runs {
            let mut strategy = Random { seed: self.runs };
            let mut run = start();
            while !run.advance(&mut strategy, u32::MAX).expect("random replays nothing") {}
            let outcome = run.finish();
            let name = OutcomeName::of(&outcome, &judge_where(&outcome, matters), matters);
            *self.outcomes.entry(name).or_default() += 1;
            self.runs += 1;
        }
    }
}

//! Probabilistic concurrency testing: random priorities, with few changes at random steps.
//!
//! Source: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with Probabilistic Guarantees of
//! Finding Bugs", ASPLOS 2010. A bug that needs `depth` orderings shows in one run with a probability of at least 1 /
//! (n k^(depth-1)) for n goroutines and k steps. The guarantee is about who goes next; which of several ready cases or
//! partners is taken, and what is drawn, is plain chance here.

use std::collections::BTreeMap;

use super::{CASES, Diverged, GOROUTINES, Strategy, below, seeded, seeded_draw};
use crate::choice::{Decision, Moment};
use crate::ids::{GoroutineId, Position};

/// Always lets the goroutine with the highest priority move. At `depth - 1` positions below `length` the one that would
/// move falls below all others.
#[derive(Clone, Debug)]
pub struct Pct {
    seed: u64,
    /// Where priorities change, ascending.
    changes: Vec<Position>,
    /// How many changes have been made.
    changed: usize,
    /// Those who have fallen. The later, the higher, as in the paper; all below who has not.
    fallen: BTreeMap<GoroutineId, usize>,
}

impl Pct {
    /// Orderings that a bug of the usual kind needs, by the paper's experience.
    pub const DEPTH: u32 = 3;

    /// For a program of about `length` events.
    #[must_use]
    pub fn new(seed: u64, depth: u32, length: Position) -> Self {
        let change = |nth: u32| below(u64::from(length.max(1)), seeded(seed, CHANGES, nth.into()));
        let mut changes: Vec<_> = (1..depth).map(|nth| u32::try_from(change(nth)).expect("below the length")).collect();
        changes.sort_unstable();
        Self { seed, changes, changed: 0, fallen: BTreeMap::new() }
    }

    fn priority(&self, moment: Moment<'_>, goroutine: GoroutineId) -> (usize, u64) {
        match self.fallen.get(&goroutine) {
            Some(&nth) => (nth, 0),
            None => (usize::MAX, seeded(self.seed, GOROUTINES, moment.path_number(goroutine))),
        }
    }

    fn highest(&self, moment: Moment<'_>) -> GoroutineId {
        let candidates = (0..moment.candidates()).filter_map(|index| moment.candidate(index));
        candidates.max_by_key(|&goroutine| self.priority(moment, goroutine)).expect("somebody can move")
    }
}

impl Strategy for Pct {
    /// Cost: those who can move.
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
        while self.changes.get(self.changed).is_some_and(|&at| at <= moment.position()) {
            let falls = self.highest(moment);
            self.fallen.insert(falls, self.changed);
            self.changed += 1;
        }
        let goroutine = self.highest(moment);
        let ways = moment.ways(goroutine);
        let index = match ways.values() {
            Some(bound) => seeded_draw(self.seed, moment, goroutine, bound),
            None => below(ways.len(), seeded(self.seed, CASES, moment.position().into())),
        };
        Ok(Decision { goroutine, way: moment.way(goroutine, &ways, index) })
    }
}

const CHANGES: u64 = 4 << 32;

//! Seeded random: everybody who could move next is about as likely to.

use super::{CASES, Diverged, GOROUTINES, Strategy, below, seeded, seeded_draw};
use crate::choice::{Decision, Moment};

/// Picks a place in the list of candidates (see [`Moment::candidates`]) and takes the first who can move from there
/// on, then one of its ways evenly. The numbers drawn follow from the seed and the position alone; whom they point at
/// depends on who is there, so a choice changed by hand can change what follows.
#[derive(Clone, Copy, Debug)]
pub struct Random {
    /// What everything follows from.
    pub seed: u64,
}

impl Strategy for Random {
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
        let position = u64::from(moment.position());
        let candidates = moment.candidates();
        let first = below(candidates as u64, seeded(self.seed, GOROUTINES, position));
        let first = usize::try_from(first).expect("candidates are in memory");
        let goroutine = moment.candidate_from(first).expect("somebody can move");
        let ways = moment.ways(goroutine);
        let index = match ways.values() {
            Some(bound) => seeded_draw(self.seed, moment, goroutine, bound),
            None => below(ways.len(), seeded(self.seed, CASES, position)),
        };
        Ok(Decision { goroutine, way: moment.way(goroutine, &ways, index) })
    }
}

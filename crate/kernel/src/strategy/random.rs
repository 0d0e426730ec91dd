//! Seeded random: everything that could happen next is about as likely.

use super::{CASES, Diverged, GOROUTINES, Strategy, below, seeded, seeded_draw};
use crate::choice::{Decision, Moment};

/// Picks a candidate evenly (see [`Moment::candidates`]), then one of its ways evenly. Each decision follows from the
/// seed and the position alone, so that one changed by hand leaves the later ones as they were.
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
        let goroutine = (0..candidates)
            .find_map(|offset| moment.candidate((first + offset) % candidates))
            .expect("somebody can move");
        let ways = moment.ways(goroutine);
        let index = match ways.values() {
            Some(bound) => seeded_draw(self.seed, moment, goroutine, bound),
            None => below(ways.len(), seeded(self.seed, CASES, position)),
        };
        Ok(Decision { goroutine, way: moment.way(goroutine, &ways, index) })
    }
}

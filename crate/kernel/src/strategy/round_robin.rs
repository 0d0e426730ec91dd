//! Round robin: everybody who can move takes one step in turn.

use super::{CASES, Diverged, Strategy, below, seeded, seeded_draw};
use crate::choice::{Decision, Moment};
use crate::ids::GoroutineId;

/// The next goroutine by birth, after the one that moved last, that can move. Draws, and which of several ways it
/// takes, follow from the seed.
///
/// Cost: the goroutines between the two.
#[derive(Clone, Copy, Debug)]
pub struct RoundRobin {
    /// What draws follow from.
    pub seed: u64,
}

impl Strategy for RoundRobin {
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
        let goroutines = moment.goroutines();
        let first = moment.moved_last().map_or(0, |last| last.0 + 1);
        let in_turn = (first..goroutines).chain(0..first).map(GoroutineId);
        let can_move = in_turn.map(|goroutine| (goroutine, moment.ways(goroutine)));
        let (goroutine, ways) = can_move.into_iter().find(|(_, ways)| !ways.is_empty()).expect("somebody can move");
        let index = match ways.values() {
            Some(bound) => seeded_draw(self.seed, moment, goroutine, bound),
            None => below(ways.len(), seeded(self.seed, CASES, moment.position().into())),
        };
        Ok(Decision { goroutine, way: moment.way(goroutine, &ways, index) })
    }
}

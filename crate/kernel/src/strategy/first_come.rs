//! First come, first served: who has waited longest goes next, as Go's runtime serves waiters.

use super::{CASES, Diverged, Strategy, below, seeded, seeded_draw};
use crate::choice::{Decision, Moment, Way, Ways};
use crate::ids::GoroutineId;

/// The default strategy. Draws, and the case that wins when several are ready, follow from the seed: a Go `select`
/// chooses among ready cases at random. Partners are served in order of arrival.
#[derive(Clone, Copy, Debug)]
pub struct FirstCome {
    /// What draws follow from.
    pub seed: u64,
}

impl Strategy for FirstCome {
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
        let goroutine = moment.longest_waiting().expect("somebody can move");
        let ways = moment.ways(goroutine);
        Ok(Decision { goroutine, way: self.way(moment, goroutine, &ways) })
    }
}

impl FirstCome {
    /// The way that a goroutine goes which can go several.
    pub(crate) fn way(self, moment: Moment<'_>, goroutine: GoroutineId, ways: &Ways) -> Way {
        if let Some(bound) = ways.values() {
            return moment.way(goroutine, ways, seeded_draw(self.seed, moment, goroutine, bound));
        }
        let case = match ways.cases() {
            1 => 0,
            cases => below(cases as u64, seeded(self.seed, CASES, moment.position().into())),
        };
        moment.first_way(goroutine, ways, usize::try_from(case).expect("a select is small"))
    }
}

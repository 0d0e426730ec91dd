//! What could happen next, for whoever wants all of it and nothing twice: exploration.
//!
//! To park is no step here. Parking changes nothing but what a select with default can meet, so it is taken together
//! with the meeting that it makes possible: an attempt may meet everyone who could have stopped to wait by now. Every
//! other parking could be left out, or put off until there, and nobody could tell.

use crate::choice::{Decision, Moment, Way};
use crate::gate::Passage;
use crate::ids::GoroutineId;
use crate::inner::Stage;
use crate::runtime::Case;

impl<'a> Moment<'a> {
    /// Appends everything that could happen next but parking, at most `most` possibilities; a meeting once. Where an
    /// attempt meets a goroutine that [has not parked](Moment::has_parked), that has to park first.
    ///
    /// Cost: the goroutines, and the possibilities.
    pub fn possible(self, most: usize, out: &mut Vec<Decision>) {
        for index in 0..self.inner.goroutines.len() {
            self.possible_for(GoroutineId(u32::try_from(index).expect("goroutines are limited")), most, out);
        }
    }

    fn possible_for(self, goroutine: GoroutineId, most: usize, out: &mut Vec<Decision>) {
        let asked = &self.inner.goroutines[goroutine.index()];
        if matches!(asked.stage, Stage::Local | Stage::Over) {
            return;
        }
        let (mut goes_alone, mut is_awaited) = (false, false);
        let room = most.saturating_sub(out.len()) as u64;
        let mut push = |way| {
            if out.len() < most {
                out.push(Decision { goroutine, way });
            }
        };
        for (case, at) in (0..).zip(&asked.cases) {
            match self.inner.gates.passage(at.gate) {
                Passage::Shut => {}
                Passage::Open if at.draws > 0 => {
                    goes_alone = true;
                    (0..at.draws.min(room)).for_each(|value| push(Way::Draw { value }));
                }
                Passage::Outside => push(Way::Alone { case }),
                Passage::Open => {
                    goes_alone |= !self.inner.may_not_have_come(goroutine, at.gate);
                    push(Way::Alone { case });
                }
                Passage::Meeting(gate) => {
                    for other in self.inner.gates.waiting(gate) {
                        let meets = if asked.attempt {
                            self.could_stand(other.goroutine)
                        } else {
                            // Listed under the one who was born earlier.
                            other.goroutine > goroutine
                        };
                        if meets {
                            is_awaited |= self.has_parked(other.goroutine);
                            push(Way::Meet { case, partner: other.goroutine, partner_case: other.case });
                        }
                    }
                }
            }
        }
        if asked.attempt && !goes_alone && !is_awaited {
            push(Way::Default);
        }
    }

    /// Whether the goroutine has stopped to wait.
    #[must_use]
    pub fn has_parked(self, goroutine: GoroutineId) -> bool {
        self.inner.goroutines[goroutine.index()].stage == Stage::Parked
    }

    /// Whether the goroutine may stop to wait now, where that is a step: nothing that it asks for can be had without
    /// somebody else who is on its way too. More than a strategy is offered, which has those park who cannot go on.
    #[must_use]
    pub fn may_park(self, goroutine: GoroutineId) -> bool {
        let asked = &self.inner.goroutines[goroutine.index()];
        if asked.stage != Stage::Submitted || asked.attempt || !self.inner.parking_is_seen(goroutine) {
            return false;
        }
        let is_awaited = asked.cases.iter().any(|case| match self.inner.gates.passage(case.gate) {
            Passage::Shut | Passage::Outside => false,
            Passage::Open => true,
            Passage::Meeting(gate) => self.inner.gates.waiting(gate).iter().any(|w| self.has_parked(w.goroutine)),
        });
        !is_awaited
    }

    /// Whether the goroutine could stand waiting by now: it has parked and nothing has come for it, or it may park.
    fn could_stand(self, goroutine: GoroutineId) -> bool {
        if self.has_parked(goroutine) { !self.goes_alone(goroutine) } else { self.may_park(goroutine) }
    }

    /// Whether some case needs nobody else.
    pub(crate) fn goes_alone(self, goroutine: GoroutineId) -> bool {
        let cases = &self.inner.goroutines[goroutine.index()].cases;
        cases.iter().any(|case| self.inner.gates.passage(case.gate) == Passage::Open)
    }

    /// The operation that the goroutine has submitted and that has not gone through: its cases, and whether it is a
    /// select with default. No case: it is over.
    #[must_use]
    pub fn operation(self, goroutine: GoroutineId) -> (&'a [Case], bool) {
        let asked = &self.inner.goroutines[goroutine.index()];
        match asked.stage {
            Stage::Local | Stage::Over => (&[], false),
            Stage::Submitted | Stage::Parked => (&asked.cases, asked.attempt),
        }
    }
}

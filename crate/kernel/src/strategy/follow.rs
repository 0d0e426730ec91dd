//! Follow an order of commits that was recorded on another executor.

use std::collections::VecDeque;

use super::{Diverged, FirstCome, Strategy, WhyNot};
use crate::choice::{Choice, Decision, Moment};
use crate::hosted::Recorded;
use crate::ids::Position;
use crate::limits::Limit;

/// Makes the recorded choices one after the other, wherever they fall. From `until` on, where the reader decides
/// otherwise, whoever has waited longest goes next.
#[derive(Clone, Debug)]
pub struct Follow {
    choices: VecDeque<Choice>,
    cut: Option<Limit>,
    until: Option<Position>,
    after: FirstCome,
}

impl Follow {
    /// Follows `recorded` to its end, or to the position at which somebody decides otherwise.
    #[must_use]
    pub fn new(recorded: Recorded, until: Option<Position>, seed: u64) -> Self {
        Self { choices: recorded.choices.into(), cut: recorded.cut, until, after: FirstCome { seed } }
    }

    fn is_left(&self, at: Position) -> bool {
        self.until.is_some_and(|until| until <= at)
    }
}

impl Strategy for Follow {
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
        let at = moment.position();
        let (false, Some(wanted)) = (self.is_left(at), self.choices.pop_front()) else {
            return self.after.decide(moment);
        };
        moment.find(&wanted).ok_or_else(|| {
            let (runnable, more) = Diverged::runnable(moment);
            Box::new(Diverged { at, wanted, why: WhyNot::NotRunnable { runnable, more } })
        })
    }

    fn outside(&mut self, moment: Moment<'_>) -> Result<Option<Decision>, Box<Diverged>> {
        if self.is_left(moment.position()) {
            return Ok(None);
        }
        let decision = self.choices.front().and_then(|wanted| moment.find(wanted));
        if decision.is_some() {
            self.choices.pop_front();
        }
        Ok(decision)
    }

    fn cuts_off(&self, at: Position) -> Option<Limit> {
        self.cut.filter(|_| self.choices.is_empty() && !self.is_left(at))
    }

    fn over(&mut self, end: Position) -> Result<(), Box<Diverged>> {
        match self.choices.front().filter(|_| !self.is_left(end)) {
            None => Ok(()),
            Some(wanted) => Err(Box::new(Diverged { at: end, wanted: wanted.clone(), why: WhyNot::Over { end } })),
        }
    }
}

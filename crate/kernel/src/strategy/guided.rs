//! By hand, and replay: a strategy from which a few recorded choices deviate.

use super::{Diverged, Schedule, Strategy, WhyNot};
use crate::choice::{Choice, Decision, Moment};
use crate::ids::Position;
use crate::limits::Limit;

/// A choice that differs from what the strategy would have done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deviation {
    /// The position at which it is made.
    pub at: Position,
    /// What is chosen.
    pub choice: Choice,
}

/// Follows `base` wherever nothing else was recorded. With a deviation for every step it is a plain replay.
pub struct Guided<S> {
    base: S,
    /// Ascending by position.
    deviations: Vec<Deviation>,
    next: usize,
    /// Whether `base` decided last.
    by_base: bool,
}

impl<S: Strategy> Guided<S> {
    /// A strategy that makes these choices at these positions, which must ascend.
    ///
    /// # Panics
    /// When the positions do not ascend strictly.
    #[must_use]
    pub fn new(base: S, deviations: Vec<Deviation>) -> Self {
        assert!(deviations.is_sorted_by(|a, b| a.at < b.at), "one choice a position, in order");
        Self { base, deviations, next: 0, by_base: true }
    }

    fn diverged(wanted: &Deviation, why: WhyNot) -> Box<Diverged> {
        Box::new(Diverged { at: wanted.at, wanted: wanted.choice.clone(), why })
    }
}

impl<S: Strategy> Strategy for Guided<S> {
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
        let wanted = self.deviations.get(self.next).filter(|d| d.at <= moment.position());
        self.by_base = wanted.is_none();
        let Some(wanted) = wanted else {
            return self.base.decide(moment);
        };
        if wanted.at < moment.position() {
            return Err(Self::diverged(wanted, WhyNot::MidStep { next: moment.position() }));
        }
        self.next += 1;
        moment.find(&wanted.choice).ok_or_else(|| {
            let (runnable, more) = Diverged::runnable(moment);
            Self::diverged(wanted, WhyNot::NotRunnable { runnable, more })
        })
    }

    fn outside(&mut self, moment: Moment<'_>) -> Result<Option<Decision>, Box<Diverged>> {
        let now = self.deviations.get(self.next).filter(|d| d.at == moment.position());
        match now.and_then(|wanted| moment.find(&wanted.choice)) {
            Some(decision) => {
                self.next += 1;
                Ok(Some(decision))
            }
            None => self.base.outside(moment),
        }
    }

    fn over(&mut self, end: Position) -> Result<(), Box<Diverged>> {
        match self.deviations.get(self.next) {
            None => Ok(()),
            Some(wanted) if wanted.at < end => Err(Self::diverged(wanted, WhyNot::MidStep { next: end })),
            Some(wanted) => Err(Self::diverged(wanted, WhyNot::Over { end })),
        }
    }

    fn cuts_off(&self, at: Position) -> Option<Limit> {
        self.base.cuts_off(at).filter(|_| self.next == self.deviations.len())
    }

    fn processor(&self) -> Option<u16> {
        self.base.processor().filter(|_| self.by_base)
    }

    fn take_schedule(&mut self) -> Option<Schedule> {
        self.base.take_schedule()
    }
}

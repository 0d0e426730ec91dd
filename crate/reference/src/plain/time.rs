//! Time: who waits for which instant, and when it comes.

use super::{State, Step, Todo};
use crate::program::{Case, PERIOD};

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Ticker {
    /// When the next tick is there; `None` when it is stopped.
    pub(super) due: Option<u8>,
    period: u8,
}

impl Ticker {
    pub(super) fn new() -> Self {
        Self { due: Some(PERIOD), period: PERIOD }
    }
}

impl<'a> State<'a> {
    pub(super) fn has_come(&self, instant: u8) -> bool {
        self.at_any_moment || instant <= self.now
    }

    /// What time it is for goroutine `g`: everybody's, or the latest that it has waited for.
    pub(super) fn time_of(&self, g: usize) -> u8 {
        if self.at_any_moment { self.goroutines[g].now } else { self.now }
    }

    pub(super) fn has_waited(&mut self, g: usize, instant: u8) {
        if self.at_any_moment {
            let now = &mut self.goroutines[g].now;
            *now = instant.max(*now);
        }
    }

    /// A tick is received. What ticks have come since are dropped.
    pub(super) fn ticked(&mut self, g: usize) {
        let mut due = self.ticker.due.expect("it is ready");
        self.has_waited(g, due);
        while due <= self.time_of(g) {
            due += self.ticker.period;
        }
        self.ticker.due = Some(due);
    }

    pub(super) fn resets_ticker(&mut self, g: usize, period: u8) {
        self.ticker = Ticker { due: Some(self.time_of(g) + period), period };
    }

    /// When the timer and the ticker among the cases are due.
    pub(super) fn alarms(&self, cases: &[Case]) -> impl Iterator<Item = u8> {
        cases.iter().filter_map(|case| self.due(*case))
    }

    pub(super) fn due(&self, case: Case) -> Option<u8> {
        match case {
            Case::Timer => self.timer,
            Case::Tick => self.ticker.due,
            _ => None,
        }
    }

    /// Nobody can move: time jumps to the next instant for which somebody waits.
    pub(super) fn time_passes(&self) -> Option<Step<'a>> {
        let waits_for = |g: usize| match self.goroutines[g].todo.last()? {
            Todo::Until(instant) => Some(*instant),
            _ => self.alarms(&self.ask(g)?.cases).min(),
        };
        let goroutines = (0..self.goroutines.len()).filter_map(waits_for);
        let now = goroutines.chain(self.contexts.deadline).filter(|instant| *instant > self.now).min()?;
        Some(Step::To(Box::new(Self { now, ..self.clone() })))
    }
}

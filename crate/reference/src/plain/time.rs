//! Time: who waits for which instant, and when it comes.

use super::{State, Step, Todo};
use crate::program::Case;

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

    /// Nobody can move: time jumps to the next instant for which somebody waits.
    pub(super) fn time_passes(&self) -> Option<Step<'a>> {
        let waits_for = |g: usize| match self.goroutines[g].todo.last()? {
            Todo::Until(instant) => Some(*instant),
            _ => self.ask(g)?.cases.contains(&Case::Timer).then_some(self.timer)?,
        };
        let goroutines = (0..self.goroutines.len()).filter_map(waits_for);
        let now = goroutines.chain(self.contexts.deadline).filter(|instant| *instant > self.now).min()?;
        Some(Step::To(Box::new(Self { now, ..self.clone() })))
    }
}

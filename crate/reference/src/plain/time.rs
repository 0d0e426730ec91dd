//! Time: who waits for which instant, and when it comes.

use super::{Context, State, Step, Todo};
use crate::program::Case;

const DEADLINE_EXCEEDED: &str = "context deadline exceeded";

impl<'a> State<'a> {
    pub(super) fn has_come(&self, instant: u8) -> bool {
        self.at_any_moment || instant <= self.now
    }

    /// Nobody can move: time jumps to the next instant for which somebody waits.
    pub(super) fn time_passes(&self) -> Option<Step<'a>> {
        let waits_for = |g: usize| match self.goroutines[g].todo.last()? {
            Todo::Until(instant) => Some(*instant),
            _ => self.ask(g)?.cases.contains(&Case::Timer).then_some(self.timer)?,
        };
        let goroutines = (0..self.goroutines.len()).filter_map(waits_for);
        let now = goroutines.chain(self.context.deadline).filter(|instant| *instant > self.now).min()?;
        Some(Step::To(Self { now, ..self.clone() }))
    }

    /// The context's deadline comes.
    pub(super) fn expiry(&self) -> Option<Step<'a>> {
        let deadline = self.context.deadline?;
        self.has_come(deadline).then(|| {
            let mut after = self.clone();
            after.context.cancel(DEADLINE_EXCEEDED);
            Step::To(after)
        })
    }
}

impl Context {
    /// What has no time at all is made cancelled.
    pub(super) fn new(timeout: Option<u8>) -> Self {
        let mut context = Self { deadline: timeout, error: None };
        if timeout == Some(0) {
            context.cancel(DEADLINE_EXCEEDED);
        }
        context
    }

    pub(super) fn cancel(&mut self, error: &'static str) {
        self.error.get_or_insert(error);
        self.deadline = None;
    }
}

//! A context, and one below it. Who cancels the upper one holds it until the lower one is cancelled, too; whoever else
//! wants to do more than look waits for that, as at the lock in Go's code.

use super::{State, Step, Todo};

pub(super) const CANCELED: &str = "context canceled";
const DEADLINE_EXCEEDED: &str = "context deadline exceeded";

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Contexts {
    /// When the upper one is cancelled by itself.
    pub(super) deadline: Option<u8>,
    /// Why the upper one is cancelled.
    pub(super) upper: Option<&'static str>,
    /// Why the lower one is cancelled.
    pub(super) lower: Option<&'static str>,
    /// Somebody holds the upper one to cancel what is below.
    held: bool,
    /// What the deadline has left to do, once it has come.
    expiring: Option<Holding>,
}

/// What whoever has cancelled the upper context does next.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Holding {
    CancelLower,
    LetGo,
}

impl Contexts {
    /// What has no time at all is made cancelled, and what is below it with it.
    pub(super) fn new(timeout: Option<u8>) -> Self {
        let error = (timeout == Some(0)).then_some(DEADLINE_EXCEEDED);
        let deadline = timeout.filter(|timeout| *timeout > 0);
        Self { deadline, upper: error, lower: error, held: false, expiring: None }
    }

    /// Begins to cancel the upper one; whether it was not cancelled before.
    fn cancel_upper(&mut self, error: &'static str) -> bool {
        let first = self.upper.is_none();
        if first {
            (self.upper, self.deadline, self.held) = (Some(error), None, true);
        }
        first
    }

    fn holds(&mut self, next: Holding) -> Option<Holding> {
        match next {
            Holding::CancelLower => {
                self.lower = self.lower.or(self.upper);
                Some(Holding::LetGo)
            }
            Holding::LetGo => {
                self.held = false;
                None
            }
        }
    }
}

impl<'a> State<'a> {
    /// Whether the upper context can be had.
    pub(super) fn context_is_free(&self) -> bool {
        !self.contexts.held
    }

    pub(super) fn cancels_upper(&mut self, g: usize) {
        if self.contexts.cancel_upper(CANCELED) {
            self.goroutines[g].todo.push(Todo::Hold(Holding::CancelLower));
        }
    }

    pub(super) fn cancels_lower(&mut self, g: usize) {
        if self.contexts.lower.is_none() {
            self.contexts.lower = Some(CANCELED);
            self.goroutines[g].todo.push(Todo::LeaveUpper);
        }
    }

    pub(super) fn goes_on_holding(&mut self, g: usize, next: Holding) {
        let left = self.contexts.holds(next);
        self.goroutines[g].todo.extend(left.map(Todo::Hold));
    }

    /// The deadline comes, or goes on with what it has to do then.
    pub(super) fn expiry(&self) -> Option<Step<'a>> {
        let mut after = self.clone();
        if let Some(next) = self.contexts.expiring {
            after.contexts.expiring = after.contexts.holds(next);
        } else {
            self.has_come(self.contexts.deadline?).then_some(())?;
            after.contexts.cancel_upper(DEADLINE_EXCEEDED);
            after.contexts.expiring = Some(Holding::CancelLower);
        }
        Some(Step::To(Box::new(after)))
    }
}

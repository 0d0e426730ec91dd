//! What a strategy may ask of a moment beyond who can move: what schedulers go by.

use crate::choice::Moment;
use crate::ids::{GoroutineId, ObjectId};
use crate::object::Act;
use crate::runtime_kind;
use crate::trace::Flags;

impl Moment<'_> {
    /// How many goroutines were started, those that are over included.
    #[must_use]
    pub fn goroutines(self) -> u32 {
        u32::try_from(self.inner.goroutines.len()).expect("goroutines are limited")
    }

    /// Who took the last step that was decided.
    ///
    /// Cost: the events of that step.
    #[must_use]
    pub fn moved_last(self) -> Option<GoroutineId> {
        let trace = &self.inner.trace;
        let last = (0..trace.len()).rev().map(|at| trace.event(at)).find(|event| event.flags.has(Flags::STEP));
        last.map(|event| event.goroutine)
    }

    /// What the goroutine's last event was, where that concerned the runtime alone.
    #[must_use]
    pub fn did_last(self, goroutine: GoroutineId) -> Option<Act> {
        self.inner.goroutines[goroutine.index()].did_last
    }

    /// Whether it is in a system call: what it waits for needs a thread and no processor.
    #[must_use]
    pub fn is_in_system_call(self, goroutine: GoroutineId) -> bool {
        let (cases, _) = self.operation(goroutine);
        cases.iter().any(|case| case.object == ObjectId::RUNTIME && case.act == runtime_kind::SYSCALL)
    }

    /// Whether it could run now: it can move, and does not merely stand where somebody on his way will meet it.
    #[must_use]
    pub fn is_runnable(self, goroutine: GoroutineId) -> bool {
        !self.ways(goroutine).is_empty() && (!self.has_parked(goroutine) || self.goes_alone(goroutine))
    }

    /// `GOMAXPROCS`: how many goroutines run Go code at the same time, under a strategy that has processors.
    #[must_use]
    pub fn gomaxprocs(self) -> u8 {
        self.inner.gomaxprocs
    }
}

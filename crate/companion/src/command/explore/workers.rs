//! The threads that a search runs on, which the core does not have.

use std::num::NonZeroUsize;
use std::thread;

use chanscope_session::Threads;

/// So many threads, the one at hand included.
pub(super) struct Workers(pub(super) NonZeroUsize);

impl Workers {
    /// As many as there are processors.
    pub(super) fn of_the_machine() -> Self {
        Self(thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
    }
}

impl Threads for Workers {
    fn count(&self) -> NonZeroUsize {
        self.0
    }

    fn run(&self, work: &(dyn Fn() + Sync), own: &mut dyn FnMut()) {
        thread::scope(|scope| {
            for _ in 1..self.0.get() {
                scope.spawn(work);
            }
            own();
        });
    }
}

//! A program that can be started on any executor.

use std::future::Future;
use std::pin::Pin;

use crate::body::Body;
use crate::go::Go;
use crate::limits::Limits;
use crate::panic::Panic;
use crate::room::Room;
use crate::run::Run;

type Main = Pin<Box<dyn Future<Output = Result<(), Panic>>>>;

/// Main, ready to be started.
pub struct Program {
    main: Box<dyn FnOnce(Go) -> Main>,
}

impl Program {
    /// The program that `main` is.
    pub fn new<F>(main: impl FnOnce(Go) -> F + 'static) -> Self
    where
        F: Future<Output = Result<(), Panic>> + 'static,
    {
        Self { main: Box::new(|go| Box::pin(main(go))) }
    }

    /// Starts it on the deterministic executor.
    #[must_use]
    pub fn run(self, limits: Limits) -> Run {
        Run::new(limits, self.main)
    }

    /// The same in the memory of a run that is over.
    #[must_use]
    pub fn run_within(self, room: Room, limits: Limits) -> Run {
        Run::within(room, limits, self.main)
    }

    /// Main as a goroutine's body.
    pub(crate) fn into_main(self, go: Go) -> Body {
        Body::new((self.main)(go))
    }
}

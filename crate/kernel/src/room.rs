//! The memory of a run that is over, for the next one.
//!
//! A search runs a small program a million times, and most of what it would cost to begin a run is taking memory that
//! the run before has just given back. What happens in a run does not depend on where its memory comes from.

use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;

use crate::body::Body;
use crate::go::Go;
use crate::ids::GoroutineId;
use crate::limits::Limits;
use crate::panic::Panic;
use crate::run::Run;
use crate::runtime::Runtime;

/// Memory for a run: what [`Run::leave`] has left, or nothing yet.
#[derive(Default)]
pub struct Room {
    /// Shared with nobody, unless somebody has kept a handle of the run that is over; then it is not used again.
    pub(crate) runtime: Option<Rc<Runtime>>,
    pub(crate) bodies: Vec<Body>,
    pub(crate) to_poll: VecDeque<GoroutineId>,
}

/// Starts one program anew each time: a function that does, or an [`Anew`], which does it in the room of the run before.
pub trait Start {
    /// Starts it. The run has to be the same each time, whatever the room.
    fn start(&self, room: Room) -> Run;
}

impl<F: Fn() -> Run> Start for F {
    fn start(&self, _: Room) -> Run {
        self()
    }
}

impl Start for &dyn Start {
    fn start(&self, room: Room) -> Run {
        (**self).start(room)
    }
}

/// A program by what makes its main, to be [started](Start) again and again.
///
/// ```
/// use chanscope_kernel::{Anew, FirstCome, Go, Limits, Room, Start};
///
/// let program = Anew::new(Limits::default(), |go: Go| async move {
///     go.println(&1u32).await;
///     Ok(())
/// });
/// let mut room = Room::default();
/// for _ in 0..3 {
///     let mut run = program.start(room);
///     assert!(run.advance(&mut FirstCome { seed: 0 }, 10).expect("nothing was replayed"));
///     room = run.leave();
/// }
/// ```
pub struct Anew<M> {
    limits: Limits,
    main: M,
}

impl<M, F> Anew<M>
where
    M: Fn(Go) -> F,
    F: Future<Output = Result<(), Panic>> + 'static,
{
    /// The program that `main` makes.
    pub fn new(limits: Limits, main: M) -> Self {
        Self { limits, main }
    }
}

impl<M, F> Start for Anew<M>
where
    M: Fn(Go) -> F,
    F: Future<Output = Result<(), Panic>> + 'static,
{
    fn start(&self, room: Room) -> Run {
        Run::within(room, self.limits, &self.main)
    }
}

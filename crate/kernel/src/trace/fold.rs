//! The state at a position: a fold over the events before it.

use crate::ids::{GoroutineId, ObjectId, Position};
use crate::object::State;
use crate::runtime_kind;
use crate::trace::table::Trace;

/// Where a goroutine stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GoroutineState {
    /// Started, and has done nothing yet.
    Fresh,
    /// Under way; this was its last event.
    Underway(Position),
    /// Parked by this event.
    Parked(Position),
    /// Returned by this event.
    Finished(Position),
    /// Panicked by this event.
    Panicked(Position),
}

/// All state at one position. Moves forward only; to go back, take an earlier one from [`Checkpoints`].
#[derive(Clone)]
pub struct Fold {
    at: Position,
    goroutines: Vec<GoroutineState>,
    objects: Vec<Box<dyn State>>,
}

impl Fold {
    /// The state before anything has happened.
    #[must_use]
    pub fn new(trace: &Trace) -> Self {
        let mut fold = Self { at: 0, goroutines: vec![GoroutineState::Fresh], objects: Vec::new() };
        fold.create_objects(trace);
        fold
    }

    /// The position.
    #[must_use]
    pub fn at(&self) -> Position {
        self.at
    }

    /// Goroutines that exist, by index.
    #[must_use]
    pub fn goroutines(&self) -> &[GoroutineState] {
        &self.goroutines
    }

    /// One goroutine, where it exists already.
    #[must_use]
    pub fn goroutine(&self, id: GoroutineId) -> Option<GoroutineState> {
        self.goroutines.get(id.index()).copied()
    }

    /// How many objects exist.
    #[must_use]
    pub fn objects(&self) -> usize {
        self.objects.len()
    }

    /// The state of an object that exists.
    #[must_use]
    pub fn object(&self, id: ObjectId) -> &dyn State {
        &*self.objects[id.index()]
    }

    /// Moves over one event.
    ///
    /// # Panics
    /// At the end of the trace.
    pub fn advance(&mut self, trace: &Trace) {
        let event = trace.event(self.at);
        let who = event.goroutine.index();
        let before = std::mem::replace(&mut self.goroutines[who], GoroutineState::Underway(self.at));
        if event.object == ObjectId::RUNTIME {
            match event.act {
                runtime_kind::SPAWN => self.goroutines.push(GoroutineState::Fresh),
                runtime_kind::EXIT | runtime_kind::GOEXIT | runtime_kind::RETURN => {
                    self.goroutines[who] = GoroutineState::Finished(self.at)
                }
                runtime_kind::PANIC | runtime_kind::FATAL => self.goroutines[who] = GoroutineState::Panicked(self.at),
                runtime_kind::PARK => self.goroutines[who] = GoroutineState::Parked(self.at),
                // Its alarm rings; it has not gone on yet.
                runtime_kind::TIME => self.goroutines[who] = before,
                _ => {}
            }
        } else {
            let kind = trace.object(event.object).kind;
            kind.apply(&mut *self.objects[event.object.index()], &event, trace);
        }
        self.at += 1;
        self.create_objects(trace);
    }

    fn create_objects(&mut self, trace: &Trace) {
        while let Some(object) = trace.objects().get(self.objects.len()).filter(|object| object.born <= self.at) {
            self.objects.push(object.kind.start(object));
        }
    }
}

/// States kept along the way, so that any position is a short fold away.
pub struct Checkpoints {
    every: Position,
    folds: Vec<Fold>,
}

impl Checkpoints {
    /// Keeps a state every [`Checkpoints::EVERY`] events. Linear in the number of events.
    #[must_use]
    pub fn new(trace: &Trace) -> Self {
        Self::with_spacing(trace, Self::EVERY)
    }

    /// Events between two checkpoints.
    pub const EVERY: Position = 4096;

    /// Keeps a state every so many events, of which there is at least one.
    ///
    /// # Panics
    /// When that is zero.
    #[must_use]
    pub fn with_spacing(trace: &Trace, every: Position) -> Self {
        let mut fold = Fold::new(trace);
        let mut folds = vec![fold.clone()];
        while fold.at < trace.len() {
            fold.advance(trace);
            if fold.at.is_multiple_of(every) {
                folds.push(fold.clone());
            }
        }
        Self { every, folds }
    }

    /// The state at `at`, or at the end where `at` is beyond it.
    #[must_use]
    pub fn state(&self, trace: &Trace, at: Position) -> Fold {
        let at = at.min(trace.len());
        let mut fold = self.folds[(at / self.every) as usize].clone();
        while fold.at < at {
            fold.advance(trace);
        }
        fold
    }
}

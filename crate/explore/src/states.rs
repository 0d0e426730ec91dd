//! What state objects were in along the current execution: before the first step that they took part in, and after each.
//!
//! Kept for objects whose footprints depend on it. What an execution shares with the next is not worked out again.

use std::ops::{Deref, Range};

use chanscope_kernel::{ObjectId, Position, State, Trace};

use crate::names::Thing;

/// States by object.
#[derive(Default)]
pub(crate) struct States(Vec<Kept>);

/// States of one object, by how many steps it had taken part in.
#[derive(Default)]
struct Kept {
    /// Those of the current execution, and after them what is left of others, for its memory.
    states: Vec<Box<dyn State>>,
    /// None, or one more than it has steps.
    len: usize,
}

impl States {
    /// The state that a step finds the object in, to be moved over what the step does to it. `start` answers the one
    /// before its first step.
    pub(crate) fn begin_step(&mut self, thing: Thing, start: impl FnOnce() -> Box<dyn State>) {
        let thing = thing as usize;
        if self.0.len() <= thing {
            self.0.resize_with(thing + 1, Kept::default);
        }
        let Kept { states, len } = &mut self.0[thing];
        if *len == 0 {
            states.splice(..states.len().min(1), [start()]);
            *len = 1;
        }
        let (known, left) = states.split_at_mut(*len);
        let found = &*known[*len - 1];
        if !left.first_mut().is_some_and(|left| (**left).copy(found)) {
            let found = found.boxed();
            states.truncate(*len);
            states.push(found);
        }
        *len += 1;
    }

    /// The state of an object that takes part in the step that has begun.
    pub(crate) fn now(&mut self, thing: Thing) -> &mut dyn State {
        let Kept { states, len } = &mut self.0[thing as usize];
        &mut *states[*len - 1]
    }

    /// The state after so many of its steps, where it is kept.
    pub(crate) fn after(&self, thing: Thing, steps: usize) -> Option<&dyn State> {
        let Kept { states, len } = self.0.get(thing as usize)?;
        states[..*len].get(steps).map(|state| &**state)
    }

    /// Forgets the last step that the object took part in.
    pub(crate) fn forget_step(&mut self, thing: Thing) {
        if let Some(Kept { len, .. }) = self.0.get_mut(thing as usize) {
            // It may be made anew before its next first step.
            *len = if *len > 2 { *len - 1 } else { 0 };
        }
    }
}

/// A state that is kept, or one that was worked out.
pub(crate) enum Found<'a> {
    Kept(&'a dyn State),
    Made(Box<dyn State>),
}

impl Deref for Found<'_> {
    type Target = dyn State;

    fn deref(&self) -> &dyn State {
        match self {
            Self::Kept(state) => *state,
            Self::Made(state) => &**state,
        }
    }
}

/// The state of an object as it follows from its events before `end`.
pub(crate) fn state_before(trace: &Trace, object: ObjectId, end: Position) -> Box<dyn State> {
    let info = trace.object(object);
    let mut state = info.kind.start(info);
    move_over(&mut *state, trace, object, 0..end);
    state
}

/// Moves the state of an object over those of the events that are its own.
pub(crate) fn move_over(state: &mut dyn State, trace: &Trace, object: ObjectId, events: Range<Position>) {
    let kind = trace.object(object).kind;
    for at in events.filter(|&at| trace.object_of(at) == object) {
        kind.apply(state, &trace.event(at), trace);
    }
}

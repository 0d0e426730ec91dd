//! The next event of a kind, in either direction. It looks at events one by one and keeps nothing.

use chanscope_kernel::trace::{Flags, Index};
use chanscope_kernel::{GoroutineId, ObjectId, Position, Shape, Trace};

/// What is looked for along a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quarry {
    /// An event that a goroutine did or took part in.
    Goroutine(GoroutineId),
    /// An event at an object, or of somebody who waits at it.
    Object(ObjectId),
    /// A panic, a data race, a close, a cancellation, somebody parking, and whoever had parked going on.
    Notable,
    /// An event of a line of the source that runs.
    Line(u32),
}

/// A search along a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Query {
    /// What is looked for.
    pub quarry: Quarry,
    /// The position from which, itself excluded.
    pub from: Position,
    /// Towards the start.
    pub backward: bool,
}

/// The position after the nearest event of that kind, strictly after or before the position asked from.
pub(crate) fn find(trace: &Trace, index: &Index, races: &[[Position; 2]], query: Query) -> Option<Position> {
    let from = query.from.min(trace.len());
    let fits = |at: &Position| matches(trace, index, races, *at, query.quarry);
    // Position k shows event k - 1: forward begins with event `from`, backward with the one before the shown one.
    let found =
        if query.backward { (0..from.saturating_sub(1)).rev().find(fits) } else { (from..trace.len()).find(fits) };
    found.map(|at| at + 1)
}

fn matches(trace: &Trace, index: &Index, races: &[[Position; 2]], at: Position, quarry: Quarry) -> bool {
    match quarry {
        Quarry::Goroutine(id) => {
            let event = trace.event(at);
            event.goroutine == id || event.partner == Some(id)
        }
        Quarry::Object(id) => {
            let event = trace.event(at);
            event.object == id || trace.cases(&event).iter().any(|case| case.object == id)
        }
        Quarry::Notable => is_notable(trace, at) || woke(trace, index, at) || is_seen_to_race(races, at),
        Quarry::Line(line) => trace.site(trace.event(at).site).line == line,
    }
}

/// A race is seen to be one at the later of its two accesses.
fn is_seen_to_race(races: &[[Position; 2]], at: Position) -> bool {
    races.iter().any(|&[one, other]| one.max(other) == at)
}

fn shape(trace: &Trace, at: Position) -> Shape {
    let event = trace.event(at);
    trace.object(event.object).kind.shape(event.act)
}

fn is_notable(trace: &Trace, at: Position) -> bool {
    trace.event(at).flags.has(Flags::FAILED)
        || matches!(shape(trace, at), Shape::Panic | Shape::Park | Shape::Close | Shape::Cancel)
}

/// Whether its goroutine had parked and goes on with this event.
fn woke(trace: &Trace, index: &Index, at: Position) -> bool {
    let before = index.last_before(trace.actor(at), at);
    before.is_some_and(|before| shape(trace, before) == Shape::Park)
}

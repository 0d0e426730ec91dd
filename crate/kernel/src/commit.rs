//! What an object may do while an operation on it commits.

use std::panic::Location;

use crate::gate::Passage;
use crate::ids::{GateId, GoroutineId, ObjectId, Position, SiteId};
use crate::inner::{Inner, Stage};
use crate::object::{Deed, Object};
use crate::runtime_kind;
use crate::trace::{Event, Flags, Packed};
use crate::value::Value;

/// Whom and what an operation met.
#[derive(Clone, Copy, Debug)]
pub struct Met {
    /// The other goroutine of a rendezvous.
    pub partner: Option<GoroutineId>,
    /// The event that its value came from: for a receive the send, which in a rendezvous is the next event.
    pub source: Option<Position>,
}

impl Met {
    /// Nobody and nothing.
    pub const NOBODY: Self = Self { partner: None, source: None };
}

/// What an object may do while an operation on it commits.
pub struct Commit<'a> {
    inner: &'a mut Inner,
    /// Whether an event has been recorded.
    begun: bool,
}

impl<'a> Commit<'a> {
    pub(crate) fn new(inner: &'a mut Inner) -> Self {
        Self { inner, begun: false }
    }

    /// Records that `deed` took effect. Events of one commit are recorded in the order in which Go has them happen.
    pub fn record(&mut self, deed: &Deed, value: Packed, met: Met, flags: Flags) -> Position {
        let Inner { goroutines, trace, .. } = &mut *self.inner;
        let who = &mut goroutines[deed.goroutine.index()];
        let (parked, cause) = who.let_through;
        let flags = flags
            .and(Flags::STEP.when(!self.begun))
            .and(Flags::PARKED.when(parked))
            .and(Flags::SELECT.when(deed.case.is_some()))
            .and(Flags::ATTEMPT.when(deed.attempt))
            .and(Flags::DEFERRED.when(who.deferring));
        self.begun = true;
        let Deed { goroutine, object, act, site, case, .. } = *deed;
        who.did_last = (object == ObjectId::RUNTIME).then_some(act);
        let Met { partner, source } = met;
        let at = trace.len();
        trace.push(&Event { at, goroutine, object, act, flags, case, site, value, partner, source, cause });
        at
    }

    /// The position of the event that would be recorded next.
    #[must_use]
    pub fn next_position(&self) -> Position {
        self.inner.trace.len()
    }

    /// Opens or shuts a gate, on account of the event recorded last.
    pub fn gate(&mut self, gate: GateId, passage: Passage) {
        let by = self.inner.trace.len().checked_sub(1);
        self.inner.gates.set(gate, passage, by);
    }

    /// The number of a place in the source.
    pub fn site(&mut self, location: &'static Location<'static>) -> SiteId {
        self.inner.site(location)
    }

    /// Whether main has returned, and the rest is run on to see what it leaves. What makes a difference of that has
    /// [`ALIVE`](crate::runtime_kind::ALIVE) in its footprint.
    #[must_use]
    pub fn main_has_returned(&self) -> bool {
        self.inner.trace.main_returned().is_some()
    }

    /// What time it is for the goroutine, in nanoseconds since the start.
    #[must_use]
    pub fn now_nanos(&self, goroutine: GoroutineId) -> u64 {
        self.inner.now_nanos(goroutine)
    }

    /// Opens a gate at an instant and shuts it until then, in place of the alarm that it may have.
    pub fn alarm(&mut self, deed: &Deed, gate: GateId, at_nanos: u64) {
        self.inner.set_alarm(gate, at_nanos, deed.goroutine);
    }

    /// Takes the gate's alarm away and shuts the gate.
    pub fn no_alarm(&mut self, gate: GateId) {
        self.inner.clock.clear(gate);
        self.inner.gates.set(gate, Passage::Shut, None);
    }

    /// Says that what `deed` has received, by the event at a position, is neither used nor passed on.
    pub fn loses(&mut self, deed: &Deed, at: Position) {
        self.inner.lost.push((deed.object, at));
    }

    /// Ends the program with what Go calls a fatal error, such as `sync: unlock of unlocked mutex`: the last that this
    /// commit records.
    pub fn fatal(&mut self, deed: &Deed, text: &str) {
        let text = self.pack(Value::text(text));
        self.inner.record_runtime(deed.goroutine, runtime_kind::FATAL, deed.site, text, None, Flags::FAILED);
        self.inner.goroutines[deed.goroutine.index()].stage = Stage::Over;
        self.inner.fatal = Some(deed.goroutine);
    }

    /// What a packed value stands for.
    #[must_use]
    pub fn value(&self, packed: Packed) -> Option<Value> {
        self.inner.trace.value(packed)
    }

    /// Packs a value for the trace.
    pub fn pack(&mut self, value: Value) -> Packed {
        self.inner.pack(value)
    }
}

/// The live half of the runtime as an object.
pub(crate) struct RuntimeObject;

impl Object for RuntimeObject {
    fn commit(&self, deed: &Deed, _: Option<&Deed>, commit: &mut Commit<'_>) {
        let value = if deed.act == runtime_kind::DRAW {
            let goroutine = &mut commit.inner.goroutines[deed.goroutine.index()];
            goroutine.draws += 1;
            goroutine.drawn = deed.drawn;
            commit.pack(Value::Int(i64::try_from(deed.drawn).unwrap_or(i64::MAX)))
        } else {
            deed.value
        };
        commit.record(deed, value, Met::NOBODY, Flags::FAILED.when(deed.act == runtime_kind::PANIC));
        if deed.act == runtime_kind::RETURN {
            commit.inner.trace.main_returns();
        }
    }
}

//! Which events are whose, and who received what was sent: for everything that looks along a lane.

use crate::ids::{GoroutineId, Position};
use crate::trace::table::Trace;

/// Lists of events by goroutine, built once for a finished trace. Eight bytes an event.
pub struct Index {
    /// Where each goroutine's list begins in `events`, and one past the end.
    starts: Vec<u32>,
    events: Vec<Position>,
    /// By event, the receive that got its value; `u32::MAX` for none.
    receivers: Vec<Position>,
}

impl Index {
    /// Builds the lists. Linear in the number of events.
    #[must_use]
    pub fn new(trace: &Trace) -> Self {
        let mut starts = vec![0_u32; trace.goroutines().len() + 1];
        for at in 0..trace.len() {
            starts[trace.actor(at).index() + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut free = starts.clone();
        let mut events = vec![0; trace.len() as usize];
        let mut receivers = vec![Position::MAX; trace.len() as usize];
        for at in 0..trace.len() {
            let slot = &mut free[trace.actor(at).index()];
            events[*slot as usize] = at;
            *slot += 1;
            if let Some(source) = trace.source(at) {
                receivers[source as usize] = at;
            }
        }
        Self { starts, events, receivers }
    }

    /// The goroutine's events, ascending.
    #[must_use]
    pub fn of(&self, goroutine: GoroutineId) -> &[Position] {
        let i = goroutine.index();
        &self.events[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// The goroutine's first event at or after `at`.
    #[must_use]
    pub fn next(&self, goroutine: GoroutineId, at: Position) -> Option<Position> {
        let events = self.of(goroutine);
        events.get(events.partition_point(|&e| e < at)).copied()
    }

    /// The goroutine's last event before `at`.
    #[must_use]
    pub fn last_before(&self, goroutine: GoroutineId, at: Position) -> Option<Position> {
        let events = self.of(goroutine);
        events.partition_point(|&e| e < at).checked_sub(1).map(|i| events[i])
    }

    /// The receive that got what event `at` sent.
    #[must_use]
    pub fn receiver(&self, at: Position) -> Option<Position> {
        Some(self.receivers[at as usize]).filter(|&r| r != Position::MAX)
    }
}

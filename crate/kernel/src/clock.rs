//! Virtual time. It moves only when nothing else can; nothing here knows what time it is outside.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ids::{GateId, GoroutineId};

/// A sleeper's alarm. Alarms of one instant ring in the order in which they were set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Alarm {
    nanos: u64,
    order: u64,
    gate: GateId,
    goroutine: GoroutineId,
}

#[derive(Debug, Default)]
pub(crate) struct Clock {
    now_nanos: u64,
    set: u64,
    alarms: BinaryHeap<Reverse<Alarm>>,
}

impl Clock {
    /// Sets an alarm `nanos` from now; beyond the end of time it rings at the end of time.
    pub(crate) fn set_alarm(&mut self, nanos: u64, gate: GateId, goroutine: GoroutineId) {
        let nanos = self.now_nanos.saturating_add(nanos);
        self.alarms.push(Reverse(Alarm { nanos, order: self.set, gate, goroutine }));
        self.set += 1;
    }

    /// Moves to the next instant at which an alarm rings and takes its alarms.
    /// Empty when there is none: then time stands still for good.
    pub(crate) fn advance(&mut self) -> Vec<(GateId, GoroutineId)> {
        let mut rings = Vec::new();
        let Some(Reverse(first)) = self.alarms.peek() else { return rings };
        self.now_nanos = first.nanos;
        while let Some(Reverse(alarm)) = self.alarms.peek().filter(|a| a.0.nanos == self.now_nanos) {
            rings.push((alarm.gate, alarm.goroutine));
            self.alarms.pop();
        }
        rings
    }

    pub(crate) fn now_nanos(&self) -> u64 {
        self.now_nanos
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::ids::{GateId, GoroutineId};

    #[test]
    fn alarms_of_one_instant_ring_together_in_the_order_set() {
        let mut clock = Clock::default();
        for (nanos, id) in [(5, 0), (3, 1), (5, 2)] {
            clock.set_alarm(nanos, GateId(id), GoroutineId(id));
        }
        assert_eq!(clock.advance(), [(GateId(1), GoroutineId(1))]);
        assert_eq!(clock.now_nanos(), 3);
        assert_eq!(clock.advance(), [(GateId(0), GoroutineId(0)), (GateId(2), GoroutineId(2))]);
        assert_eq!((clock.now_nanos(), clock.advance()), (5, vec![]));
    }
}

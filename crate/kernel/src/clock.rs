//! Virtual time: when which gate opens. Nothing here knows what time it is outside.

use std::collections::BTreeMap;

use crate::ids::GateId;

/// When virtual time passes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Passing {
    /// Only when nothing else can happen, as in Go's `testing/synctest`.
    #[default]
    WhenIdle,
    /// At any moment: whoever waits for a time can find that it has come, as on a slow machine. Time is then each
    /// goroutine's own: the latest that it has waited for.
    AtAnyMoment,
}

/// The alarms that are set. Those of one instant ring in the order in which they were set.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    pub(crate) passing: Passing,
    now_nanos: u64,
    set: u64,
    alarms: BTreeMap<(u64, u64), GateId>,
    by_gate: BTreeMap<GateId, (u64, u64)>,
}

impl Clock {
    /// Forgets all.
    pub(crate) fn begin(&mut self) {
        let Self { passing, now_nanos, set, alarms, by_gate } = self;
        (*passing, *now_nanos, *set) = (Passing::default(), 0, 0);
        alarms.clear();
        by_gate.clear();
    }

    /// Sets the gate's alarm in place of the one that it may have.
    pub(crate) fn set(&mut self, gate: GateId, at_nanos: u64) {
        self.clear(gate);
        let key = (at_nanos, self.set);
        self.set += 1;
        self.alarms.insert(key, gate);
        self.by_gate.insert(gate, key);
    }

    /// Takes the gate's alarm away and answers for when it was set.
    pub(crate) fn clear(&mut self, gate: GateId) -> Option<u64> {
        let key = self.by_gate.remove(&gate)?;
        self.alarms.remove(&key);
        Some(key.0)
    }

    /// When the gate's alarm rings, where it has one that has not.
    pub(crate) fn of(&self, gate: GateId) -> Option<u64> {
        self.by_gate.get(&gate).map(|&(nanos, _)| nanos)
    }

    /// The next instant for which somebody waits.
    pub(crate) fn next(&self, watched: impl Fn(GateId) -> bool) -> Option<u64> {
        self.alarms.iter().find(|&(_, &gate)| watched(gate)).map(|(&(nanos, _), _)| nanos)
    }

    /// Moves to the next instant for which somebody waits, and takes all alarms up to there, `watched` or not.
    /// Empty when nobody waits for any: then time stands still for good.
    ///
    /// Cost: the alarms taken, and those before that nobody waits for.
    pub(crate) fn advance(&mut self, watched: impl Fn(GateId) -> bool) -> Vec<GateId> {
        let Some(next) = self.next(watched) else { return Vec::new() };
        self.moves_to(next);
        let later = self.alarms.split_off(&(next, u64::MAX));
        let rings: Vec<_> = std::mem::replace(&mut self.alarms, later).into_values().collect();
        for gate in &rings {
            self.by_gate.remove(gate);
        }
        rings
    }

    /// Time never goes back.
    pub(crate) fn moves_to(&mut self, nanos: u64) {
        self.now_nanos = self.now_nanos.max(nanos);
    }

    pub(crate) fn now_nanos(&self) -> u64 {
        self.now_nanos
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::ids::GateId;

    #[test]
    fn alarms_of_one_instant_ring_together_in_the_order_set() {
        let mut clock = Clock::default();
        for (nanos, id) in [(5, 0), (3, 1), (5, 2)] {
            clock.set(GateId(id), nanos);
        }
        assert_eq!(clock.advance(|_| true), [GateId(1)]);
        assert_eq!(clock.now_nanos(), 3);
        assert_eq!(clock.advance(|_| true), [GateId(0), GateId(2)]);
        assert_eq!((clock.now_nanos(), clock.advance(|_| true)), (5, vec![]));
    }

    #[test]
    fn time_passes_for_those_who_wait_and_rings_all_alarms_on_its_way() {
        let mut clock = Clock::default();
        for (nanos, id) in [(1, 0), (2, 1), (3, 2)] {
            clock.set(GateId(id), nanos);
        }
        assert_eq!(clock.advance(|_| false), []);
        assert_eq!(clock.advance(|gate| gate == GateId(1)), [GateId(0), GateId(1)]);
        assert_eq!((clock.now_nanos(), clock.clear(GateId(2)), clock.clear(GateId(2))), (2, Some(3), None));
        assert_eq!(clock.advance(|_| true), []);
    }
}

//! Gates: where submitted operations wait until an object lets them through.
//!
//! A gate is all that the kernel knows of blocking. A channel has two, a WaitGroup one; the objects open and shut them,
//! the kernel keeps who waits at which, in order of arrival, and which gates can be passed now. It refuses to know why.

use crate::ids::{GateId, GoroutineId, Position};
use crate::queue::{Queue, Waiting};

/// Whether an operation at a gate could commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passage {
    /// No.
    Shut,
    /// Yes, each on its own.
    Open,
    /// Together with an operation that waits at the other gate: a rendezvous.
    Meeting(GateId),
    /// Whenever somebody outside the program lets it: the reader. No strategy decides that.
    Outside,
}

#[derive(Debug)]
pub(crate) struct Gate {
    passage: Passage,
    waiting: Queue,
    opened_by: Option<Position>,
    /// Whether somebody can see that an operation has parked here.
    parking_is_seen: bool,
    /// Index in `Gates::passable`, where it is in there.
    listed: Option<u32>,
}

/// All gates of a run.
#[derive(Debug, Default)]
pub(crate) struct Gates {
    /// Those of this run, and behind them those that runs before have left, for their memory.
    gates: Vec<Gate>,
    /// How many there are in this run.
    made: usize,
    /// Gates that can be passed and have somebody waiting. The order depends on history, deterministically.
    passable: Vec<GateId>,
    /// How many wait at gates that cannot be passed and where somebody can tell who parks.
    stuck_where_seen: usize,
    /// Gates that can no longer be passed and could before, where nobody can tell who parks; forgotten after each step.
    closed: Vec<GateId>,
}

impl Gates {
    /// Forgets all gates.
    pub(crate) fn begin(&mut self) {
        let Self { gates: _, made, passable, stuck_where_seen, closed } = self;
        passable.clear();
        closed.clear();
        (*made, *stuck_where_seen) = (0, 0);
    }

    pub(crate) fn add(&mut self, passage: Passage, parking_is_seen: bool) -> GateId {
        let id = GateId(u32::try_from(self.made).expect("objects are limited"));
        let mut new = Gate { passage, waiting: Queue::default(), opened_by: None, parking_is_seen, listed: None };
        match self.gates.get_mut(self.made) {
            Some(left) => {
                left.waiting.clear();
                std::mem::swap(&mut new.waiting, &mut left.waiting);
                *left = new;
            }
            None => self.gates.push(new),
        }
        self.made += 1;
        id
    }

    /// Whether `goroutine` could pass here now, be it alone or with somebody else.
    pub(crate) fn lets_through(&self, gate: GateId, goroutine: GoroutineId) -> bool {
        match self.gates[gate.index()].passage {
            Passage::Shut | Passage::Outside => false,
            Passage::Open => true,
            Passage::Meeting(other) => match self.waiting(other).first() {
                Some(first) if first.goroutine == goroutine => {
                    self.waiting(other).iter().any(|w| w.goroutine != goroutine)
                }
                first => first.is_some(),
            },
        }
    }

    pub(crate) fn passage(&self, gate: GateId) -> Passage {
        self.gates[gate.index()].passage
    }

    pub(crate) fn waiting(&self, gate: GateId) -> &[Waiting] {
        &self.gates[gate.index()].waiting
    }

    pub(crate) fn passable(&self) -> &[GateId] {
        &self.passable
    }

    /// Gates that somebody could have passed at the last call and might be unable to now, if he has to park for it at
    /// once.
    pub(crate) fn closed(&mut self) -> &mut Vec<GateId> {
        &mut self.closed
    }

    pub(crate) fn parking_is_seen(&self, gate: GateId) -> bool {
        self.gates[gate.index()].parking_is_seen
    }

    /// The event that opened the gate last.
    pub(crate) fn opened_by(&self, gate: GateId) -> Option<Position> {
        self.gates[gate.index()].opened_by
    }

    /// Whether somebody may stand at a gate that he cannot pass and where somebody can tell who parks.
    pub(crate) fn somebody_is_stuck_where_seen(&self) -> bool {
        self.stuck_where_seen > 0
    }

    pub(crate) fn set(&mut self, gate: GateId, passage: Passage, by: Option<Position>) {
        let entry = &mut self.gates[gate.index()];
        if entry.passage == passage {
            return;
        }
        if passage == Passage::Open {
            entry.opened_by = by;
        }
        entry.passage = passage;
        self.relist(gate);
    }

    #[inline]
    pub(crate) fn arrive(&mut self, gate: GateId, waiting: Waiting) {
        let entry = &mut self.gates[gate.index()];
        entry.waiting.push(waiting);
        if entry.parking_is_seen && entry.listed.is_none() {
            self.stuck_where_seen += 1;
        }
        if entry.waiting.len() == 1 {
            self.first_has_come(gate);
        }
    }

    #[inline]
    pub(crate) fn leave(&mut self, gate: GateId, waiting: Waiting) {
        let entry = &mut self.gates[gate.index()];
        entry.waiting.remove(waiting);
        if entry.parking_is_seen && entry.listed.is_none() {
            self.stuck_where_seen -= 1;
        }
        if entry.waiting.is_empty() {
            self.last_has_gone(gate);
        }
    }

    fn first_has_come(&mut self, gate: GateId) {
        match self.gates[gate.index()].passage {
            Passage::Shut | Passage::Outside => {}
            Passage::Open => self.list(gate),
            Passage::Meeting(other) => self.relist_pair(gate, other),
        }
    }

    fn last_has_gone(&mut self, gate: GateId) {
        match self.gates[gate.index()].passage {
            Passage::Shut | Passage::Outside => {}
            Passage::Open => self.unlist(gate),
            Passage::Meeting(other) => self.relist_pair(gate, other),
        }
    }

    fn relist_pair(&mut self, gate: GateId, other: GateId) {
        // With nobody at the other gate neither could be passed before, nor can it now.
        if !self.waiting(other).is_empty() {
            self.relist(gate);
            self.relist(other);
        }
    }

    fn relist(&mut self, gate: GateId) {
        let entry = &self.gates[gate.index()];
        let belongs = !entry.waiting.is_empty()
            && match entry.passage {
                Passage::Shut | Passage::Outside => false,
                Passage::Open => true,
                Passage::Meeting(other) => !self.waiting(other).is_empty(),
            };
        match (belongs, entry.listed.is_some()) {
            (true, false) => self.list(gate),
            (false, true) => self.unlist(gate),
            _ => {}
        }
    }

    /// It can be passed now, and could not before.
    fn list(&mut self, gate: GateId) {
        let entry = &mut self.gates[gate.index()];
        if entry.parking_is_seen {
            self.stuck_where_seen -= entry.waiting.len();
        }
        entry.listed = Some(u32::try_from(self.passable.len()).expect("limited"));
        self.passable.push(gate);
    }

    /// It can no longer be passed, and could before.
    fn unlist(&mut self, gate: GateId) {
        let entry = &mut self.gates[gate.index()];
        let Some(at) = entry.listed.take() else { return };
        if entry.parking_is_seen {
            self.stuck_where_seen += entry.waiting.len();
        } else if !entry.waiting.is_empty() {
            self.closed.push(gate);
        }
        self.passable.swap_remove(at as usize);
        if let Some(&moved) = self.passable.get(at as usize) {
            self.gates[moved.index()].listed = Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Gates, Passage};
    use crate::ids::{GateId, GoroutineId};
    use crate::queue::Waiting;

    fn waiting(arrival: u64) -> Waiting {
        Waiting { arrival, goroutine: GoroutineId(u32::try_from(arrival).expect("small")), case: 0 }
    }

    #[test]
    fn a_gate_is_passable_only_with_somebody_at_it() {
        let mut gates = Gates::default();
        let (a, b) = (gates.add(Passage::Open, false), gates.add(Passage::Shut, false));
        assert_eq!(gates.passable(), []);
        gates.arrive(a, waiting(1));
        gates.arrive(b, waiting(2));
        assert_eq!(gates.passable(), [a]);
        gates.set(b, Passage::Open, Some(7));
        assert_eq!((gates.passable(), gates.opened_by(b)), (&[a, b][..], Some(7)));
        gates.leave(a, waiting(1));
        assert_eq!(gates.passable(), [b]);
        gates.set(b, Passage::Shut, None);
        assert_eq!(gates.passable(), []);
    }

    #[test]
    fn a_meeting_needs_both_sides() {
        let mut gates = Gates::default();
        let (a, b) = (gates.add(Passage::Meeting(GateId(1)), true), gates.add(Passage::Meeting(GateId(0)), true));
        gates.arrive(a, waiting(1));
        assert_eq!(gates.passable(), []);
        gates.arrive(b, waiting(1));
        assert_eq!(gates.passable().len(), 2, "listed, though nobody meets himself");
        assert!(!gates.lets_through(a, GoroutineId(1)));
        gates.arrive(b, waiting(2));
        assert!(gates.lets_through(a, GoroutineId(1)));
        gates.leave(b, waiting(1));
        gates.leave(b, waiting(2));
        assert_eq!(gates.passable(), []);
    }
}

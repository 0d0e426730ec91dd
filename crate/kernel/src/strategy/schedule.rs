//! Who ran on which processor, and who queued where, at every position: noted by a strategy that has processors, move
//! by move, and folded when somebody asks.

use std::collections::VecDeque;

use crate::ids::{GoroutineId, Position};

/// Where a goroutine has its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Seat {
    /// In none: it waits for something, or is over.
    Nowhere,
    /// On a processor.
    Running(u16),
    /// First in the line of a processor.
    Next(u16),
    /// At the end of a processor's own queue.
    Queue(u16),
    /// At the end of the queue that all share.
    Global,
}

/// Every move of a goroutine from place to place, with the position from which it holds. Twelve bytes a move.
#[derive(Clone, Default, Debug)]
pub struct Schedule {
    processors: u16,
    moves: Vec<(Position, GoroutineId, Seat)>,
}

/// The processors at one position.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Queues {
    /// Each processor.
    pub processors: Vec<ProcessorQueue>,
    /// Who waits for any of them, who goes first first.
    pub global: VecDeque<GoroutineId>,
}

/// A processor at one position.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ProcessorQueue {
    /// Who is on it.
    pub running: Option<GoroutineId>,
    /// Who goes next, ahead of the queue.
    pub next: Option<GoroutineId>,
    /// Who waits for it, who goes first first.
    pub queue: VecDeque<GoroutineId>,
}

impl Schedule {
    pub(super) fn has_processors(&mut self, count: u16) {
        self.processors = self.processors.max(count);
    }

    /// From `from` on, which is never earlier than the one before.
    pub(super) fn moves(&mut self, from: Position, goroutine: GoroutineId, to: Seat) {
        debug_assert!(self.moves.last().is_none_or(|&(last, ..)| last <= from), "moves ascend");
        self.moves.push((from, goroutine, to));
    }

    /// The processors at a position. Cost: the moves up to there.
    #[must_use]
    pub fn at(&self, position: Position) -> Queues {
        let processors = vec![ProcessorQueue::default(); self.processors.into()];
        let mut queues = Queues { processors, global: VecDeque::new() };
        let mut seats: Vec<Seat> = Vec::new();
        let until = self.moves.partition_point(|&(from, ..)| from <= position);
        for &(_, goroutine, to) in &self.moves[..until] {
            if seats.len() <= goroutine.index() {
                seats.resize(goroutine.index() + 1, Seat::Nowhere);
            }
            queues.leave(goroutine, std::mem::replace(&mut seats[goroutine.index()], to));
            queues.enter(goroutine, to);
        }
        queues
    }
}

impl Queues {
    fn leave(&mut self, goroutine: GoroutineId, from: Seat) {
        match from {
            Seat::Nowhere => {}
            Seat::Running(at) => self.processors[usize::from(at)].running = None,
            Seat::Next(at) => self.processors[usize::from(at)].next = None,
            Seat::Queue(at) => leave(&mut self.processors[usize::from(at)].queue, goroutine),
            Seat::Global => leave(&mut self.global, goroutine),
        }
    }

    fn enter(&mut self, goroutine: GoroutineId, to: Seat) {
        match to {
            Seat::Nowhere => {}
            Seat::Running(at) => self.processors[usize::from(at)].running = Some(goroutine),
            Seat::Next(at) => self.processors[usize::from(at)].next = Some(goroutine),
            Seat::Queue(at) => self.processors[usize::from(at)].queue.push_back(goroutine),
            Seat::Global => self.global.push_back(goroutine),
        }
    }
}

/// Whoever leaves a queue went first in it; only that is fast.
fn leave(queue: &mut VecDeque<GoroutineId>, goroutine: GoroutineId) {
    if queue.front() == Some(&goroutine) {
        queue.pop_front();
    } else {
        queue.retain(|&queued| queued != goroutine);
    }
}

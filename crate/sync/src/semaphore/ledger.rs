//! Who holds how many units, and who is in line: the same rules while a run goes on and when it is read later.

use std::collections::VecDeque;

use chanscope_kernel::{Act, GoroutineId};

use super::kind::{ACQUIRE, ASK_IN_VAIN, GIVE_UP, READY, RELEASE, TRY_ACQUIRE};

/// A semaphore at some position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ledger {
    /// Units in all.
    pub size: u32,
    /// Units that are taken. Below zero where somebody has released more than was held.
    pub held: i64,
    /// Those in line, in order, and how many they ask for.
    pub line: VecDeque<(GoroutineId, u32)>,
    /// Those who have been served and have not gone on yet.
    pub served: Vec<(GoroutineId, u32)>,
}

/// What somebody asks of a semaphore.
pub(super) struct Call {
    pub(super) goroutine: GoroutineId,
    pub(super) act: Act,
    pub(super) units: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Answer {
    /// It is done.
    Done,
    /// Not now; the attempt has failed.
    NotNow,
    /// Not now; it is in line.
    InLine,
    /// More than there are, or than are held.
    TooMany,
}

impl Ledger {
    pub(super) fn new(size: u32) -> Self {
        Self { size, held: 0, line: VecDeque::new(), served: Vec::new() }
    }

    /// Takes the call and answers it, and who is served by it.
    pub(super) fn call(&mut self, call: &Call) -> (Answer, Vec<GoroutineId>) {
        let Call { goroutine, act, units } = *call;
        match act {
            ACQUIRE | TRY_ACQUIRE | ASK_IN_VAIN if self.fits(units) && self.line.is_empty() => {
                self.held += i64::from(units);
            }
            TRY_ACQUIRE => return (Answer::NotNow, Vec::new()),
            ASK_IN_VAIN => return (Answer::TooMany, Vec::new()),
            ACQUIRE => {
                self.line.push_back((goroutine, units));
                return (Answer::InLine, Vec::new());
            }
            READY => self.served.retain(|(who, _)| *who != goroutine),
            // A release of more than is held is a panic, and takes effect all the same.
            RELEASE => {
                self.held -= i64::from(units);
                return if self.held < 0 { (Answer::TooMany, Vec::new()) } else { (Answer::Done, self.serve()) };
            }
            GIVE_UP => return (Answer::Done, self.give_up(goroutine)),
            Act(other) => unreachable!("a semaphore has no act {other}"),
        }
        (Answer::Done, Vec::new())
    }

    pub(super) fn is_served(&self, goroutine: GoroutineId) -> bool {
        self.served.iter().any(|(who, _)| *who == goroutine)
    }

    fn fits(&self, units: u32) -> bool {
        self.held + i64::from(units) <= i64::from(self.size)
    }

    /// Leaves the line, or gives back what it was served meanwhile.
    fn give_up(&mut self, goroutine: GoroutineId) -> Vec<GoroutineId> {
        if let Some(nth) = self.served.iter().position(|(who, _)| *who == goroutine) {
            self.held -= i64::from(self.served.remove(nth).1);
        } else {
            self.line.retain(|(who, _)| *who != goroutine);
        }
        self.serve()
    }

    /// Serves from the front as far as the units go. Whoever does not fit holds back those behind.
    fn serve(&mut self) -> Vec<GoroutineId> {
        let mut served = Vec::new();
        while let Some(&(goroutine, units)) = self.line.front()
            && self.fits(units)
        {
            self.line.pop_front();
            self.held += i64::from(units);
            self.served.push((goroutine, units));
            served.push(goroutine);
        }
        served
    }
}

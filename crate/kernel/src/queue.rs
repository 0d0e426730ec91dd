//! Who waits at a gate, in order of arrival: one list in one piece, so that a step has little to do to find its own.

use std::ops::Deref;

use crate::ids::GoroutineId;

/// One case of a submitted operation, waiting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Waiting {
    /// Order of arrival.
    pub(crate) arrival: u64,
    pub(crate) goroutine: GoroutineId,
    pub(crate) case: u8,
}

/// Ascending by arrival; one goroutine's cases have the same arrival.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    all: Vec<Waiting>,
    /// How many of the first have gone.
    gone: usize,
}

impl Queue {
    pub(crate) fn clear(&mut self) {
        self.all.clear();
        self.gone = 0;
    }

    /// Takes in the one who has come last.
    #[inline]
    pub(crate) fn push(&mut self, waiting: Waiting) {
        // Before it grows, and not before as many have gone as have to be moved.
        if self.all.len() == self.all.capacity() && 2 * self.gone >= self.all.len() {
            self.all.drain(..self.gone);
            self.gone = 0;
        }
        self.all.push(waiting);
    }

    /// Lets go one who is there. Cost: those before him or those behind him, whichever are fewer.
    pub(crate) fn remove(&mut self, waiting: Waiting) {
        let found = |w: &Waiting| (w.arrival, w.case) == (waiting.arrival, waiting.case);
        let queue = &self.all[self.gone..];
        let mut at = 0;
        if !found(&queue[0]) {
            at = queue.partition_point(|w| w.arrival < waiting.arrival);
            while !found(&queue[at]) {
                at += 1;
            }
        }
        let last = queue.len() - 1;
        if last == 0 {
            self.clear();
        } else if at == last {
            self.all.pop();
        } else if 2 * at <= last {
            if at > 0 {
                self.all.copy_within(self.gone..self.gone + at, self.gone + 1);
            }
            self.gone += 1;
        } else {
            self.all.remove(self.gone + at);
        }
    }
}

impl Deref for Queue {
    type Target = [Waiting];

    fn deref(&self) -> &[Waiting] {
        &self.all[self.gone..]
    }
}

#[cfg(test)]
mod tests {
    use super::{Queue, Waiting};
    use crate::ids::GoroutineId;

    #[test]
    fn whoever_is_let_go_the_others_stay_in_order() {
        let waiting = |arrival: u32| Waiting { arrival: arrival.into(), goroutine: GoroutineId(arrival), case: 0 };
        for every in 1..20 {
            let (mut queue, mut expected) = (Queue::default(), Vec::new());
            for arrival in 0..200 {
                queue.push(waiting(arrival));
                expected.push(waiting(arrival));
                if arrival > 20 {
                    let gone = expected.remove(arrival as usize * every % expected.len());
                    queue.remove(gone);
                }
                assert_eq!(*queue, expected[..], "every {every}");
            }
        }
    }
}

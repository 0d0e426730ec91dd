//! A semaphore: units that are taken and given back, and a line in which whoever is first holds back those behind.

use super::{State, Todo};
use crate::program::{Op, UNITS};

#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Semaphore {
    /// Below zero after somebody has released what was not held, which is a panic and takes effect all the same.
    held: i8,
    /// Who waits, and for how many.
    pub(super) line: Vec<(usize, i8)>,
}

impl Semaphore {
    fn fits(&self, units: i8) -> bool {
        self.held + units <= UNITS.cast_signed()
    }

    fn takes(&mut self, units: i8) -> bool {
        let can = self.fits(units) && self.line.is_empty();
        self.held += if can { units } else { 0 };
        can
    }

    fn serves(&mut self) {
        while let Some(&(_, units)) = self.line.first()
            && self.fits(units)
        {
            self.held += units;
            self.line.remove(0);
        }
    }
}

impl<'a> State<'a> {
    /// Goroutine `g` does something to the semaphore.
    pub(super) fn at_semaphore(&mut self, g: usize, op: &'a Op) {
        match op {
            Op::Acquire(units) if self.semaphore.takes(units.cast_signed()) => {}
            // It waits for the context, which is never cancelled.
            Op::Acquire(units) if *units > UNITS => self.goroutines[g].todo.push(Todo::Forever),
            Op::Acquire(units) => {
                self.semaphore.line.push((g, units.cast_signed()));
                self.goroutines[g].todo.push(Todo::Served);
            }
            Op::Release(units) => {
                self.semaphore.held -= units.cast_signed();
                if self.semaphore.held < 0 {
                    self.panics(g, "semaphore: released more than held");
                } else {
                    self.semaphore.serves();
                }
            }
            Op::TryAcquire(units) => {
                let got = self.semaphore.takes(units.cast_signed());
                self.says(g, format!("acquire {got}"));
            }
            _ => unreachable!("it asks for no units"),
        }
    }
}

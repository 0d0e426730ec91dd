//! Vector clocks, indexed by goroutine.

use chanscope_kernel::GoroutineId;

/// For each goroutine, how many of its events come before. Missing entries are zero.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Clock(Vec<u32>);

impl Clock {
    pub(crate) fn get(&self, goroutine: GoroutineId) -> u32 {
        self.0.get(goroutine.index()).copied().unwrap_or(0)
    }

    pub(crate) fn tick(&mut self, goroutine: GoroutineId) {
        if self.0.len() <= goroutine.index() {
            self.0.resize(goroutine.index() + 1, 0);
        }
        self.0[goroutine.index()] += 1;
    }

    pub(crate) fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*theirs);
        }
    }
}

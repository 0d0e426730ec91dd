//! A search on several threads: each takes a [part](crate::part) after the other, and what they [find](crate::share) is
//! [put together](crate::gathered) so that it does not depend on who was faster.
//!
//! Nothing here knows a thread, nor a clock: whoever asks brings [`Threads`], searches too, and is asked between slices
//! whether to go on.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use chanscope_kernel::Start;

use crate::explorer::{Bounds, Explorer, Progress};
use crate::part::Part;
use crate::share::{PartSearch, Share};
use crate::split::{is_large, parts_among, split};

/// Executions after which a thread says how far it is, and hears whether to go on.
const SLICE: u64 = 64;

/// Threads to search on.
pub trait Threads {
    /// How many there are, this one included.
    fn count(&self) -> NonZeroUsize;

    /// Runs `work` on each of them but this one, and `own` here. Comes back when all are done.
    fn run(&self, work: &(dyn Fn() + Sync), own: &mut dyn FnMut());
}

/// Starts the program anew, on any thread.
pub type Starter<'a> = &'a (dyn Fn() -> Box<dyn Start + 'a> + Sync);

impl Explorer<'_> {
    /// Searches on threads until nothing is left, or a bound is met, or `go_on`, which is told how far they are and a guess
    /// at how much there is in all, answers `false`. It is asked at the end too: a search that was told to [leave
    /// off](Self::leave_off_at) can be over by that, and only who asks knows why. The counts are those of a search on one
    /// thread. What has few executions is searched on this thread alone, and so is what cannot be divided, a search that
    /// has begun, and one with a bound on preemptions. `start` starts the same program as the explorer's own.
    pub fn search_beside(
        &mut self,
        threads: &dyn Threads,
        start: Starter<'_>,
        mut go_on: impl FnMut(Progress, Option<f64>) -> bool,
    ) {
        let (program, bounds) = (&*self.search.start, self.bounds);
        let count = threads.count().get();
        let may = count > 1 && self.executions == 0 && bounds.preemptions.is_none();
        let mut goes_on = || go_on(Progress { executions: 0, outcomes: 0, over: false }, None);
        let large = may && is_large(program, bounds, &mut goes_on);
        let parts = if large { split(program, bounds, parts_among(count), goes_on) } else { Vec::new() };
        if parts.len() > 1 {
            return self.search_parts(&parts, threads, start, &mut go_on);
        }
        loop {
            let progress = self.advance(SLICE);
            if !go_on(progress, self.estimate()) || progress.over {
                return;
            }
        }
    }

    fn search_parts(
        &mut self,
        parts: &[Part],
        threads: &dyn Threads,
        start: Starter<'_>,
        go_on: &mut dyn FnMut(Progress, Option<f64>) -> bool,
    ) {
        self.gather(parts.len());
        let common = Common {
            parts,
            start,
            bounds: self.bounds,
            next: AtomicUsize::new(0),
            budget: Budget::of(self.bounds.executions),
            leave_off: Arc::clone(&self.search.leave_off),
        };
        let (told, hears) = mpsc::channel();
        let mut busy = threads.count().get() - 1;
        let work = || {
            let _leaving = Leaving(&told);
            while common.search_next(&told, &mut || {}).is_some() {}
        };
        threads.run(&work, &mut || {
            let mut look = |first: Option<Told>| {
                for told in first.into_iter().chain(hears.try_iter()) {
                    match told {
                        Told::Found(part, share) => self.join(part, share),
                        Told::Gone => busy -= 1,
                    }
                }
                if !go_on(Progress { over: false, ..self.progress() }, self.estimate()) {
                    common.budget.stop();
                }
                busy > 0
            };
            let mut between = || _ = look(None);
            while common.search_next(&told, &mut between).is_some() {}
            // The others may have something left to do.
            while look(None) {
                look(hears.recv().ok());
            }
        });
    }
}

/// What all threads know.
struct Common<'a, 's> {
    parts: &'a [Part],
    start: Starter<'s>,
    bounds: Bounds,
    /// The part that nobody has taken yet.
    next: AtomicUsize,
    budget: Budget,
    /// See [`Explorer::leave_off_at`].
    leave_off: Arc<AtomicBool>,
}

/// What a thread says.
enum Told {
    /// Of a part.
    Found(usize, Share),
    /// It has nothing left to do.
    Gone,
}

/// Says so in the end, however that comes.
struct Leaving<'a>(&'a Sender<Told>);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        let _ = self.0.send(Told::Gone);
    }
}

impl Common<'_, '_> {
    /// Searches the next part; `None` when there is none, or nothing may be run any more. `between` is called between
    /// slices, and before others are waited for.
    fn search_next(&self, told: &Sender<Told>, between: &mut dyn FnMut()) -> Option<()> {
        let part = self.next.fetch_add(1, Ordering::Relaxed);
        let mut search = PartSearch::new((self.start)(), self.bounds, self.parts.get(part)?);
        search.leave_off_at(Arc::clone(&self.leave_off));
        let mut over = false;
        while !over {
            let mut loan = self.budget.take(between)?;
            let share = search.advance(loan.left);
            loan.left -= share.executions;
            over = share.over;
            let _ = told.send(Told::Found(part, share));
            drop(loan);
            between();
        }
        Some(())
    }
}

/// The executions that may still be run. A thread takes some of them at a time, and gives back what it has not run.
struct Budget {
    left: Mutex<Left>,
    /// Somebody has given back, or all is stopped.
    changed: Condvar,
}

#[derive(Clone, Copy)]
struct Left {
    executions: u64,
    /// How many threads have taken some.
    loans: usize,
    stopped: bool,
}

impl Left {
    /// Whether there are none but what others may give back.
    fn is_lent(self) -> bool {
        self.executions == 0 && self.loans > 0 && !self.stopped
    }
}

impl Budget {
    fn of(executions: u64) -> Self {
        let left = Left { executions, loans: 0, stopped: false };
        Self { left: Mutex::new(left), changed: Condvar::new() }
    }

    /// As many as the next slice may run: `None` when there are none and there will be none. Where others have them all it
    /// waits for what they give back, and calls `between` before.
    fn take(&self, between: &mut dyn FnMut()) -> Option<Loan<'_>> {
        let mut left = self.left();
        while left.is_lent() {
            drop(left);
            between();
            left = self.left();
            if left.is_lent() {
                left = self.changed.wait(left).unwrap_or_else(PoisonError::into_inner);
            }
        }
        let slice = left.executions.min(SLICE);
        if slice == 0 || left.stopped {
            return None;
        }
        left.executions -= slice;
        left.loans += 1;
        Some(Loan { of: self, left: slice })
    }

    /// From here on nobody gets any.
    fn stop(&self) {
        self.left().stopped = true;
        self.changed.notify_all();
    }

    fn left(&self) -> MutexGuard<'_, Left> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Executions that one thread has taken. What is left of them goes back in the end, however that comes.
struct Loan<'a> {
    of: &'a Budget,
    left: u64,
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        let mut left = self.of.left();
        left.executions += self.left;
        left.loans -= 1;
        self.of.changed.notify_all();
    }
}

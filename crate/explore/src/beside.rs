//! A search on several threads: each takes a [part](crate::part) after the other, and what they find is put together in
//! the order of the parts, so that it does not depend on who was faster.
//!
//! Nothing here knows a thread, nor a clock: whoever asks brings [`Threads`], searches too, and is asked between slices
//! whether to go on.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};

use chanscope_kernel::Start;

use crate::explorer::{Bounds, Explorer, Progress};
use crate::outcome::OutcomeName;
use crate::part::Part;
use crate::share::Share;
use crate::split::{is_large, split};

/// Parts for each thread: their sizes differ.
const PARTS_EACH: usize = 8;

/// Parts that a program is divided into, at most.
const MOST_PARTS: usize = 256;

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
    /// at how much there is in all, answers `false`. The counts are those of a search on one thread. What has few
    /// executions is searched on this thread alone, and so is what cannot be divided, a search that has begun, and one
    /// with a bound on preemptions. `start` starts the same program as the explorer's own.
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
        let most = count.saturating_mul(PARTS_EACH).min(MOST_PARTS);
        let large = may && is_large(program, bounds, &mut goes_on);
        let parts = if large { split(program, bounds, most, goes_on) } else { Vec::new() };
        if parts.len() > 1 {
            return self.search_parts(&parts, threads, start, &mut go_on);
        }
        while !self.advance(SLICE).over {
            let progress = self.advance(0);
            if !go_on(progress, self.estimate()) {
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
        let common = Common {
            parts,
            start,
            bounds: Bounds { executions: u64::MAX, ..self.bounds },
            next: AtomicUsize::new(0),
            left: AtomicU64::new(self.bounds.executions),
            stopped: AtomicBool::new(false),
        };
        let (told, hears) = mpsc::channel();
        let mut overview = Overview::new(parts.len(), threads.count().get() - 1);
        let work = || {
            let _leaving = Leaving(&told);
            while common.search_next(&told, &mut || {}).is_some() {}
        };
        threads.run(&work, &mut || {
            let mut look = |told: Option<Told>| {
                overview.hear(told.into_iter().chain(hears.try_iter()));
                if !go_on(overview.progress(), overview.estimate()) {
                    common.stopped.store(true, Ordering::Relaxed);
                }
                overview.busy > 0
            };
            let mut between = || _ = look(None);
            while common.search_next(&told, &mut between).is_some() {}
            // The others may have something left to do.
            while look(None) {
                look(hears.recv().ok());
            }
        });
        self.over = overview.over.iter().all(|over| *over);
        overview.shares.into_iter().flatten().for_each(|share| self.join(share));
    }
}

/// What all threads know.
struct Common<'a, 's> {
    parts: &'a [Part],
    start: Starter<'s>,
    bounds: Bounds,
    /// The part that nobody has taken yet.
    next: AtomicUsize,
    /// Executions that may still be run.
    left: AtomicU64,
    stopped: AtomicBool,
}

/// What a thread says of a part.
enum Told {
    Far {
        part: usize,
        executions: u64,
        fraction: f64,
        outcomes: Vec<OutcomeName>,
    },
    Left {
        part: usize,
        over: bool,
        share: Share,
    },
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
    /// Searches the next part; `None` when there is none, or no more may be run. `between` is called between slices.
    fn search_next(&self, told: &Sender<Told>, between: &mut dyn FnMut()) -> Option<()> {
        let part = self.next.fetch_add(1, Ordering::Relaxed);
        let mut explorer = Explorer::of_part((self.start)(), self.bounds, self.parts.get(part)?);
        let (mut known, mut over) = (0, false);
        while !over && !self.stopped.load(Ordering::Relaxed) {
            let mine = self.allowed();
            if mine == 0 {
                break;
            }
            let before = explorer.executions;
            over = explorer.advance(mine).over;
            let executions = explorer.executions - before;
            self.left.fetch_add(mine - executions, Ordering::Relaxed);
            let fraction = explorer.search.fraction();
            let outcomes = explorer.outcomes.iter().filter(|(_, nth)| **nth >= known).map(|(name, _)| name.clone());
            let outcomes = outcomes.collect();
            known = explorer.found.len();
            let _ = told.send(Told::Far { part, executions, fraction, outcomes });
            between();
        }
        let _ = told.send(Told::Left { part, over, share: explorer.leave() });
        between();
        Some(())
    }

    /// As many executions as the next slice may run.
    fn allowed(&self) -> u64 {
        let take = |left: u64| Some(left.saturating_sub(SLICE));
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).map_or(0, |left| left.min(SLICE))
    }
}

/// How far all of them are.
struct Overview {
    /// Other threads that have something to do.
    busy: usize,
    executions: u64,
    outcomes: BTreeSet<OutcomeName>,
    /// By part: how much of it is behind.
    fractions: Vec<f64>,
    over: Vec<bool>,
    shares: Vec<Option<Share>>,
}

impl Overview {
    fn new(parts: usize, busy: usize) -> Self {
        Self {
            busy,
            executions: 0,
            outcomes: BTreeSet::new(),
            fractions: vec![0.0; parts],
            over: vec![false; parts],
            shares: (0..parts).map(|_| None).collect(),
        }
    }

    fn hear(&mut self, told: impl Iterator<Item = Told>) {
        told.for_each(|told| self.note(told));
    }

    fn note(&mut self, told: Told) {
        match told {
            Told::Far { part, executions, fraction, outcomes } => {
                self.executions += executions;
                self.fractions[part] = fraction;
                self.outcomes.extend(outcomes);
            }
            Told::Left { part, over, share } => {
                self.over[part] = over;
                self.shares[part] = Some(share);
            }
            Told::Gone => self.busy -= 1,
        }
    }

    fn progress(&self) -> Progress {
        Progress { executions: self.executions, outcomes: self.outcomes.len(), over: false }
    }

    /// As if all parts were of one size.
    #[expect(clippy::cast_precision_loss, reason = "it is a guess")]
    fn estimate(&self) -> Option<f64> {
        let behind = self.fractions.iter().sum::<f64>() / self.fractions.len() as f64;
        (behind > 0.0).then(|| self.executions as f64 / behind)
    }
}

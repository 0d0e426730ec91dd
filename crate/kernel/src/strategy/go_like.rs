//! Like Go's scheduler: a few processors, each with its queue of goroutines.
//!
//! A model, for looking at: queues, the slot for who runs next, stealing, preemption and the hand-off around system
//! calls are there; the network poller, the garbage collector and idle processors that spin are not. How fast
//! processors are beside each other is chance. Source: Go's `runtime/proc.go`, "Goroutine scheduler", and Dmitry
//! Vyukov, "Scalable Go Scheduler Design Doc", 2012.

use std::collections::{BTreeSet, VecDeque};

use super::{CASES, Diverged, Strategy, below, seeded, seeded_draw};
use crate::choice::{Decision, Moment};
use crate::ids::GoroutineId;
use crate::runtime_kind;

/// A processor looks into the global queue first, once in so many schedulings: else two goroutines that keep each other
/// going in a local queue would starve it.
const GLOBAL_FIRST_EVERY: u32 = 61;

/// Places in a processor's own queue; half of a full one moves to the global queue.
const LOCAL_QUEUE: usize = 256;

/// Steps after which a goroutine that has not stopped by itself is preempted; Go's 10 ms.
const SLICE: u32 = 64;

/// Goroutines on [`Moment::gomaxprocs`] processors.
#[derive(Clone, Debug)]
pub struct GoLike {
    seed: u64,
    processors: Vec<Processor>,
    global: VecDeque<GoroutineId>,
    /// Who is on a processor or in a queue. Everybody else waits for something, or is over.
    placed: BTreeSet<GoroutineId>,
    /// Whose step was decided last, on which processor.
    last: Option<(GoroutineId, usize)>,
    decisions: u64,
}

#[derive(Clone, Debug, Default)]
struct Processor {
    running: Option<GoroutineId>,
    /// Who was readied last by who runs here: it goes first.
    next: Option<GoroutineId>,
    queue: VecDeque<GoroutineId>,
    /// Steps that `running` has taken without a break.
    used: u32,
    schedulings: u32,
}

impl GoLike {
    /// Whose speeds, draws and ready cases follow from the seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            processors: Vec::new(),
            global: VecDeque::new(),
            placed: BTreeSet::new(),
            last: None,
            decisions: 0,
        }
    }

    /// Takes in what the last step has changed: who stopped, who was started, who can go on again.
    fn catch_up(&mut self, moment: Moment<'_>) {
        self.processors.resize_with(moment.gomaxprocs().into(), Processor::default);
        if self.last.is_none() && self.placed.insert(GoroutineId::MAIN) {
            self.processors[0].running = Some(GoroutineId::MAIN);
        }
        let at = self.last.map_or(0, |(_, at)| at);
        for processor in &mut self.processors {
            if let Some(running) = processor.running
                && !moment.is_runnable(running)
            {
                processor.running = None;
                self.placed.remove(&running);
            }
        }
        if let Some((goroutine, at)) = self.last
            && moment.did_last(goroutine) == Some(runtime_kind::YIELD)
            && self.processors[at].running == Some(goroutine)
        {
            self.processors[at].running = None;
            self.global.push_back(goroutine);
        }
        for index in 0..moment.candidates() {
            let Some(goroutine) = moment.candidate(index).filter(|&goroutine| moment.is_runnable(goroutine)) else {
                continue;
            };
            if !self.placed.insert(goroutine) {
                continue;
            }
            // Back from a system call there may be no processor at hand.
            if moment.did_last(goroutine) == Some(runtime_kind::TIME) && moment.is_in_system_call(goroutine) {
                self.global.push_back(goroutine);
            } else {
                self.ready(at, goroutine);
            }
        }
    }

    /// Puts it into the slot for who runs next; who was there goes to the end of the queue.
    fn ready(&mut self, at: usize, goroutine: GoroutineId) {
        let processor = &mut self.processors[at];
        let Some(kicked) = processor.next.replace(goroutine) else { return };
        if processor.queue.len() >= LOCAL_QUEUE {
            self.global.extend(processor.queue.drain(..LOCAL_QUEUE / 2));
        }
        processor.queue.push_back(kicked);
    }

    /// Whom processor `at` runs now: who runs, or the next that it finds.
    fn schedule(&mut self, at: usize, moment: Moment<'_>) -> Option<GoroutineId> {
        if self.processors[at].used >= SLICE
            && let Some(preempted) = self.processors[at].running.take()
        {
            self.global.push_back(preempted);
        }
        if let Some(running) = self.processors[at].running {
            return Some(running);
        }
        let found = loop {
            let found = self.find(at)?;
            // Somebody else may have taken what it was readied for.
            if moment.is_runnable(found) {
                break found;
            }
            self.placed.remove(&found);
        };
        let processor = &mut self.processors[at];
        processor.schedulings += 1;
        processor.used = 0;
        processor.running = Some(found);
        Some(found)
    }

    fn find(&mut self, at: usize) -> Option<GoroutineId> {
        let processor = &mut self.processors[at];
        if processor.schedulings % GLOBAL_FIRST_EVERY == GLOBAL_FIRST_EVERY - 1
            && let Some(first) = self.global.pop_front()
        {
            return Some(first);
        }
        let own = processor.next.take().or_else(|| processor.queue.pop_front());
        own.or_else(|| self.global.pop_front()).or_else(|| self.steal(at))
    }

    /// Half of another processor's queue, from a victim chosen by chance; where queues are empty, who would run next.
    fn steal(&mut self, thief: usize) -> Option<GoroutineId> {
        let count = self.processors.len();
        let first = below(count as u64, seeded(self.seed, STEALING, self.decisions));
        let first = usize::try_from(first).expect("processors are few");
        let victims = (0..count).map(|nth| (first + nth) % count).filter(|&victim| victim != thief);
        let victims: Vec<_> = victims.collect();
        for &victim in &victims {
            let queue = &mut self.processors[victim].queue;
            let half = queue.len().div_ceil(2);
            let mut stolen: VecDeque<_> = queue.drain(..half).collect();
            if let Some(runs) = stolen.pop_front() {
                self.processors[thief].queue.extend(stolen);
                return Some(runs);
            }
        }
        victims.into_iter().find_map(|victim| self.processors[victim].next.take())
    }
}

impl Strategy for GoLike {
    /// Cost: those who can move, and the processors.
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
        self.decisions += 1;
        self.catch_up(moment);
        let count = self.processors.len();
        let first = below(count as u64, seeded(self.seed, PROCESSORS, moment.position().into()));
        let first = usize::try_from(first).expect("processors are few");
        let scheduled = (0..count).map(|nth| (first + nth) % count).find_map(|at| {
            let goroutine = self.schedule(at, moment)?;
            Some((at, goroutine))
        });
        let (at, goroutine) = scheduled.expect("whoever can move has a place");
        self.processors[at].used += 1;
        self.last = Some((goroutine, at));
        let ways = moment.ways(goroutine);
        let index = match ways.values() {
            Some(bound) => seeded_draw(self.seed, moment, goroutine, bound),
            None => below(ways.len(), seeded(self.seed, CASES, moment.position().into())),
        };
        Ok(Decision { goroutine, way: moment.way(goroutine, &ways, index) })
    }

    fn processor(&self) -> Option<u16> {
        self.last.map(|(_, at)| u16::try_from(at).expect("processors are few"))
    }
}

const PROCESSORS: u64 = 5 << 32;
const STEALING: u64 = 6 << 32;

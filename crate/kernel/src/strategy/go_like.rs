//! Like Go's scheduler: a few processors, each with its queue of goroutines.
//!
//! A model, for looking at: queues, the slot for who runs next, stealing, preemption and the hand-off around system
//! calls are there; the network poller, the garbage collector and idle processors that spin are not. How fast
//! processors are beside each other is chance. Source: Go's `runtime/proc.go`, "Goroutine scheduler", and Dmitry
//! Vyukov, "Scalable Go Scheduler Design Doc", 2012.

use std::collections::{BTreeSet, VecDeque};

use super::schedule::{Schedule, Seat};
use super::{CASES, Diverged, Strategy, below, seeded, seeded_draw};
use crate::choice::{Decision, Moment};
use crate::ids::{GoroutineId, Position};
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
    /// Who had which place, for whoever looks at the run.
    schedule: Schedule,
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
            schedule: Schedule::default(),
        }
    }

    /// Takes in what the last step has changed: who stopped, who was started, who can go on again.
    fn catch_up(&mut self, moment: Moment<'_>) {
        self.processors.resize_with(moment.gomaxprocs().into(), Processor::default);
        self.schedule.has_processors(moment.gomaxprocs().into());
        let now = moment.position();
        if self.last.is_none() && self.placed.insert(GoroutineId::MAIN) {
            self.processors[0].running = Some(GoroutineId::MAIN);
            self.schedule.moves(now, GoroutineId::MAIN, Seat::Running(0));
        }
        let at = self.last.map_or(0, |(_, at)| at);
        for processor in &mut self.processors {
            if let Some(running) = processor.running
                && !moment.is_runnable(running)
            {
                processor.running = None;
                self.placed.remove(&running);
                self.schedule.moves(now, running, Seat::Nowhere);
            }
        }
        if let Some((goroutine, at)) = self.last
            && moment.did_last(goroutine) == Some(runtime_kind::YIELD)
            && self.processors[at].running == Some(goroutine)
        {
            self.processors[at].running = None;
            self.share(now, goroutine);
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
                self.share(now, goroutine);
            } else {
                self.ready(now, at, goroutine);
            }
        }
    }

    /// Puts it at the end of the queue that all processors share.
    fn share(&mut self, from: Position, goroutine: GoroutineId) {
        self.global.push_back(goroutine);
        self.schedule.moves(from, goroutine, Seat::Global);
    }

    /// Puts it into the slot for who runs next; who was there goes to the end of the queue.
    fn ready(&mut self, now: Position, at: usize, goroutine: GoroutineId) {
        let processor = &mut self.processors[at];
        let kicked = processor.next.replace(goroutine);
        if let Some(kicked) = kicked {
            if processor.queue.len() >= LOCAL_QUEUE {
                for moved in processor.queue.drain(..LOCAL_QUEUE / 2) {
                    self.global.push_back(moved);
                    self.schedule.moves(now, moved, Seat::Global);
                }
            }
            processor.queue.push_back(kicked);
            self.schedule.moves(now, kicked, Seat::Queue(number(at)));
        }
        self.schedule.moves(now, goroutine, Seat::Next(number(at)));
    }

    /// Whom processor `at` runs now: who runs, or the next that it finds. It is seen once that one has made its step.
    fn dispatch(&mut self, at: usize, moment: Moment<'_>) -> Option<GoroutineId> {
        let then = moment.position() + 1;
        if self.processors[at].used >= SLICE
            && let Some(preempted) = self.processors[at].running.take()
        {
            self.share(then, preempted);
        }
        if let Some(running) = self.processors[at].running {
            return Some(running);
        }
        let found = loop {
            let found = self.find(then, at)?;
            // Somebody else may have taken what it was readied for.
            if moment.is_runnable(found) {
                break found;
            }
            self.placed.remove(&found);
            self.schedule.moves(then, found, Seat::Nowhere);
        };
        let processor = &mut self.processors[at];
        processor.schedulings += 1;
        processor.used = 0;
        processor.running = Some(found);
        self.schedule.moves(then, found, Seat::Running(number(at)));
        Some(found)
    }

    fn find(&mut self, then: Position, at: usize) -> Option<GoroutineId> {
        let processor = &mut self.processors[at];
        if processor.schedulings % GLOBAL_FIRST_EVERY == GLOBAL_FIRST_EVERY - 1
            && let Some(first) = self.global.pop_front()
        {
            return Some(first);
        }
        let own = processor.next.take().or_else(|| processor.queue.pop_front());
        own.or_else(|| self.global.pop_front()).or_else(|| self.steal(then, at))
    }

    /// Half of another processor's queue, from a victim chosen by chance; where queues are empty, who would run next.
    fn steal(&mut self, then: Position, thief: usize) -> Option<GoroutineId> {
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
                for &moved in &stolen {
                    self.schedule.moves(then, moved, Seat::Queue(number(thief)));
                }
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
            let goroutine = self.dispatch(at, moment)?;
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
        self.last.map(|(_, at)| number(at))
    }

    fn take_schedule(&mut self) -> Option<Schedule> {
        Some(std::mem::take(&mut self.schedule))
    }
}

fn number(processor: usize) -> u16 {
    u16::try_from(processor).expect("processors are few")
}

const PROCESSORS: u64 = 5 << 32;
const STEALING: u64 = 6 << 32;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::GoLike;
    use crate::choice::{Decision, Moment};
    use crate::go::Go;
    use crate::limits::Limits;
    use crate::run::Run;
    use crate::strategy::{Diverged, ProcessorQueue, Queues, Strategy};

    /// Holds what is noted against what is so, at every decision.
    struct Watched {
        strategy: GoLike,
        longest: usize,
    }

    impl Strategy for Watched {
        fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
            let strategy = &mut self.strategy;
            let decision = strategy.decide(moment)?;
            let processors = strategy.processors.iter().map(|processor| ProcessorQueue {
                running: processor.running,
                next: processor.next,
                queue: processor.queue.clone(),
            });
            let queues = Queues { processors: processors.collect(), global: strategy.global.clone() };
            assert_eq!(strategy.schedule.at(moment.position() + 1), queues);
            self.longest = self.longest.max(queues.processors.iter().map(|one| one.queue.len()).max().unwrap_or(0));
            Ok(decision)
        }
    }

    #[test]
    fn the_schedule_says_who_has_which_place() {
        for seed in 0..20 {
            let mut watched = Watched { strategy: GoLike::new(seed), longest: 0 };
            let mut run = Run::new(Limits::default(), |go: Go| async move {
                go.gomaxprocs(3);
                for number in 0..300_u32 {
                    let inner = go.clone();
                    go.spawn("worker", async move {
                        match number % 4 {
                            0 => inner.yield_now().await,
                            1 => inner.syscall(Duration::from_millis(1)).await,
                            2 => inner.sleep(Duration::from_millis(2)).await,
                            _ => {}
                        }
                        inner.println(&number).await;
                        Ok(())
                    });
                }
                for number in 0..100_u32 {
                    go.println(&number).await;
                }
                go.sleep(Duration::from_millis(5)).await;
                Ok(())
            });
            assert!(run.advance(&mut watched, 10_000).expect("nothing is replayed"), "it ends");
            assert!(watched.longest > 50, "queues grow long: {}", watched.longest);
        }
    }
}

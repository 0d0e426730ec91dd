//! The deterministic executor: lets one submitted operation commit at a time, as a strategy decides.
//!
//! A goroutine is polled only at its start and right after its own operation has gone through, so the order of polling
//! decides nothing. Wakers are not used.

use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;
use std::task::{Context, Waker};

use crate::body::Body;
use crate::choice::{Decision, Moment};
use crate::course::{self, Course, Effect};
use crate::go::{Go, Name};
use crate::ids::{GoroutineId, Position};
use crate::inner::Stage;
use crate::limits::{Limits, MAX_EVENTS};
use crate::panic::Panic;
use crate::room::Room;
use crate::runtime::Runtime;
use crate::strategy::{Diverged, Strategy};
use crate::trace::Trace;
use crate::verdict::{Ending, Finding};

/// A program being run.
pub struct Run {
    runtime: Rc<Runtime>,
    /// By goroutine.
    bodies: Vec<Body>,
    /// To be polled before the step is settled.
    to_poll: VecDeque<GoroutineId>,
    course: Course,
}

/// What a finished run leaves.
pub struct Outcome {
    /// What happened.
    pub trace: Trace,
    /// How it ended.
    pub ending: Ending,
    /// What was left behind: goroutines that leaked, contexts that nobody cancelled, values that were dropped.
    pub left_behind: Vec<Finding>,
    /// See [`Verdict::settled`](crate::Verdict::settled).
    pub settled: bool,
}

impl Run {
    /// Starts a program: runs main's local code up to its first operation.
    ///
    /// # Panics
    /// When `limits` allow more than [`MAX_EVENTS`], or no goroutine, or no object.
    #[must_use]
    pub fn new<F>(limits: Limits, main: impl FnOnce(Go) -> F) -> Self
    where
        F: Future<Output = Result<(), Panic>> + 'static,
    {
        Self::within(Room::default(), limits, main)
    }

    /// The same in the memory of a run that is over.
    ///
    /// # Panics
    /// See [`Run::new`].
    #[must_use]
    pub fn within<F>(room: Room, limits: Limits, main: impl FnOnce(Go) -> F) -> Self
    where
        F: Future<Output = Result<(), Panic>> + 'static,
    {
        assert!(limits.events <= MAX_EVENTS && limits.goroutines > 0 && limits.objects > 0, "limits are sane");
        let Room { runtime, mut bodies, to_poll } = room;
        let runtime = Runtime::within(runtime, limits);
        let go = Go::new(Rc::clone(&runtime));
        let left = runtime.with(|inner| {
            inner.start(Name::from("main"), None);
            bodies.reverse();
            std::mem::swap(&mut inner.left, &mut bodies);
            bodies.clear();
            inner.left.pop()
        });
        bodies.push(Body::within(left, main(go)));
        let mut run = Self { runtime, bodies, to_poll, course: Course::default() };
        run.settle_step(Some(GoroutineId::MAIN));
        run
    }

    /// Ends the run where it is, and leaves its memory for another.
    #[must_use]
    pub fn leave(mut self) -> Room {
        self.runtime.let_go();
        let (mut bodies, mut to_poll) = (std::mem::take(&mut self.bodies), std::mem::take(&mut self.to_poll));
        bodies.iter_mut().for_each(Body::end);
        to_poll.clear();
        Room { runtime: Some(Rc::clone(&self.runtime)), bodies, to_poll }
    }

    /// Takes up to `steps` further steps. Answers whether the run is over.
    ///
    /// # Errors
    /// What the strategy answers; the run is over then.
    pub fn advance(&mut self, strategy: &mut dyn Strategy, steps: u32) -> Result<bool, Box<Diverged>> {
        for _ in 0..steps {
            if self.course.over {
                break;
            }
            let cut = self.moment(|moment| strategy.cuts_off(moment.position()));
            if let Some(limit) = cut {
                self.course.cut(limit);
                continue;
            }
            let decided = self.moment(|moment| match moment.anybody() {
                true => strategy.decide(moment).map(Some),
                false => strategy.outside(moment),
            });
            let decision = decided.inspect_err(|_| self.course.over = true)?;
            match decision {
                Some(decision) => {
                    self.runtime.with(|inner| inner.trace.runs_on(strategy.processor()));
                    self.step(&decision);
                }
                None => self.idle(),
            }
        }
        if self.course.over {
            strategy.over(self.position())?;
        }
        Ok(self.course.over)
    }

    /// Takes the step that `decision` says.
    ///
    /// # Panics
    /// When it is not possible now.
    pub fn take(&mut self, decision: &Decision) {
        assert!(!self.course.over, "the run is over");
        self.step(decision);
    }

    /// Lets time pass, or ends the run, where nobody can move. Answers whether it is over.
    pub fn idle_until_somebody_can_move(&mut self) -> bool {
        while !self.course.over && !self.moment(|moment| moment.anybody()) {
            self.idle();
        }
        self.course.over
    }

    /// Whether nothing moves any more, or nothing may.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.course.over
    }

    /// How it has ended, where it has.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        self.course.over.then(|| self.course.ending())
    }

    /// See [`Verdict::settled`](crate::Verdict::settled).
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.course.settled
    }

    /// Number of events so far.
    #[must_use]
    pub fn position(&self) -> Position {
        self.runtime.look(|inner| inner.trace.len())
    }

    /// Looks at what could happen next.
    pub fn moment<T>(&self, look: impl FnOnce(Moment<'_>) -> T) -> T {
        self.runtime.look(|inner| look(Moment::new(inner)))
    }

    /// Looks at the trace so far.
    pub fn trace<T>(&self, look: impl FnOnce(&Trace) -> T) -> T {
        self.runtime.look(|inner| look(&inner.trace))
    }

    /// What has been left behind where main has returned and nothing moves any more: see [`Outcome::left_behind`].
    #[must_use]
    pub fn left_behind(&self) -> Vec<Finding> {
        self.course.left_behind(&self.runtime)
    }

    /// Ends the run and takes its trace.
    ///
    /// # Panics
    /// When it is not over.
    #[must_use]
    pub fn finish(self) -> Outcome {
        assert!(self.course.over, "the run is over");
        self.course.finish(&self.runtime)
    }

    fn step(&mut self, decision: &Decision) {
        let goes_on = match self.course.commit(&self.runtime, decision) {
            Effect::Nobody => None,
            Effect::Resumes(goroutine) => Some(goroutine),
            Effect::Met(goroutine, partner) => {
                self.to_poll.push_back(partner);
                Some(goroutine)
            }
        };
        self.settle_step(goes_on);
    }

    /// Nobody can move: time does, or the reader, or it is the end.
    fn idle(&mut self) {
        if self.course.time_passes(&self.runtime) {
            return self.settle_step(None);
        }
        // The reader is patient, and there is nothing else to do.
        let pressed = self.moment(|moment| moment.from_outside().next());
        match pressed.filter(|_| self.course.ending.is_none()) {
            Some(decision) => self.step(&decision),
            None => self.course.nothing_moves(),
        }
    }

    /// Runs local code, that of `next` first, until everybody has submitted or ended, then parks those of whose parking
    /// nobody could tell, and looks whether a limit is met.
    fn settle_step(&mut self, mut next: Option<GoroutineId>) {
        let Self { runtime, bodies, to_poll, course } = self;
        while let Some(id) = next {
            runtime.with(|inner| inner.current = Some(id));
            let body = &mut bodies[id.index()];
            course::poll(runtime, id, body, &mut Context::from_waker(Waker::noop()));
            let waits = !body.is_over();
            next = runtime.with(|inner| {
                let stage = inner.goroutines[id.index()].stage;
                let went_astray = waits && stage == Stage::Local && inner.cut.is_none();
                assert!(!went_astray, "a goroutine awaits operations of this run only");
                inner.current = None;
                // Those that it has started have their turn after it.
                if !inner.started.is_empty() {
                    for (id, body) in inner.started.drain(..) {
                        debug_assert_eq!(id.index(), bodies.len(), "goroutines are started in order");
                        bodies.push(body);
                        to_poll.push_back(id);
                    }
                }
                to_poll.pop_front()
            });
        }
        runtime.with(|inner| {
            inner.settle();
            course.check_limits(inner);
        });
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.runtime.let_go();
    }
}

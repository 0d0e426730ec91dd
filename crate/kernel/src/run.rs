//! The deterministic executor: lets one submitted operation commit at a time, as a strategy decides.
//!
//! A goroutine is polled only at its start and right after its own operation has gone through, so the order of polling
//! decides nothing. Wakers are not used.

use std::collections::{BTreeSet, VecDeque};
use std::future::Future;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::choice::{Decision, Moment, Way};
use crate::gate::Passage;
use crate::go::{Go, Name};
use crate::ids::{GoroutineId, ObjectId, Position};
use crate::limits::{Limit, Limits, MAX_EVENTS};
use crate::panic::Panic;
use crate::runtime::{ALWAYS, Body, Case, Goroutine, Inner, Resumed, Runtime, Stage, Submission};
use crate::runtime_kind;
use crate::strategy::{Diverged, Strategy};
use crate::trace::{Flags, Packed, Trace};
use crate::value::Value;
use crate::verdict::{Ending, Finding};

/// A program being run.
pub struct Run {
    runtime: Rc<Runtime>,
    /// By goroutine; `None` once it is over.
    bodies: Vec<Option<Body>>,
    /// To be polled before the step is settled.
    to_poll: VecDeque<GoroutineId>,
    ending: Option<Ending>,
    /// Nothing moves any more, or nothing may.
    over: bool,
    settled: bool,
}

/// What a finished run leaves.
pub struct Outcome {
    /// What happened.
    pub trace: Trace,
    /// How it ended.
    pub ending: Ending,
    /// What was left behind: goroutines that leaked, contexts that nobody cancelled.
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
        assert!(limits.events <= MAX_EVENTS && limits.goroutines > 0 && limits.objects > 0, "limits are sane");
        let runtime = Runtime::new(limits);
        let go = Go::new(Rc::clone(&runtime));
        runtime.with(|inner| inner.start(Name::from("main")));
        let body = main(go.clone());
        let main: Body = Box::pin(async move { go.call(body).await });
        let mut run = Self {
            runtime,
            bodies: vec![Some(main)],
            to_poll: VecDeque::from([GoroutineId::MAIN]),
            ending: None,
            over: false,
            settled: false,
        };
        run.settle_step();
        run
    }

    /// Takes up to `steps` further steps. Answers whether the run is over.
    ///
    /// # Errors
    /// What the strategy answers; the run is over then.
    pub fn advance(&mut self, strategy: &mut dyn Strategy, steps: u32) -> Result<bool, Box<Diverged>> {
        for _ in 0..steps {
            if self.over {
                return Ok(true);
            }
            let decided = self.moment(|moment| match moment.anybody() {
                true => strategy.decide(moment).map(Some),
                false => strategy.outside(moment),
            });
            let decision = decided.inspect_err(|_| self.over = true)?;
            if decision.is_some() {
                self.runtime.with(|inner| inner.trace.runs_on(strategy.processor()));
            }
            self.step(decision);
            if self.over {
                strategy.over(self.position())?;
            }
        }
        Ok(self.over)
    }

    /// Takes the step that `decision` says.
    ///
    /// # Panics
    /// When it is not possible now.
    pub fn take(&mut self, decision: &Decision) {
        assert!(!self.over, "the run is over");
        self.step(Some(*decision));
    }

    /// Lets time pass, or ends the run, where nobody can move. Answers whether it is over.
    pub fn idle_until_somebody_can_move(&mut self) -> bool {
        while !self.over && !self.moment(|moment| moment.anybody()) {
            self.step(None);
        }
        self.over
    }

    /// Whether nothing moves any more, or nothing may.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.over
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

    /// Ends the run and takes its trace.
    ///
    /// # Panics
    /// When it is not over.
    #[must_use]
    pub fn finish(self) -> Outcome {
        assert!(self.over, "the run is over");
        let ending = self.ending.unwrap_or(Ending::Cut(Limit::Events));
        let settled = self.settled;
        let good_end = settled && ending == Ending::Completed;
        let neglected = if good_end { self.runtime.neglected() } else { Vec::new() };
        let (mut trace, left_behind) = self.runtime.with(|inner| {
            let stages = (0..).map(GoroutineId).zip(&inner.goroutines);
            let in_background = |g: &Goroutine| {
                g.cases.iter().all(|case| inner.trace.object(case.object).kind.waits_in_background(case.act))
            };
            let blocked = stages.filter(|(_, g)| good_end && g.stage != Stage::Over);
            let blocked = blocked.filter(|(_, g)| g.cases.is_empty() || !in_background(g));
            let leaked = blocked.map(|(goroutine, _)| Finding::Leaked { goroutine });
            let neglected = neglected.into_iter().map(|object| Finding::NotCancelled { object });
            let left_behind = leaked.chain(neglected).collect();
            (std::mem::take(&mut inner.trace), left_behind)
        });
        trace.shrink();
        Outcome { trace, ending, left_behind, settled }
    }

    fn step(&mut self, decision: Option<Decision>) {
        match decision {
            Some(decision) => {
                self.commit(&decision);
                self.settle_step();
            }
            None => self.idle(),
        }
        self.check_limits();
    }

    fn commit(&mut self, decision: &Decision) {
        let Decision { goroutine, way } = *decision;
        let mine = |inner: &mut Inner, case: u8, drawn: u64| {
            let deed = inner.deed(goroutine, case, drawn);
            inner.withdraw(goroutine, Some(case));
            inner.goroutines[goroutine.index()].resumed = Some(Resumed::Case(case));
            deed
        };
        match way {
            Way::Park => {
                self.runtime.with(|inner| inner.park(goroutine, true));
                return;
            }
            Way::Default => self.runtime.with(|inner| {
                let looked_at = inner.case_list(goroutine);
                let site = inner.goroutines[goroutine.index()].site;
                inner.withdraw(goroutine, None);
                inner.goroutines[goroutine.index()].resumed = Some(Resumed::Default);
                let flags = Flags::STEP.and(Flags::SELECT).and(Flags::ATTEMPT);
                inner.record_runtime(goroutine, runtime_kind::DEFAULT, site, looked_at, None, flags);
            }),
            Way::Alone { case } => {
                let deed = self.runtime.with(|inner| mine(inner, case, 0));
                self.runtime.commit(&deed, None);
            }
            Way::Draw { value } => {
                let deed = self.runtime.with(|inner| mine(inner, 0, value));
                self.runtime.commit(&deed, None);
            }
            Way::Meet { case, partner, partner_case } => {
                let (deed, other) = self.runtime.with(|inner| {
                    let deed = mine(inner, case, 0);
                    let other = inner.deed(partner, partner_case, 0);
                    inner.withdraw(partner, Some(partner_case));
                    inner.goroutines[partner.index()].resumed = Some(Resumed::Case(partner_case));
                    (deed, other)
                });
                self.runtime.commit(&deed, Some(&other));
                self.to_poll.push_back(goroutine);
                self.to_poll.push_back(partner);
                return;
            }
        }
        if let Some(goroutine) = self.runtime.look(|inner| inner.fatal) {
            self.over = true;
            // After main's return the process is gone, as with a panic.
            self.ending.get_or_insert(Ending::Fatal { goroutine });
            return;
        }
        if self.bodies[goroutine.index()].is_some() {
            self.to_poll.push_back(goroutine);
        } else {
            self.last_step_of(goroutine);
        }
    }

    /// Runs local code until everybody has submitted or ended, then parks those of whose parking nobody could tell.
    fn settle_step(&mut self) {
        while let Some(goroutine) = self.to_poll.pop_front() {
            self.poll(goroutine);
            let started = self.runtime.with(|inner| std::mem::take(&mut inner.started));
            for (id, body) in started {
                debug_assert_eq!(id.index(), self.bodies.len(), "goroutines are started in order");
                self.bodies.push(Some(body));
                self.to_poll.push_back(id);
            }
        }
        self.runtime.with(Inner::settle);
    }

    fn poll(&mut self, id: GoroutineId) {
        let body = self.bodies[id.index()].as_mut().expect("only the living are polled");
        self.runtime.with(|inner| inner.current = Some(id));
        let polled = body.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        match polled {
            Poll::Pending => {
                let stage = self.runtime.look(|inner| inner.goroutines[id.index()].stage);
                assert_ne!(stage, Stage::Local, "a goroutine awaits operations of this run only");
            }
            Poll::Ready(result) => {
                self.bodies[id.index()] = None;
                self.ended(id, result);
            }
        }
        self.runtime.with(|inner| inner.current = None);
    }

    /// The body is over. What ends the whole program is a step of its own, since when it happens matters to the others.
    fn ended(&mut self, id: GoroutineId, result: Result<(), Panic>) {
        self.runtime.with(|inner| {
            let site = inner.goroutines[id.index()].site;
            let (act, value) = match result {
                Ok(()) if id == GoroutineId::MAIN => (runtime_kind::RETURN, Packed::NONE),
                Err(panic) if !panic.is_goexit() => {
                    (runtime_kind::PANIC, inner.trace.pack(Value::text(panic.message())))
                }
                ended => {
                    let act = if ended.is_ok() { runtime_kind::EXIT } else { runtime_kind::GOEXIT };
                    inner.goroutines[id.index()].stage = Stage::Over;
                    inner.record_runtime(id, act, site, Packed::NONE, None, Flags::NONE);
                    return;
                }
            };
            let case = Case { object: ObjectId::RUNTIME, gate: ALWAYS, act, ticket: 0, site, value, draws: 0 };
            inner.submit([case], Submission::Plain, site);
        });
    }

    /// The step that ends the program has been taken.
    fn last_step_of(&mut self, id: GoroutineId) {
        self.runtime.with(|inner| inner.goroutines[id.index()].stage = Stage::Over);
        let returned = self.runtime.look(|inner| inner.trace.main_returned() == Some(inner.trace.len()));
        if returned {
            self.ending = Some(Ending::Completed);
        } else {
            self.over = true;
            // After main's return the process is gone: there is nothing left that could panic.
            self.ending.get_or_insert(Ending::Panicked { goroutine: id });
        }
    }

    /// Nobody can move: time does, or it is the end.
    fn idle(&mut self) {
        let rings = self.runtime.with(|inner| {
            let Inner { clock, gates, .. } = inner;
            let rings = clock.advance(|gate| !gates.waiting(gate).is_empty());
            if !rings.is_empty() {
                let now = inner.clock.now_nanos();
                inner.trace.time_moves_to(now);
            }
            let mut told = BTreeSet::new();
            for gate in &rings {
                if let Some(goroutine) = inner.gates.waiting(*gate).front().map(|w| w.goroutine)
                    && told.insert(goroutine)
                {
                    let site = inner.goroutines[goroutine.index()].site;
                    let step = Flags::STEP.when(told.len() == 1);
                    inner.record_runtime(goroutine, runtime_kind::TIME, site, Packed::NONE, None, step);
                }
                let by = inner.trace.len().checked_sub(1);
                inner.gates.set(*gate, Passage::Open, by);
            }
            !rings.is_empty()
        });
        if !rings && self.ending.is_none() {
            // The reader is patient, and there is nothing else to do.
            let pressed = self.moment(|moment| moment.from_outside().next());
            if let Some(decision) = pressed {
                self.commit(&decision);
                self.settle_step();
                return;
            }
        }
        if !rings {
            self.ending.get_or_insert(Ending::Deadlocked);
            self.settled = self.ending == Some(Ending::Completed);
            self.over = true;
        }
    }

    fn check_limits(&mut self) {
        if self.over {
            return;
        }
        let (cut, events, main_returned, limits) =
            self.runtime.look(|inner| (inner.cut, inner.trace.len(), inner.trace.main_returned(), inner.limits));
        let limit = cut.or_else(|| (events >= limits.events).then_some(Limit::Events));
        if let Some(limit) = limit {
            self.ending.get_or_insert(Ending::Cut(limit));
            self.over = true;
        } else if main_returned.is_some_and(|at| events - at >= limits.events_after_main) {
            self.over = true;
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // Bodies hold the runtime, and one that was started in the last step may still be with it.
        self.runtime.with(|inner| std::mem::take(&mut inner.started));
    }
}

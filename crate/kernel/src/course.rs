//! How far a run has come, whatever executes it: what a decision does, how time passes, when and how it ends.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::choice::{Decision, Moment, Way};
use crate::defer::Frame;
use crate::gate::Passage;
use crate::go::Go;
use crate::ids::{GoroutineId, ObjectId};
use crate::inner::{Goroutine, Inner, Stage};
use crate::limits::Limit;
use crate::panic::Panic;
use crate::run::Outcome;
use crate::runtime::{ALWAYS, Body, Case, Resumed, Runtime, Submission};
use crate::runtime_kind;
use crate::trace::{Flags, Packed};
use crate::value::Value;
use crate::verdict::{Ending, Finding};

#[derive(Default)]
pub(crate) struct Course {
    pub(crate) ending: Option<Ending>,
    /// Nothing moves any more, or nothing may.
    pub(crate) over: bool,
    pub(crate) settled: bool,
}

/// Whose local code goes on after a decision.
pub(crate) enum Effect {
    Nobody,
    Resumes(GoroutineId),
    Met(GoroutineId, GoroutineId),
}

impl Course {
    /// Lets the decision take effect; it has to be possible.
    pub(crate) fn commit(&mut self, runtime: &Runtime, decision: &Decision) -> Effect {
        let Decision { goroutine, way } = *decision;
        let mine = |inner: &mut Inner, case: u8, drawn: u64| {
            let deed = inner.deed(goroutine, case, drawn);
            inner.withdraw(goroutine, Some(case));
            inner.goroutines[goroutine.index()].resumed = Some(Resumed::Case(case));
            deed
        };
        let mut ends_program = false;
        match way {
            Way::Park => {
                runtime.with(|inner| inner.park(goroutine, true));
                return Effect::Nobody;
            }
            Way::Default => runtime.with(|inner| {
                let looked_at = inner.case_list(goroutine);
                let site = inner.goroutines[goroutine.index()].site;
                inner.withdraw(goroutine, None);
                inner.goroutines[goroutine.index()].resumed = Some(Resumed::Default);
                let flags = Flags::STEP.and(Flags::SELECT).and(Flags::ATTEMPT);
                inner.record_runtime(goroutine, runtime_kind::DEFAULT, site, looked_at, None, flags);
            }),
            Way::Alone { case } => {
                let deed = runtime.with(|inner| mine(inner, case, 0));
                let last = matches!(deed.act, runtime_kind::RETURN | runtime_kind::PANIC);
                ends_program = last && deed.object == ObjectId::RUNTIME;
                runtime.commit(&deed, None);
            }
            Way::Draw { value } => {
                let deed = runtime.with(|inner| mine(inner, 0, value));
                runtime.commit(&deed, None);
            }
            Way::Meet { case, partner, partner_case } => {
                let (deed, other) = runtime.with(|inner| {
                    let deed = mine(inner, case, 0);
                    let other = inner.deed(partner, partner_case, 0);
                    inner.withdraw(partner, Some(partner_case));
                    inner.goroutines[partner.index()].resumed = Some(Resumed::Case(partner_case));
                    (deed, other)
                });
                runtime.commit(&deed, Some(&other));
                return Effect::Met(goroutine, partner);
            }
        }
        if let Some(goroutine) = runtime.look(|inner| inner.fatal) {
            self.over = true;
            // After main's return the process is gone, as with a panic.
            self.ending.get_or_insert(Ending::Fatal { goroutine });
            return Effect::Nobody;
        }
        if ends_program {
            self.last_step_of(runtime, goroutine);
            return Effect::Nobody;
        }
        Effect::Resumes(goroutine)
    }

    /// The step that ends the program has been taken.
    fn last_step_of(&mut self, runtime: &Runtime, id: GoroutineId) {
        runtime.with(|inner| inner.goroutines[id.index()].stage = Stage::Over);
        let returned = runtime.look(|inner| inner.trace.main_returned() == Some(inner.trace.len()));
        if returned {
            self.ending = Some(Ending::Completed);
        } else {
            self.over = true;
            // After main's return the process is gone: there is nothing left that could panic.
            self.ending.get_or_insert(Ending::Panicked { goroutine: id });
        }
    }

    /// Lets time pass to the next instant for which somebody waits. Answers whether there is one.
    pub(crate) fn time_passes(&self, runtime: &Runtime) -> bool {
        runtime.with(|inner| {
            let Inner { clock, gates, .. } = inner;
            let rings = clock.advance(|gate| !gates.waiting(gate).is_empty());
            if rings.is_empty() {
                return false;
            }
            let now = inner.clock.now_nanos();
            inner.trace.time_moves_to(now);
            let mut told = BTreeSet::new();
            for gate in rings {
                if let Some(goroutine) = inner.gates.waiting(gate).front().map(|w| w.goroutine)
                    && told.insert(goroutine)
                {
                    let site = inner.goroutines[goroutine.index()].site;
                    let step = Flags::STEP.when(told.len() == 1);
                    inner.record_runtime(goroutine, runtime_kind::TIME, site, Packed::NONE, None, step);
                }
                let by = inner.trace.len().checked_sub(1);
                inner.gates.set(gate, Passage::Open, by);
            }
            true
        })
    }

    /// Nobody can move, and nothing comes from outside: it is the end.
    pub(crate) fn nothing_moves(&mut self) {
        self.ending.get_or_insert(Ending::Deadlocked);
        self.settled = self.ending == Some(Ending::Completed);
        self.over = true;
    }

    /// Ends the run where a limit is met.
    pub(crate) fn check_limits(&mut self, runtime: &Runtime) {
        if self.over {
            return;
        }
        let (cut, events, main_returned, limits) =
            runtime.look(|inner| (inner.cut, inner.trace.len(), inner.trace.main_returned(), inner.limits));
        let used_up = events >= limits.events;
        let used_up_after_main = main_returned.is_some_and(|at| events - at >= limits.events_after_main);
        if let Some(limit) = cut {
            self.cut(limit);
        } else if (used_up || used_up_after_main) && self.could_go_on(runtime) {
            if used_up {
                self.cut(Limit::Events);
            }
            self.over = true;
        }
    }

    /// Whether anything can still happen: somebody can move, time can pass, or the reader can press something.
    fn could_go_on(&self, runtime: &Runtime) -> bool {
        runtime.look(|inner| {
            let moment = Moment::new(inner);
            let waits_for_reader = self.ending.is_none() && moment.from_outside().next().is_some();
            moment.anybody() || inner.until_next_alarm().is_some() || waits_for_reader
        })
    }

    /// Ends the run because of a limit.
    pub(crate) fn cut(&mut self, limit: Limit) {
        self.ending.get_or_insert(Ending::Cut(limit));
        self.over = true;
    }

    /// How a run that is over has ended.
    pub(crate) fn ending(&self) -> Ending {
        self.ending.unwrap_or(Ending::Cut(Limit::Events))
    }

    /// What was lost on the way, and what was left behind where main has returned and nothing moves any more.
    pub(crate) fn left_behind(&self, runtime: &Runtime) -> Vec<Finding> {
        let lost = |inner: &Inner| inner.lost.iter().map(|&(object, at)| Finding::Lost { object, at }).collect();
        let lost: Vec<_> = runtime.look(lost);
        if !self.settled || self.ending() != Ending::Completed {
            return lost;
        }
        let neglected = runtime.neglected();
        runtime.look(|inner| {
            let stages = (0..).map(GoroutineId).zip(&inner.goroutines);
            let in_background = |g: &Goroutine| {
                g.cases.iter().all(|case| inner.trace.object(case.object).kind.waits_in_background(case.act))
            };
            let blocked = stages.filter(|(_, g)| g.stage != Stage::Over);
            let blocked = blocked.filter(|(_, g)| g.cases.is_empty() || !in_background(g));
            let leaked = blocked.map(|(goroutine, _)| Finding::Leaked { goroutine });
            let neglected = neglected.into_iter().map(|object| Finding::NotCancelled { object });
            lost.into_iter().chain(leaked).chain(neglected).collect()
        })
    }

    /// What a run that is over leaves.
    pub(crate) fn finish(&self, runtime: &Runtime) -> Outcome {
        let left_behind = self.left_behind(runtime);
        let mut trace = runtime.with(|inner| std::mem::take(&mut inner.trace));
        trace.shrink();
        Outcome { trace, ending: self.ending(), left_behind, settled: self.settled }
    }
}

/// Polls a goroutine's body, and after it its deferred calls. It is taken away once all of them are over.
pub(crate) fn poll(runtime: &Rc<Runtime>, id: GoroutineId, body: &mut Option<Body>, cx: &mut Context<'_>) {
    while let Some(living) = body
        && let Poll::Ready(result) = living.as_mut().poll(cx)
    {
        *body = match returned(runtime, id, result) {
            Ok(deferred) => Some(deferred),
            Err(result) => {
                ended(runtime, id, result);
                None
            }
        };
    }
}

/// A body has returned: `Ok` is what goes on in its place, its deferred calls; `Err` is what it came to where there are
/// none.
fn returned(runtime: &Rc<Runtime>, id: GoroutineId, result: Result<(), Panic>) -> Result<Body, Result<(), Panic>> {
    let frame = runtime.with(|inner| {
        let frames = &mut inner.goroutines[id.index()].frames;
        if frames.last().is_some_and(Frame::has_calls) { None } else { frames.pop() }
    });
    // With no frame at all its deferred calls have run.
    if frame.is_some() || runtime.look(|inner| inner.goroutines[id.index()].frames.is_empty()) {
        return Err(result);
    }
    let go = Go::new(Rc::clone(runtime));
    Ok(Box::pin(async move { go.leave(result).await }))
}

/// A body is over, its deferred calls too. What ends the whole program is a step of its own, since when it happens
/// matters to the others.
fn ended(runtime: &Runtime, id: GoroutineId, result: Result<(), Panic>) {
    runtime.with(|inner| {
        let site = inner.goroutines[id.index()].site;
        let (act, value) = match result {
            Ok(()) if id == GoroutineId::MAIN => (runtime_kind::RETURN, Packed::NONE),
            Err(panic) if !panic.is_goexit() => (runtime_kind::PANIC, inner.pack(Value::text(&panic.printed()))),
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

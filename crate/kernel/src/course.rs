//! How far a run has come, whatever executes it: what a decision does, how time passes, when and how it ends.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::body::Body;
use crate::choice::{Decision, Moment, Way};
use crate::commit::Commit;
use crate::gate::Passage;
use crate::go::Go;
use crate::ids::{GoroutineId, ObjectId};
use crate::inner::{Goroutine, Inner, Stage};
use crate::limits::Limit;
use crate::object::Object;
use crate::panic::Panic;
use crate::run::Outcome;
use crate::runtime::{ALWAYS, Case, Runtime, Submission};
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
        runtime.with_objects(|inner, objects| self.take_effect(inner, objects, decision))
    }

    fn take_effect(&mut self, inner: &mut Inner, objects: &[Rc<dyn Object>], decision: &Decision) -> Effect {
        let goroutine = decision.goroutine;
        let deed = match decision.way {
            Way::Park => {
                inner.park(goroutine, true);
                return Effect::Nobody;
            }
            Way::Default => {
                inner.take_default(goroutine);
                return Effect::Resumes(goroutine);
            }
            Way::Alone { case } => inner.let_through(goroutine, case, 0),
            Way::Draw { value } => inner.let_through(goroutine, 0, value),
            Way::Meet { case, partner, partner_case } => {
                let deed = inner.let_through(goroutine, case, 0);
                let other = inner.let_through(partner, partner_case, 0);
                objects[deed.object.index()].commit(&deed, Some(&other), &mut Commit::new(inner));
                return Effect::Met(goroutine, partner);
            }
        };
        objects[deed.object.index()].commit(&deed, None, &mut Commit::new(inner));
        if let Some(goroutine) = inner.fatal {
            self.over = true;
            // After main's return the process is gone, as with a panic.
            self.ending.get_or_insert(Ending::Fatal { goroutine });
            return Effect::Nobody;
        }
        if deed.object == ObjectId::RUNTIME && matches!(deed.act, runtime_kind::RETURN | runtime_kind::PANIC) {
            self.last_step_of(inner, goroutine);
            return Effect::Nobody;
        }
        Effect::Resumes(goroutine)
    }

    /// The step that ends the program has been taken.
    fn last_step_of(&mut self, inner: &mut Inner, id: GoroutineId) {
        inner.goroutines[id.index()].stage = Stage::Over;
        if inner.trace.main_returned() == Some(inner.trace.len()) {
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
                if let Some(goroutine) = inner.gates.waiting(gate).first().map(|w| w.goroutine)
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
    pub(crate) fn check_limits(&mut self, inner: &Inner) {
        let Inner { trace, limits, cut, .. } = inner;
        let used_up = trace.len() >= limits.events;
        let used_up_after_main = trace.main_returned().is_some_and(|at| trace.len() - at >= limits.events_after_main);
        if self.over || !(cut.is_some() || used_up || used_up_after_main) {
            return;
        }
        if let Some(limit) = *cut {
            self.cut(limit);
        } else if self.could_go_on(inner) {
            if used_up {
                self.cut(Limit::Events);
            }
            self.over = true;
        }
    }

    /// Whether anything can still happen: somebody can move, time can pass, or the reader can press something.
    fn could_go_on(&self, inner: &Inner) -> bool {
        let moment = Moment::new(inner);
        let waits_for_reader = self.ending.is_none() && moment.from_outside().next().is_some();
        moment.anybody() || inner.until_next_alarm().is_some() || waits_for_reader
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

/// Polls a goroutine's body, and after it its deferred calls. It is over once all of them are.
pub(crate) fn poll(runtime: &Rc<Runtime>, id: GoroutineId, body: &mut Body, cx: &mut Context<'_>) {
    while !body.is_over()
        && let Poll::Ready(result) = body.poll(cx)
    {
        match runtime.with(|inner| ended(inner, id, result)) {
            Ok(()) => body.end(),
            Err(result) => {
                let go = Go::new(Rc::clone(runtime));
                *body = Body::new(async move { go.leave(result).await });
            }
        }
    }
}

/// A body has ended, and so has its goroutine. What ends the whole program is a step of its own, since when it happens
/// matters to the others.
///
/// # Errors
/// What it came to where there are deferred calls, which go on in its place.
fn ended(inner: &mut Inner, id: GoroutineId, result: Result<(), Panic>) -> Result<(), Result<(), Panic>> {
    let goroutine = &mut inner.goroutines[id.index()];
    if goroutine.frames.has_calls() {
        return Err(result);
    }
    goroutine.frames.pop();
    let site = goroutine.raised.unwrap_or(goroutine.site);
    let (act, value) = match result {
        Ok(()) if id == GoroutineId::MAIN => (runtime_kind::RETURN, Packed::NONE),
        Err(panic) if !panic.is_goexit() => (runtime_kind::PANIC, inner.pack(Value::text(&panic.printed()))),
        ended => {
            let act = if ended.is_ok() { runtime_kind::EXIT } else { runtime_kind::GOEXIT };
            goroutine.stage = Stage::Over;
            inner.record_runtime(id, act, site, Packed::NONE, None, Flags::NONE);
            return Ok(());
        }
    };
    let case = Case { object: ObjectId::RUNTIME, gate: ALWAYS, act, ticket: 0, site, value, draws: 0 };
    inner.submit([case], Submission::Plain, site);
    Ok(())
}

//! What could have been done instead, in an execution that has ended.
//!
//! For an operation, leave out its own step, or a step that its own depends on, with everything that had to come after,
//! and see what it could do at the end of what is left. Where it can do something that depends on what was left out,
//! that is another class of executions. For an operation that only ever goes one way the answer is known from the
//! execution at hand: it does the same, earlier (a reversible race). For others (cases of a select, attempts,
//! partners, whatever may have to wait) their kinds declare it (see [`crate::rest`]), or what is left is run again to
//! look. Operations that the execution ended without are treated alike: else a deadlock by lock order, and the cases
//! that a select has not taken, are missed.
//!
//! One step left out is not always enough: a buffer that two have filled has room for a third only without both. So
//! steps are left out together as long as some case cannot go through.
//!
//! A step that has only looked (an attempt that failed, a length, a load) is left out by itself. Together with others it
//! would show nothing: what an operation could do without all of them it could do after it too, and there that one is looked
//! at. Unless it could have met the operation that is asked about: who attempts to send stands there without his attempt.
//!
//! # Every step is looked at in every execution
//!
//! An execution shares its first steps with the one before, where they were looked at already. To look at the new ones
//! alone is tempting, and misses classes, where a step `q` came after a step `p` in both:
//!
//! - What is scheduled is `q` before `p`, after all that is left of the execution, and it counts as on the way when
//!   some branch begins with a step that can come first there. That may be thanks to what is left of this execution
//!   alone: with what a later one has in its place the branch is in conflict, and `q` before `p` is on its way no more.
//!   (Four goroutines of three loads and stores show it: 284 of 288 classes.)
//! - An operation that had to wait without `p` goes through without it once another has come: a later receive makes
//!   room for a send that found none.
//! - What would end the program has before it only what it is scheduled with.
//!
//! With every step looked at, completeness is that of Abdulla et al., JACM 2017, theorem 5.2: an execution that is not
//! found would have a longest beginning in common with one that is, and there that one is looked at.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use smallvec::SmallVec;

use crate::action::{Action, Asked, Label, Manner};
use crate::ahead::{Asking, schedule};
use crate::conductor::{Conductor, Named, Noted};
use crate::past::Step;
use crate::rest::{Rest, Undeclared, draws};
use crate::search::Search;
use crate::sequence::{Last, Sequence};
use crate::states::States;
use crate::steps::Steps;

/// What is looked at for one execution, at most, so that none takes for ever. Where that is not enough the report says
/// that it is not complete.
const MOST_LOOKS: u64 = 1 << 16;

/// Steps of prefixes that are run again to look, at most, which takes longer.
const MOST_RUN_AGAIN: u64 = 1 << 18;

/// What an operation could do.
type Actions = SmallVec<[Action; 2]>;

/// An operation, executed or not.
struct Target<'a> {
    asked: &'a Asked,
    /// The one case that is asked about; `None` for all of them and the default.
    case: Option<u8>,
    /// Its step, where it was executed.
    step: Option<usize>,
    /// What could be left out in order that it does something else.
    rivals: Steps,
    /// Those of them that could let it go through where it would have to wait. Looked at where it has to.
    hinders: OnceCell<Steps>,
    /// Those of them that have only looked, and in whose place it could meet nobody: whatever it can do without them and
    /// others it can do with them, if not yet before them.
    looks: Steps,
    /// Whether it is known what it could do once it could do something: the rest follows from that execution.
    one_is_enough: bool,
}

impl Search<'_> {
    /// Schedules everything that the current execution shows to be possible elsewhere.
    pub(crate) fn look_for_more(&mut self) {
        self.looks_end = self.looks + MOST_LOOKS;
        self.run_again_end = self.run_again + MOST_RUN_AGAIN;
        self.past.find_fallen();
        for step in 0..self.past.len() {
            let own = &self.past.steps()[step];
            if own.noted.asked[0].steady {
                self.reverse_races(step);
                continue;
            }
            for nth in 0..own.noted.asked.len() {
                let asked = self.past.steps()[step].noted.asked[nth].clone();
                self.look_elsewhere(&asked, Some(step));
            }
        }
        for nth in 0..self.pending.len() {
            let asked = self.pending[nth].clone();
            self.look_elsewhere(&asked, None);
        }
    }

    /// The step comes first in each race that it is in.
    fn reverse_races(&mut self, step: usize) {
        let Self { past, points, foreseen, sleepers, conductor, .. } = self;
        let guard = &conductor.as_ref().expect("an execution has ended").guard;
        let own = &past.steps()[step];
        for other in own.reversible.iter() {
            let fallen = past.fallen_with(other);
            if points[other].choice.is_settled() {
                continue;
            }
            if guard.holds_back_without(past, fallen, &own.label.action) {
                continue;
            }
            let sequence = Sequence::without(past, guard, fallen, other, Last::Taken(step, &own.label));
            schedule((&mut *points, &mut *foreseen), sleepers, past, other, sequence, None);
        }
    }

    fn submitted_after(&self, asked: &Asked, step: Option<usize>) -> Option<usize> {
        let own = self.past.steps_of(asked.who);
        let nth = match step {
            Some(step) => own.binary_search(&step).expect("it is one of its steps"),
            None => own.len(),
        };
        self.past.submitted_after(asked.who, nth)
    }

    /// Everything else that the operation could do.
    fn look_elsewhere(&mut self, asked: &Asked, step: Option<usize>) {
        let manner = step.map(|step| self.past.steps()[step].label.action.manner);
        let waits_for_others = asked.attempt || asked.draws > 0 || matches!(manner, Some(Manner::Meet { .. }));
        if waits_for_others || asked.may_meet {
            return self.look_at_all(asked, step);
        }
        for case in (0..).take(asked.cases.len()) {
            match (step, manner) {
                (Some(step), Some(Manner::Alone { case: taken })) if taken == case => {
                    self.come_earlier(asked, case, step);
                }
                _ => {
                    let Some(target) = self.target(asked, Some(case), step) else { continue };
                    let removed = step.map_or_else(Steps::default, Steps::of);
                    let found = match step {
                        Some(_) => self.try_without(&target, &removed, &[]),
                        None => Actions::new(),
                    };
                    if found.is_empty() {
                        self.leave_out(&target, &removed, 0, &[]);
                    }
                }
            }
        }
    }

    /// For operations that meet others, or look whether they could: with every set of steps left out that may change
    /// what they find.
    fn look_at_all(&mut self, asked: &Asked, step: Option<usize>) {
        let Some(target) = self.target(asked, None, step) else { return };
        let removed = step.map_or_else(Steps::default, Steps::of);
        let mut known: Actions = step.map(|step| self.past.steps()[step].label.action).into_iter().collect();
        if let Some(step) = step {
            // There may be thousands of values, and they are the same whatever comes after.
            let drawn = (asked.draws > 0).then_some(asked.who);
            known = if drawn.is_some() && self.points[step].drawn == drawn {
                draws(asked).collect()
            } else {
                self.try_without(&target, &removed, &known)
            };
            self.points[step].drawn = drawn;
        }
        self.leave_out(&target, &removed, 0, &known);
    }

    /// Whether there may be another look, for this execution; notes where not.
    fn may_look(&mut self) -> bool {
        let enough = self.looks >= self.looks_end || self.run_again >= self.run_again_end;
        let leaves_off = self.leave_off.load(Ordering::Relaxed);
        self.too_many_looks |= enough;
        self.has_left_off |= leaves_off;
        !enough && !leaves_off
    }

    fn target<'a>(&mut self, asked: &'a Asked, case: Option<u8>, step: Option<usize>) -> Option<Target<'a>> {
        if !self.may_look() {
            return None;
        }
        let submitted = self.submitted_after(asked, step);
        let steps = self.past.steps();
        let own = step.map(|step| &steps[step]);
        let kills = own.is_some_and(|own| own.label.kills);
        // What is drawn depends on nothing.
        let draws = asked.draws > 0;
        let mut others = Steps::between(0, steps.len());
        if let Some(submitted) = submitted {
            others.remove(&steps[submitted].before);
            others.take_out(submitted);
        }
        if let Some(step) = step {
            others.remove(self.past.fallen_with(step));
        }
        let concerns = |other: &usize| {
            let Step { noted: Noted { asked: theirs, .. }, label, .. } = &steps[*other];
            let mut cases = theirs.iter().flat_map(|theirs| &theirs.cases);
            // Not only what is asked of the same object: who cancels a context takes it off its parent's list.
            let races = || own.is_some_and(|own| label.marks.conflict_with(&own.label.marks));
            kills || label.kills || (!draws && cases.any(|case| asked.asks_for(case.thing))) || races()
        };
        let rivals = Steps::from_iter(others.iter().filter(concerns));
        let looks = |rival: &usize| self.past.steps()[*rival].only_looks_beside(asked);
        let looks = if self.past.time_has_passed() { Steps::default() } else { rivals.iter().filter(looks).collect() };
        Some(Target { asked, case, step, rivals, hinders: OnceCell::new(), looks, one_is_enough: case.is_some() })
    }

    /// See [`Target::hinders`].
    fn hinders(&mut self, target: &Target<'_>) -> Steps {
        let Target { asked, case, step, rivals, .. } = target;
        let wanted = case.map(|case| {
            let fallen = step.map_or_else(Steps::default, |step| self.past.fallen_with(step).clone());
            let Self { past, pending, conductor, names, .. } = &mut *self;
            let conductor = conductor.as_ref().expect("an execution has ended");
            Rest { past, conductor, pending, fallen: &fallen }.marks_of(asked, case, names)
        });
        let steps = self.past.steps();
        let kills = step.is_some_and(|step| steps[step].label.kills);
        let hinders = |rival: &usize| {
            let label = &steps[*rival].label;
            kills || label.kills || wanted.as_ref().is_none_or(|marks| label.marks.conflict_with(marks))
        };
        Steps::from_iter(rivals.iter().filter(hinders))
    }

    /// For a case that went through alone: all that it can do elsewhere is to come before what it raced with. The
    /// nearest first: whatever came before one that it can overtake, it meets on its way there.
    fn come_earlier(&mut self, asked: &Asked, case: u8, step: usize) {
        if !self.may_look() || self.comes_next(asked, step) {
            return;
        }
        let Some(target) = self.target(asked, Some(case), Some(step)) else { return };
        let own = Rc::clone(&self.past.steps()[step].label);
        let mut left = target.rivals.clone();
        left.keep_only(&self.past.steps()[step].before);
        while let Some(rival) = left.last_below(step) {
            left.take_out(rival);
            let removed = Steps::of(rival);
            if self.try_without(&target, &removed, &[]).is_empty() {
                self.leave_out(&target, &removed, rival + 1, &[]);
            } else if self.past.steps()[rival].label.depends_on(&own) {
                left.remove(&self.past.steps()[rival].before);
            }
        }
    }

    /// Whether nothing had to come between the operation's submission and its step: there is nothing to overtake.
    fn comes_next(&self, asked: &Asked, step: usize) -> bool {
        let before = &self.past.steps()[step].before;
        match self.submitted_after(asked, Some(step)) {
            Some(submitted) => before.is_of(&self.past.steps()[submitted].before, submitted),
            None => before.is_empty(),
        }
    }

    /// Leaves out one more rival, from step `from` on, and then another; one that has only looked by itself.
    fn leave_out(&mut self, target: &Target<'_>, removed: &Steps, from: usize, known: &[Action]) {
        if removed.meets(&target.looks) {
            return;
        }
        let is_first = removed.iter().all(|step| Some(step) == target.step);
        for rival in target.rivals.iter().filter(|rival| *rival >= from) {
            if target.looks.has(rival) && !is_first {
                continue;
            }
            if self.past.falls_with(rival, removed) || !target.hinders.get_or_init(|| self.hinders(target)).has(rival) {
                continue;
            }
            if !self.may_look() {
                return;
            }
            let mut removed = removed.clone();
            removed.add(rival);
            let own = target.step.map(|step| &self.past.steps()[step]);
            // What it did after the rival may be something else without it, under the same name: a send that fails,
            // since the channel was closed meanwhile.
            let raced = own.filter(|own| own.before.has(rival)).map(|own| own.label.action);
            let known_here: Actions = known.iter().copied().filter(|action| Some(*action) != raced).collect();
            let found = self.try_without(target, &removed, &known_here);
            if !target.one_is_enough || found.is_empty() {
                self.leave_out(target, &removed, rival + 1, &found);
            }
        }
    }

    /// Schedules what the operation could do at the end of what is left and is not known. Answers all that it could,
    /// ascending, as what is known has to be.
    fn try_without(&mut self, target: &Target<'_>, removed: &Steps, known: &[Action]) -> Actions {
        self.looks += 1;
        let fallen = self.past.fallen(removed);
        let first = removed.iter().next().expect("something is left out");
        match self.declared_without(target, &fallen) {
            Ok(labels) => {
                let mut actions: Actions = labels.iter().map(|label| label.action).collect();
                actions.sort_unstable();
                for label in labels.into_iter().filter(|label| known.binary_search(&label.action).is_err()) {
                    self.schedule_without(target, &fallen, first, &label);
                }
                actions
            }
            Err(Undeclared) => self.rerun_without(target, &fallen, first, known),
        }
    }

    fn declared_without(&mut self, target: &Target<'_>, fallen: &Steps) -> Result<crate::rest::Possible, Undeclared> {
        // Who has parked before time passed is seen to stand there.
        if self.past.time_has_passed() {
            return Err(Undeclared);
        }
        let Self { past, pending, conductor, names, .. } = self;
        let conductor = conductor.as_ref().expect("an execution has ended");
        Rest { past, conductor, pending, fallen }.possible(target.asked, target.case, names)
    }

    /// The same by running what is left.
    fn rerun_without(&mut self, target: &Target<'_>, fallen: &Steps, first: usize, known: &[Action]) -> Actions {
        let mut conductor = self.rerun(fallen);
        let (possible, mut time_passed) = conductor.possible();
        let count = possible.len();
        let actions = (0..count).map(|nth| conductor.listed(nth));
        let asks = |action: &Action| {
            let by_case = action.manner == Manner::Alone { case: target.case.unwrap_or(0) };
            action.involves(target.asked.who) && (target.case.is_none() || by_case)
        };
        let mut actions: Actions = actions.filter(asks).collect();
        actions.sort_unstable();
        let mut fresh = Some(conductor);
        for action in actions.iter().filter(|action| known.binary_search(action).is_err()) {
            let mut conductor = fresh.take().unwrap_or_else(|| {
                let mut conductor = self.rerun(fallen);
                time_passed = conductor.possible().1;
                conductor
            });
            let (mut noted, mut named) = (Noted::default(), Named::default());
            let usual = (None, &mut States::default());
            conductor.take(action, time_passed, &mut self.names, usual, (&mut noted, &mut named));
            self.schedule_without(target, fallen, first, &named.label);
        }
        actions
    }

    fn rerun(&mut self, fallen: &Steps) -> Conductor {
        self.looked += 1;
        self.run_again += self.past.len() as u64;
        let mut conductor = self.new_conductor();
        let mut epoch = None;
        for (_, step) in self.past.steps().iter().enumerate().filter(|(at, _)| !fallen.has(*at)) {
            // The first of those that are left lets time pass, whichever was the first in this execution.
            let is_first = epoch.replace(step.epoch) != Some(step.epoch);
            let time_passes = is_first && self.past.time_passed_before(step);
            conductor.repeat(&step.label.action, time_passes, &mut self.names);
        }
        conductor
    }

    /// Schedules what is left without the fallen steps, the first of which is `first`, and then `last`.
    fn schedule_without(&mut self, target: &Target<'_>, fallen: &Steps, first: usize, last: &Label) {
        let Self { past, points, foreseen, sleepers, conductor, pending, names, .. } = self;
        let conductor = conductor.as_ref().expect("an execution has ended");
        let sequence = Sequence::without(past, &conductor.guard, fallen, first, Last::Found(last, target.step));
        let asking = Asking { asked: target.asked, conductor, pending, names };
        schedule((points, foreseen), sleepers, past, first, sequence, Some(asking));
    }
}

#[cfg(test)]
mod tests {
    use chanscope_kernel::{Anew, Go, Limits};
    use chanscope_sync::{Chan, select};

    use crate::explorer::{Bounds, Explorer};

    /// So many ask whether what main closes is closed.
    fn looks(count: u32) -> u64 {
        let main = move |go: Go| async move {
            let quit = Chan::<()>::new(&go, "quit", 0);
            for _ in 0..count {
                let quit = quit.clone();
                go.spawn("asks", async move {
                    select! {
                        _ = quit.recv() => {},
                        default => {},
                    }
                    Ok(())
                });
            }
            quit.close().await
        };
        let mut explorer = Explorer::new(Anew::new(Limits::default(), main), Bounds::default());
        explorer.advance(1);
        explorer.search.looks
    }

    #[test]
    fn who_only_looks_is_left_out_by_himself() {
        for count in [4, 8, 16, 32] {
            assert_eq!(looks(count), u64::from(count * (count + 1)), "each without himself, and that without each");
        }
    }
}

//! What could have been done instead, in an execution that has ended.
//!
//! For an operation, leave out its own step, or a step that its own depends on, with everything that had to come after,
//! and see what it could do at the end of what is left. Where it can do something that depends on what was left out,
//! that is another class of executions. For an operation that only ever goes one way the answer is known from the
//! execution at hand: it does the same, earlier (a reversible race). For others (cases of a select, attempts,
//! partners, draws, whatever may have to wait) what is left is run again to look. Operations that the execution ended
//! without are treated alike: else a deadlock by lock order, and the cases that a select has not taken, are missed.
//!
//! One step left out is not always enough: a writer's lock that two readers keep out, each on his own, comes first only
//! without both. So steps are left out together as long as some case cannot go through.

use crate::action::{Action, Asked, Label, Manner};
use crate::past::Steps;
use crate::search::Search;

/// Steps left out together, at most, beside the operation's own.
const MOST_LEFT_OUT: usize = 4;

/// Prefixes that are run again for one execution, at most, so that none takes for ever. Where that is not enough the
/// report says that it is not complete.
const MOST_LOOKS: u64 = 2048;

/// An operation, executed or not.
struct Target {
    asked: Asked,
    /// Its step, where it was executed.
    step: Option<usize>,
    /// What could be left out in order that it does something else, ascending.
    rivals: Vec<usize>,
}

impl Target {
    /// Whether it has one case only, and waits for it.
    fn is_plain(&self) -> bool {
        self.asked.things.len() == 1 && !self.asked.attempt && !self.asked.draws
    }
}

impl Search<'_> {
    /// Schedules everything that the current execution shows to be possible elsewhere.
    pub(crate) fn look_for_more(&mut self) {
        self.looks_end = self.looked + MOST_LOOKS;
        for step in 0..self.past.len() {
            for nth in 0..self.past.steps()[step].asked.len() {
                let asked = self.past.steps()[step].asked[nth].clone();
                if asked.steady { self.reverse_races(step) } else { self.look_elsewhere(asked, Some(step)) }
            }
        }
        for asked in std::mem::take(&mut self.pending) {
            self.look_elsewhere(asked, None);
        }
    }

    /// The step comes first in each race that it is in.
    fn reverse_races(&mut self, step: usize) {
        let own = &self.past.steps()[step];
        let submitted = self.submitted_after(&own.asked[0], Some(step));
        let races = own
            .just_before
            .iter()
            .filter(|&other| Some(other) != submitted && self.past.steps()[other].label.depends_on(&own.label));
        for other in races.collect::<Vec<_>>() {
            let mut removed = Steps::default();
            removed.add(other);
            let label = self.past.steps()[step].label.clone();
            self.schedule_without(&removed, other, label);
        }
    }

    fn submitted_after(&self, asked: &Asked, step: Option<usize>) -> Option<usize> {
        let own = self.past.steps_of(asked.who);
        let nth = match step {
            Some(step) => own.iter().position(|&other| other == step).expect("it is one of its steps"),
            None => own.len(),
        };
        self.past.submitted_after(asked.who, nth)
    }

    fn look_elsewhere(&mut self, asked: Asked, step: Option<usize>) {
        if self.looked >= self.looks_end {
            self.too_many_looks = true;
            return;
        }
        let steps = self.past.steps();
        let mut needed = Steps::default();
        if let Some(submitted) = self.submitted_after(&asked, step) {
            needed.join(&steps[submitted].before);
            needed.add(submitted);
        }
        let own = step.map(|step| &steps[step]);
        let concerns = |other: usize| {
            let things = steps[other].asked.iter().flat_map(|asked| &asked.things);
            let kills = steps[other].label.kills || own.is_some_and(|own| own.label.kills);
            kills || things.into_iter().any(|thing| asked.things.contains(thing))
        };
        let rivals = (0..steps.len()).filter(|&other| {
            Some(other) != step
                && !needed.has(other)
                && step.is_none_or(|step| !steps[other].before.has(step))
                && concerns(other)
        });
        let rivals = rivals.collect();
        let mut removed = Steps::default();
        let mut known = Vec::new();
        if let (Some(step), Some(own)) = (step, own) {
            removed.add(step);
            known.push(own.label.action);
        }
        let target = Target { asked, step, rivals };
        if let Some(own) =
            own.filter(|own| target.is_plain() && matches!(own.label.action.manner, Manner::Alone { .. }))
        {
            let (label, before) = (own.label.clone(), own.before.clone());
            return self.come_earlier(&target, &label, &before);
        }
        if step.is_some() {
            known = self.try_without(&target, &removed, &known);
        }
        self.leave_out(&target, &removed, 0, &known);
    }

    /// For an operation that went through alone and has no other case: all that it can do elsewhere is to come before
    /// what it raced with. The nearest first: whatever came before one that it can overtake, it meets on its way there.
    fn come_earlier(&mut self, target: &Target, own: &Label, before: &Steps) {
        let mut overtaken = Steps::default();
        for (nth, &rival) in target.rivals.iter().enumerate().rev() {
            let step = &self.past.steps()[rival];
            if overtaken.has(rival) || !before.has(rival) {
                continue;
            }
            let (before, depends) = (step.before.clone(), step.label.depends_on(own));
            let mut removed = Steps::default();
            removed.add(rival);
            if self.try_without(target, &removed, &[]).is_empty() {
                self.leave_out(target, &removed, nth + 1, &[]);
            } else if depends {
                overtaken.join(&before);
            }
        }
    }

    /// Leaves out one more rival, from the `from`-th on, and then another.
    fn leave_out(&mut self, target: &Target, removed: &Steps, from: usize, known: &[Action]) {
        if removed.iter().count() > MOST_LEFT_OUT {
            return;
        }
        for (nth, &rival) in target.rivals.iter().enumerate().skip(from) {
            if self.past.falls_with(rival, removed) {
                continue;
            }
            if self.looked >= self.looks_end {
                self.too_many_looks = true;
                return;
            }
            let mut removed = removed.clone();
            removed.add(rival);
            let own = target.step.map(|step| &self.past.steps()[step]);
            // What it did after the rival may be something else without it, under the same name: a send that fails,
            // since the channel was closed meanwhile.
            let raced = own.filter(|own| own.before.has(rival)).map(|own| own.label.action);
            let known_here: Vec<Action> = known.iter().copied().filter(|action| Some(*action) != raced).collect();
            let found = self.try_without(target, &removed, &known_here);
            if !target.is_plain() || found.is_empty() {
                self.leave_out(target, &removed, nth + 1, &found);
            }
        }
    }

    /// Runs what is left, and schedules what the operation could do there that is not known. Answers all that it could.
    fn try_without(&mut self, target: &Target, removed: &Steps, known: &[Action]) -> Vec<Action> {
        let left = self.past.without(removed);
        let first = removed.iter().next().expect("something is left out");
        let mut conductor = self.rerun(&left);
        let count = conductor.possible().0.len();
        let actions = (0..count).map(|nth| conductor.listed(nth));
        let actions: Vec<Action> = actions.filter(|action| action.involves(target.asked.who)).collect();
        let mut fresh = Some(conductor);
        for action in actions.iter().filter(|action| !known.contains(action)) {
            let mut conductor = fresh.take().unwrap_or_else(|| self.rerun(&left));
            let noted = conductor.take(action, &mut self.names);
            self.schedule_without(removed, first, noted.label);
        }
        actions
    }

    fn rerun(&mut self, steps: &[usize]) -> crate::conductor::Conductor {
        self.looked += 1;
        let mut conductor = self.conductor();
        for &step in steps {
            let step = &self.past.steps()[step];
            conductor.repeat(&step.label.action, step.time_passed, &mut self.names);
        }
        conductor
    }

    /// Schedules what is left without these steps, the first of which is `first`, and then `label`.
    fn schedule_without(&mut self, removed: &Steps, first: usize, label: Label) {
        let steps = self.past.steps();
        let left = (first..steps.len()).filter(|&step| !self.past.falls_with(step, removed));
        let mut sequence: Vec<Label> = left.map(|step| steps[step].label.clone()).collect();
        sequence.push(label);
        self.schedule(first, sequence);
    }
}

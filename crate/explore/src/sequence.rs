//! What could be done instead of an execution's end: steps one after the other, each to the effect that its label says.

use std::rc::Rc;

use smallvec::SmallVec;

use crate::action::{Action, Label};
use crate::guard::Guard;
use crate::names::{StepOf, Thing};
use crate::past::{Past, Step};
use crate::steps::Steps;

/// Whether a step can be made the first of a sequence, or put before it, without anybody being able to tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Initial {
    /// It is that one of the current execution's steps; without a number it is the last of the sequence.
    At(Option<usize>),
    /// It is not in there and depends on nothing in there.
    Beside,
    No,
}

/// Steps that could be taken one after the other, each to the effect that its label says: some of the current
/// execution's, and one that comes after them.
pub(crate) struct Sequence<'a> {
    pub(crate) past: &'a Past,
    left: Steps,
    last: Option<Last<'a>>,
    /// What the last one is [held back](crate::guard) for.
    held_for: Steps,
    /// By what it takes from: how many others could take from there first.
    spare: SmallVec<[(Thing, u32); 1]>,
}

/// The label of the step that comes last.
#[derive(Clone, Copy)]
pub(crate) enum Last<'a> {
    /// It is that of one of the current execution's steps, which is this one.
    Taken(usize, &'a Rc<Label>),
    /// It was found, and is shared once a branch ends with it. With the step that its operation took in the current
    /// execution, where it took one.
    Found(&'a Label, Option<usize>),
}

impl<'a> Last<'a> {
    fn label(self) -> &'a Label {
        match self {
            Self::Taken(_, label) => label,
            Self::Found(label, _) => label,
        }
    }

    fn shared(self) -> Rc<Label> {
        match self {
            Self::Taken(_, label) => Rc::clone(label),
            Self::Found(label, _) => Rc::new(label.clone()),
        }
    }
}

impl<'a> Sequence<'a> {
    /// What is left of the current execution from step `first` on without the fallen ones, and then `last`, which the
    /// guard lets pass there.
    pub(crate) fn without(past: &'a Past, guard: &Guard, fallen: &Steps, first: usize, last: Last<'a>) -> Self {
        let mut left = Steps::between(first, past.len());
        left.remove(fallen);
        let held_for = guard.held_for_without(past, fallen, &last.label().action);
        let mut sequence = Self { past, left, last: Some(last), held_for, spare: SmallVec::new() };
        if past.takes_from_something() || last.label().spare.is_some() {
            sequence.count_spare(first, fallen);
        }
        sequence
    }

    fn count_spare(&mut self, first: usize, fallen: &Steps) {
        // By what was taken from by steps that were left out: how often.
        let mut left_out: SmallVec<[(Thing, u32); 1]> = SmallVec::new();
        for (at, step) in self.past.steps().iter().enumerate().skip(first) {
            let Some((thing, left)) = step.label.spare else { continue };
            let more = left_out.iter().find(|(of, _)| *of == thing).map_or(0, |(_, more)| *more);
            if fallen.has(at) {
                set(&mut left_out, thing, more + 1);
            } else {
                set(&mut self.spare, thing, left + more);
            }
        }
        if let Some((thing, left)) = self.last.and_then(|last| last.label().spare) {
            set(&mut self.spare, thing, left);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.last.is_none() && self.left.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.left.len() + usize::from(self.last.is_some())
    }

    fn labels(&self) -> impl Iterator<Item = (Option<usize>, &'a Label)> {
        let steps = self.past.steps();
        let left = self.left.iter().map(|step| (Some(step), &*steps[step].label));
        left.chain(self.last.map(|last| (None, last.label())))
    }

    /// Whether `step` can come first.
    pub(crate) fn starts_with(&self, step: &Label) -> Initial {
        // What is the same step is a step of the same goroutine.
        let next = self.past.steps_of(step.action.who).iter().find(|&&at| self.left.has(at));
        let place = match next {
            Some(&at) => {
                let Step { label, before, .. } = &self.past.steps()[at];
                match is_there(Some(at), label, step) {
                    // What depends on it and comes before it had to.
                    place if !self.left.meets(before) => place,
                    Initial::At(_) if self.meets_before(at, step) => Initial::No,
                    place => place,
                }
            }
            None if self.meets_before(self.past.len(), step) => Initial::No,
            None => self.only_last_may_be(step),
        };
        debug_assert_eq!(place, self.starts_with_any(step));
        place
    }

    /// Whether a step that is left and comes before step `end` depends on `step`.
    fn meets_before(&self, end: usize, step: &Label) -> bool {
        let is_left = |at: usize| at < end && self.left.has(at);
        let partner = step.action.partner();
        step.kills && self.left.first().is_some_and(is_left)
            || self.past.killer().is_some_and(is_left)
            || partner.is_some_and(|who| self.past.steps_of(who).iter().any(|&at| is_left(at)))
            || step.marks.iter().any(|mark| self.past.touched(mark).any(is_left))
    }

    /// The same by looking at all that is in there.
    fn starts_with_any(&self, step: &Label) -> Initial {
        let met = self.labels().find(|(_, label)| label.depends_on(step));
        met.map_or_else(|| self.comes_beside(step), |(at, label)| is_there(at, label, step))
    }

    /// The same for a step of which it is known which of the current execution's depend on it: that one of them is left
    /// settles it.
    pub(crate) fn starts_with_known(&self, step: &Label, dependent: &Steps) -> Initial {
        let place = match self.left.first_common(dependent) {
            Some(at) => is_there(Some(at), &self.past.steps()[at].label, step),
            None => self.only_last_may_be(step),
        };
        debug_assert_eq!(place, self.starts_with_any(step));
        place
    }

    /// The same for the current execution's own step, after all before it have been left out or come first. What
    /// depends on a step that was left out was left out with it.
    pub(crate) fn starts_with_own(&self, at: usize) -> Initial {
        let step = &self.past.steps()[at].label;
        let place = if self.left.has(at) { Initial::At(Some(at)) } else { self.only_last_may_be(step) };
        debug_assert_eq!(place, self.starts_with_any(step));
        place
    }

    /// The same where no step that is left depends on it.
    fn only_last_may_be(&self, step: &Label) -> Initial {
        match self.last.map(Last::label).filter(|last| last.depends_on(step)) {
            Some(last) => is_there(None, last, step),
            None => self.comes_beside(step),
        }
    }

    /// The step that comes last in it.
    fn the_last(&self) -> Last<'a> {
        self.last.expect("it has not been put before the rest")
    }

    /// Those of these steps that have to come before its last one, where none of them has to come after a step that was
    /// left out.
    pub(crate) fn needed(&self, among: &Steps) -> Steps {
        let (label, steps) = (self.the_last().label(), self.past.steps());
        let who = [Some(label.action.who), label.action.partner()].into_iter().flatten();
        let births = Steps::from_iter(who.filter_map(|who| self.past.birth(who)));
        let mut needed = Steps::default();
        let mut end = self.past.len();
        while let Some(at) = among.last_below(end) {
            end = at;
            let is_needed = || births.has(at) || self.held_for.has(at) || label.has_to_follow(&steps[at].label);
            if !needed.has(at) && is_needed() {
                needed.add(at);
                needed.join(&steps[at].before);
            }
        }
        needed.keep_only(among);
        needed
    }

    /// Leaves out what does not have to come before the last step.
    pub(crate) fn shorten(&mut self) {
        match self.the_last() {
            Last::Taken(at, _) => self.left.keep_only(&self.past.steps()[at].before),
            Last::Found(..) => self.left = self.needed(&self.left),
        }
        debug_assert!(self.left.iter().eq(self.needed(&self.left).iter()));
    }

    /// The current execution's steps that are in it.
    pub(crate) fn left(&self) -> &Steps {
        &self.left
    }

    /// The step of the current execution that its last operation took there, where it took one.
    pub(crate) fn last_step(&self) -> Option<usize> {
        match self.the_last() {
            Last::Taken(at, _) => Some(at),
            Last::Found(_, at) => at,
        }
    }

    pub(crate) fn last_action(&self) -> Action {
        self.the_last().label().action
    }

    /// Whose step the last one is.
    pub(crate) fn last_of(&self) -> StepOf {
        let who = self.the_last().label().action.who;
        let end = self.last_step().unwrap_or(self.past.len());
        (who, self.past.steps_of(who).partition_point(|&step| step < end))
    }

    /// Whether it ends the program.
    pub(crate) fn kills(&self) -> bool {
        self.the_last().label().kills
    }

    /// Whether it has these steps and no others, in an order that nobody could tell from theirs.
    pub(crate) fn is<'b>(&self, steps: impl ExactSizeIterator<Item = &'b Rc<Label>>) -> bool {
        let Self { past, ref left, last, ref held_for, ref spare } = *self;
        let mut rest = Self { past, left: left.clone(), last, held_for: held_for.clone(), spare: spare.clone() };
        steps.len() == self.len()
            && steps.into_iter().all(|label| {
                let place = rest.starts_with(label);
                rest.come_after(label, place);
                matches!(place, Initial::At(_))
            })
    }

    /// Its steps, in order, with room for another one.
    pub(crate) fn steps(&self) -> Vec<Rc<Label>> {
        let mut steps = Vec::with_capacity(self.len() + 1);
        steps.extend(self.left.iter().map(|step| Rc::clone(&self.past.steps()[step].label)));
        steps.extend(self.last.map(Last::shared));
        steps
    }

    /// Two that take the last one from somewhere do not depend on each other. But whichever comes second fails.
    fn comes_beside(&self, step: &Label) -> Initial {
        let is_last = |thing| self.labels().any(|(_, other)| other.spare.is_some_and(|(same, _)| same == thing));
        match step.spare {
            Some((thing, _)) if self.spare.contains(&(thing, 0)) && is_last(thing) => Initial::No,
            _ => Initial::Beside,
        }
    }

    /// What remains after `step`, which can come first, at that place.
    pub(crate) fn come_after(&mut self, step: &Label, place: Initial) {
        match place {
            Initial::At(Some(at)) => self.left.take_out(at),
            Initial::At(None) => self.last = None,
            _ => {
                if let Some((thing, _)) = step.spare
                    && let Some((_, left)) = self.spare.iter_mut().find(|(of, _)| *of == thing)
                {
                    // Once nothing of this sequence takes from the thing, others may give to it and take from it beside.
                    *left = left.saturating_sub(1);
                }
            }
        }
    }
}

/// What it comes to that a label of a sequence is the first that depends on `step`, as one of the same action does.
fn is_there(at: Option<usize>, label: &Label, step: &Label) -> Initial {
    if std::ptr::eq(label, step) || label.is_same_as(step) { Initial::At(at) } else { Initial::No }
}

fn set(list: &mut SmallVec<[(Thing, u32); 1]>, thing: Thing, number: u32) {
    match list.iter_mut().find(|(of, _)| *of == thing) {
        Some((_, known)) => *known = number,
        None => list.push((thing, number)),
    }
}

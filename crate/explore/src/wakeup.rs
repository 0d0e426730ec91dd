//! Wakeup trees: the sequences that are still to be run from one point of the current execution.
//!
//! Abdulla, Aronis, Jonsson, Sagonas: Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction, JACM
//! 64(4), 2017, sections 5 and 6. Branches are ordered. A sequence is inserted unless an earlier branch leads to it.

use smallvec::SmallVec;

use crate::action::Label;
use crate::names::Thing;
use crate::past::{Past, Step};
use crate::sleep::Sleeper;
use crate::steps::Steps;

/// A branch: a step, and what is to come after it. A leaf may be continued in any way.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub(crate) label: Label,
    pub(crate) then: Vec<Branch>,
}

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
    steps: &'a [Step],
    left: Steps,
    last: Option<&'a Label>,
    /// By what it takes from: how many others could take from there first.
    spare: SmallVec<[(Thing, u32); 1]>,
}

impl<'a> Sequence<'a> {
    /// What is left of the current execution from step `first` on without the fallen ones, and then `last`.
    pub(crate) fn without(past: &'a Past, fallen: &Steps, first: usize, last: &'a Label) -> Self {
        let steps = past.steps();
        let mut left = Steps::between(first, steps.len());
        left.remove(fallen);
        let mut sequence = Self { steps, left, last: Some(last), spare: SmallVec::new() };
        if past.takes_from_something() || last.spare.is_some() {
            sequence.count_spare(first, fallen);
        }
        sequence
    }

    fn count_spare(&mut self, first: usize, fallen: &Steps) {
        // By what was taken from by steps that were left out: how often.
        let mut left_out: SmallVec<[(Thing, u32); 1]> = SmallVec::new();
        for (at, step) in self.steps.iter().enumerate().skip(first) {
            let Some((thing, left)) = step.label.spare else { continue };
            let more = left_out.iter().find(|(of, _)| *of == thing).map_or(0, |(_, more)| *more);
            if fallen.has(at) {
                set(&mut left_out, thing, more + 1);
            } else {
                set(&mut self.spare, thing, left + more);
            }
        }
        if let Some((thing, left)) = self.last.and_then(|last| last.spare) {
            set(&mut self.spare, thing, left);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.last.is_none() && self.left.is_empty()
    }

    fn labels(&self) -> impl Iterator<Item = (Option<usize>, &'a Label)> {
        let left = self.left.iter().map(|step| (Some(step), &self.steps[step].label));
        left.chain(self.last.map(|last| (None, last)))
    }

    /// Whether `step` can come first.
    pub(crate) fn starts_with(&self, step: &Label) -> Initial {
        self.labels().find_map(|(at, label)| settles(at, label, step)).unwrap_or_else(|| self.comes_beside(step))
    }

    /// The same for a step of which it is known which steps depend on it: that one of them is left settles it.
    pub(crate) fn starts_with_sleeper(&self, sleeper: &Sleeper) -> Initial {
        let first = self.left.first_common(&sleeper.dependent);
        let settled = match first {
            Some(at) => settles(Some(at), &self.steps[at].label, &sleeper.label),
            None => self.last.and_then(|last| settles(None, last, &sleeper.label)),
        };
        let place = settled.unwrap_or_else(|| self.comes_beside(&sleeper.label));
        debug_assert_eq!(place, self.starts_with(&sleeper.label));
        place
    }

    /// The same for the current execution's own step, after all before it have been left out or come first. What
    /// depends on a step that was left out was left out with it.
    pub(crate) fn starts_with_own(&self, at: usize) -> Initial {
        let step = &self.steps[at].label;
        let place = if self.left.has(at) {
            Initial::At(Some(at))
        } else {
            let settled = self.last.and_then(|last| settles(None, last, step));
            settled.unwrap_or_else(|| self.comes_beside(step))
        };
        debug_assert_eq!(place, self.starts_with(step));
        place
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

/// Whether a label of a sequence says that `step` can, or cannot, be made the first. One of the same action depends on
/// it.
#[inline]
fn settles(at: Option<usize>, label: &Label, step: &Label) -> Option<Initial> {
    label.depends_on(step).then(|| if label.is_same_as(step) { Initial::At(at) } else { Initial::No })
}

fn set(list: &mut SmallVec<[(Thing, u32); 1]>, thing: Thing, number: u32) {
    match list.iter_mut().find(|(of, _)| *of == thing) {
        Some((_, known)) => *known = number,
        None => list.push((thing, number)),
    }
}

/// Inserts a sequence, unless some branch leads to it already.
pub(crate) fn insert(mut tree: &mut Vec<Branch>, mut sequence: Sequence<'_>) {
    loop {
        let found = tree.iter().map(|branch| sequence.starts_with(&branch.label)).enumerate();
        let Some((nth, place)) = found.into_iter().find(|(_, place)| *place != Initial::No) else { break };
        sequence.come_after(&tree[nth].label, place);
        if tree[nth].then.is_empty() || sequence.is_empty() {
            return;
        }
        tree = &mut tree[nth].then;
    }
    let mut then = Vec::new();
    let labels: SmallVec<[&Label; 32]> = sequence.labels().map(|(_, label)| label).collect();
    for label in labels.into_iter().rev() {
        then = vec![Branch { label: label.clone(), then }];
    }
    tree.append(&mut then);
}

//! Wakeup trees: the sequences that are still to be run from one point of the current execution.
//!
//! Abdulla, Aronis, Jonsson, Sagonas: Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction, JACM
//! 64(4), 2017, sections 5 and 6. Branches are ordered. A sequence is inserted unless an earlier branch leads to it.

use smallvec::SmallVec;

use crate::action::Label;
use crate::names::Thing;

/// A branch: a step, and what is to come after it. A leaf may be continued in any way.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub(crate) label: Label,
    pub(crate) then: Vec<Branch>,
}

/// Whether a step can be made the first of a sequence, or put before it, without anybody being able to tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Initial {
    /// It is the step with this index.
    At(usize),
    /// It is not in there and depends on nothing in there.
    Beside,
    No,
}

/// Steps that could be taken one after the other, each to the effect that its label says.
#[derive(Default)]
pub(crate) struct Sequence<'a> {
    labels: Vec<&'a Label>,
    /// By what it takes from: how many others could take from there first.
    spare: SmallVec<[(Thing, u32); 1]>,
    /// By what was taken from by steps that were left out: how often.
    left_out: SmallVec<[(Thing, u32); 1]>,
}

impl<'a> Sequence<'a> {
    /// A step that was taken after those that were pushed and those that were left out.
    pub(crate) fn push(&mut self, label: &'a Label) {
        if let Some((thing, left)) = label.spare {
            let more = self.left_out.iter().find(|(of, _)| *of == thing).map_or(0, |(_, more)| *more);
            set(&mut self.spare, thing, left + more);
        }
        self.labels.push(label);
    }

    /// A step that was taken, and is not part of it.
    pub(crate) fn leave_out(&mut self, label: &Label) {
        if let Some((thing, _)) = label.spare {
            let more = self.left_out.iter().find(|(of, _)| *of == thing).map_or(0, |(_, more)| *more);
            set(&mut self.left_out, thing, more + 1);
        }
    }

    /// The last step, as it would be after all that were pushed.
    pub(crate) fn end_with(&mut self, label: &'a Label) {
        if let Some((thing, left)) = label.spare {
            set(&mut self.spare, thing, left);
        }
        self.labels.push(label);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Whether `step` can come first.
    pub(crate) fn starts_with(&self, step: &Label) -> Initial {
        for (index, other) in self.labels.iter().enumerate() {
            if other.action == step.action {
                return if other.is_same_as(step) { Initial::At(index) } else { Initial::No };
            }
            if other.depends_on(step) {
                return Initial::No;
            }
        }
        // Two that take the last one from somewhere do not depend on each other. But whichever comes second fails.
        if self.labels.iter().any(|other| self.is_last(step, other)) { Initial::No } else { Initial::Beside }
    }

    fn is_last(&self, step: &Label, other: &Label) -> bool {
        let (Some((thing, _)), Some((same, _))) = (step.spare, other.spare) else { return false };
        thing == same && self.spare.contains(&(thing, 0))
    }

    /// What remains after `step`, which can come first, at that place.
    pub(crate) fn come_after(&mut self, step: &Label, place: Initial) {
        if let Initial::At(index) = place {
            self.labels.remove(index);
        } else if let Some((thing, _)) = step.spare
            && let Some((_, left)) = self.spare.iter_mut().find(|(of, _)| *of == thing)
        {
            // Once nothing of this sequence takes from the thing, others may give to it and take from it beside.
            *left = left.saturating_sub(1);
        }
    }
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
    for label in sequence.labels.into_iter().rev() {
        then = vec![Branch { label: label.clone(), then }];
    }
    tree.append(&mut then);
}

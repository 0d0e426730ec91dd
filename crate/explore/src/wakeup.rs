//! Wakeup trees: the sequences that are still to be run from one point of the current execution.
//!
//! Abdulla, Aronis, Jonsson, Sagonas: Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction, JACM
//! 64(4), 2017, sections 5 and 6. Branches are ordered. A sequence is inserted unless an earlier branch leads to it.

use crate::action::Label;

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

pub(crate) fn initial(step: &Label, sequence: &[&Label]) -> Initial {
    for (index, other) in sequence.iter().enumerate() {
        if other.action == step.action {
            return if other.is_same_as(step) { Initial::At(index) } else { Initial::No };
        }
        if other.depends_on(step) {
            return Initial::No;
        }
    }
    Initial::Beside
}

/// Inserts a sequence, unless some branch leads to it already.
pub(crate) fn insert(mut tree: &mut Vec<Branch>, mut sequence: Vec<&Label>) {
    loop {
        let found = tree.iter().map(|branch| initial(&branch.label, &sequence)).enumerate();
        let Some((nth, place)) = found.into_iter().find(|(_, place)| *place != Initial::No) else { break };
        if let Initial::At(index) = place {
            sequence.remove(index);
        }
        if tree[nth].then.is_empty() || sequence.is_empty() {
            return;
        }
        tree = &mut tree[nth].then;
    }
    let mut then = Vec::new();
    for label in sequence.into_iter().rev() {
        then = vec![Branch { label: label.clone(), then }];
    }
    tree.append(&mut then);
}

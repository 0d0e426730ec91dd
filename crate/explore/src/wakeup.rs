//! Wakeup trees: the sequences that are still to be run from one point of the current execution.
//!
//! Abdulla, Aronis, Jonsson, Sagonas: Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction, JACM
//! 64(4), 2017, sections 5 and 6. Branches are ordered. A sequence is inserted unless an earlier branch leads to it.
//!
//! A branch is no task of its own. What begins with it and an elder branch alike is left to the elder one; when that
//! one's executions show that this goes on differently, they insert it into the younger branch, which would not come to
//! it by itself: there the elder's step is asleep. So a branch can be searched only when all before it have been, and
//! not beside them on another core (`tests/yardstick.rs` has a program of six classes, of which five would be found).
//! What is searched beside each other are parts of another kind, see [`crate::part`].
//!
//! Such trees are kept where an operation may have to wait for what comes before it; for all others there is something
//! that takes less (see [`crate::ahead`]). Mostly there are few branches at a time. But where many steps commute with each
//! other and not with one more, there can be nearly as many as executions: with N who read-lock what one locks, half of
//! the 2^N sets of those who come first wait at the start while the other half is searched. So that memory has an end,
//! no more is remembered than [some](crate::foreseen).

use std::rc::Rc;

use crate::action::Label;
use crate::ahead::Ahead;
use crate::foreseen::Foreseen;
use crate::past::Past;
use crate::sequence::{Initial, Sequence};
use crate::steps::Steps;

/// A branch: steps one after the other, and what is to come after them. A leaf may be continued in any way.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    /// One at least, the next one last.
    steps: Vec<Rc<Label>>,
    then: Vec<Branch>,
    /// How it is put ahead of a step, where it is. Nothing branches off then.
    ahead: Option<Ahead>,
    /// Where it begins at a point of the current execution: the steps after that which depend on its first.
    dependent: Steps,
    /// How many of the execution's steps have been asked for that.
    asked: usize,
}

/// What is to come after the first step of a branch.
pub(crate) enum Then {
    /// This, and nothing else.
    On(Branch),
    Tree(Vec<Branch>),
}

impl Then {
    /// What branches off at its end.
    pub(crate) fn into_tree(self) -> Vec<Branch> {
        match self {
            Self::On(branch) => branch.then,
            Self::Tree(tree) => tree,
        }
    }
}

impl Branch {
    /// The first step.
    pub(crate) fn first(&self) -> &Label {
        self.steps.last().expect("a branch has a step")
    }

    /// What comes after the first step.
    pub(crate) fn after_first(mut self) -> Then {
        self.steps.pop();
        if let Some(Ahead { count, .. }) = &mut self.ahead {
            *count = count.saturating_sub(1);
        }
        (self.dependent, self.asked) = (Steps::default(), 0);
        if self.steps.is_empty() { Then::Tree(self.then) } else { Then::On(self) }
    }

    /// What is to come after all of it.
    pub(crate) fn into_then(self) -> Vec<Self> {
        self.then
    }

    pub(crate) fn ahead(&self) -> Option<Ahead> {
        self.ahead
    }

    /// How many steps it has before something branches off.
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    /// Its steps, in order.
    pub(crate) fn steps(&self) -> impl ExactSizeIterator<Item = &Rc<Label>> {
        self.steps.iter().rev()
    }

    /// Of steps in order.
    pub(crate) fn of(mut steps: Vec<Rc<Label>>, ahead: Option<Ahead>) -> Self {
        steps.reverse();
        Self { steps, then: Vec::new(), ahead, dependent: Steps::default(), asked: 0 }
    }

    /// Asks the steps of the execution whether they depend on its first; it begins at the point after `depth` of them.
    fn ask(&mut self, past: &Past, depth: usize) {
        for at in self.asked.max(depth)..past.len() {
            if self.first().depends_on(&past.steps()[at].label) {
                self.dependent.add(at);
            }
        }
        self.asked = past.len();
    }

    /// The execution has been shortened to so many steps.
    pub(crate) fn go_back(&mut self, len: usize) {
        self.dependent.keep_below(len);
        self.asked = self.asked.min(len);
    }

    /// Follows the sequence down from the first step, which it starts with, and lets it branch off where it has to.
    fn insert(&mut self, mut place: Initial, mut sequence: Sequence<'_>, foreseen: &mut Foreseen) {
        for at in (0..self.steps.len()).rev() {
            if place == Initial::No {
                if foreseen.takes_in(sequence.len()) {
                    let (steps, then) = (self.steps.drain(..=at).collect(), std::mem::take(&mut self.then));
                    let rest = Self { steps, then, ahead: None, dependent: Steps::default(), asked: 0 };
                    self.then = vec![rest, Self::of(sequence.steps(), None)];
                }
                return;
            }
            sequence.come_after(&self.steps[at], place);
            if sequence.is_empty() {
                return;
            }
            if at > 0 {
                place = sequence.starts_with(&self.steps[at - 1]);
            }
        }
        if self.then.is_empty() {
            return;
        }
        match found(self.then.iter().map(|branch| sequence.starts_with(branch.first()))) {
            Some((nth, place)) => self.then[nth].insert(place, sequence, foreseen),
            None if foreseen.takes_in(sequence.len()) => self.then.push(Self::of(sequence.steps(), None)),
            None => {}
        }
    }
}

/// Inserts a sequence at the point after `depth` steps of the current execution, unless some branch leads to it already,
/// or there is no room for it.
pub(crate) fn insert(tree: &mut Vec<Branch>, depth: usize, sequence: Sequence<'_>, foreseen: &mut Foreseen) {
    let known = |branch: &mut Branch| {
        branch.ask(sequence.past, depth);
        sequence.starts_with_known(branch.first(), &branch.dependent)
    };
    match found(tree.iter_mut().map(known)) {
        Some((nth, place)) => tree[nth].insert(place, sequence, foreseen),
        None if foreseen.takes_in(sequence.len()) => tree.push(Branch::of(sequence.steps(), None)),
        None => {}
    }
}

/// The first branch that leads on.
fn found(places: impl Iterator<Item = Initial>) -> Option<(usize, Initial)> {
    places.enumerate().find(|(_, place)| *place != Initial::No)
}

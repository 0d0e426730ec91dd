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
//! Such trees are kept where an operation may have to wait for what comes before it, and after time has passed; for all
//! others there is something that takes less (see [`crate::ahead`]). Mostly there are few branches at a time. But where
//! many steps commute with each other and not with one more, there can be nearly as many as executions: with N who
//! read-lock what one locks, half of the 2^N sets of those who come first wait at the start while the other half is
//! searched. They are much alike, and what is alike [is kept once](crate::alike): so a tree is shared, and what changes in
//! it is copied first.

use std::rc::Rc;

use smallvec::SmallVec;

use crate::action::Label;
use crate::ahead::Ahead;
use crate::foreseen::Foreseen;
use crate::past::Past;
use crate::sequence::{Initial, Sequence};
use crate::steps::Steps;

/// Steps one after the other, and what branches off at their end. A leaf may be continued in any way.
#[derive(Clone, Debug)]
pub(crate) struct Twig {
    /// One at least, the next one last.
    pub(crate) steps: Vec<Rc<Label>>,
    pub(crate) then: Vec<Rc<Twig>>,
}

impl Twig {
    /// A leaf, of steps in order.
    fn leaf(mut steps: Vec<Rc<Label>>) -> Self {
        steps.reverse();
        Self { steps, then: Vec::new() }
    }

    /// The first step.
    fn first(&self) -> &Label {
        self.steps.last().expect("there is a step")
    }

    /// What it takes, without what comes after it: steps, and those that branch off.
    pub(crate) fn size(&self) -> usize {
        self.steps.len() + self.then.len()
    }

    /// Takes the sequence past the steps, the first of which it starts with: how many are left where it goes on
    /// differently. `None` where it comes to its end first.
    fn follow(&self, sequence: &mut Sequence<'_>, mut place: Initial) -> Option<usize> {
        for at in (0..self.steps.len()).rev() {
            if place == Initial::No {
                return Some(at + 1);
            }
            sequence.come_after(&self.steps[at], place);
            if sequence.is_empty() {
                return None;
            }
            if at > 0 {
                place = sequence.starts_with(&self.steps[at - 1]);
            }
        }
        Some(0)
    }

    /// Follows the sequence down from the first step, which it starts with, and lets it branch off where it has to.
    fn insert(&mut self, mut place: Initial, mut sequence: Sequence<'_>, foreseen: &mut Foreseen) {
        let (mut path, mut end) = (SmallVec::<[usize; 8]>::new(), &*self);
        let left = loop {
            let Some(left) = end.follow(&mut sequence, place) else { return };
            let is_leaf = left == 0 && end.then.is_empty();
            if is_leaf {
                return;
            }
            let next = end.then.iter().map(|twig| sequence.starts_with(twig.first()));
            match found(next).filter(|_| left == 0) {
                Some((nth, at)) => {
                    path.push(nth);
                    (place, end) = (at, &end.then[nth]);
                }
                None => break left,
            }
        };
        if !foreseen.takes_in(sequence.len()) {
            return;
        }
        let mut end = self;
        for nth in path {
            end = foreseen.own(&mut end.then[nth]);
        }
        if left > 0 {
            let (steps, then) = (end.steps.drain(..left).collect(), std::mem::take(&mut end.then));
            end.then.push(Rc::new(Self { steps, then }));
        }
        end.then.push(Rc::new(Self::leaf(sequence.steps())));
    }
}

/// A branch at a point of the current execution, or what is left of the one that is being searched.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub(crate) twig: Twig,
    /// How it is put ahead of a step, where it is. Nothing branches off then.
    ahead: Option<Ahead>,
    /// The steps after the point that depend on its first.
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

impl Branch {
    fn new(twig: Twig, ahead: Option<Ahead>) -> Self {
        Self { twig, ahead, dependent: Steps::default(), asked: 0 }
    }

    /// Of steps in order.
    pub(crate) fn of(steps: Vec<Rc<Label>>, ahead: Option<Ahead>) -> Self {
        Self::new(Twig::leaf(steps), ahead)
    }

    /// The first step.
    pub(crate) fn first(&self) -> &Label {
        self.twig.first()
    }

    /// What comes after the first step.
    pub(crate) fn after_first(self) -> Then {
        let Self { mut twig, mut ahead, .. } = self;
        twig.steps.pop();
        if twig.steps.is_empty() {
            let then = twig.then.into_iter();
            return Then::Tree(then.map(|twig| Self::new(Rc::unwrap_or_clone(twig), None)).collect());
        }
        if let Some(Ahead { count, .. }) = &mut ahead {
            *count = count.saturating_sub(1);
        }
        Then::On(Self::new(twig, ahead))
    }

    pub(crate) fn ahead(&self) -> Option<Ahead> {
        self.ahead
    }

    /// Its steps before something branches off, in order.
    pub(crate) fn steps(&self) -> impl ExactSizeIterator<Item = &Rc<Label>> {
        self.twig.steps.iter().rev()
    }

    /// Asks the steps of the execution whether they depend on its first; it begins at the point after `depth` of them.
    fn ask(&mut self, past: &Past, depth: usize) {
        for at in self.asked.max(depth)..past.len() {
            if self.twig.first().depends_on(&past.steps()[at].label) {
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
}

/// Inserts a sequence at the point after `depth` steps of the current execution, unless some branch leads to it already,
/// or there is no room for it.
pub(crate) fn insert(tree: &mut Vec<Branch>, depth: usize, sequence: Sequence<'_>, foreseen: &mut Foreseen) {
    let known = |branch: &mut Branch| {
        branch.ask(sequence.past, depth);
        sequence.starts_with_known(branch.first(), &branch.dependent)
    };
    match found(tree.iter_mut().map(known)) {
        Some((nth, place)) => tree[nth].twig.insert(place, sequence, foreseen),
        None if foreseen.takes_in(sequence.len()) => tree.push(Branch::of(sequence.steps(), None)),
        None => {}
    }
}

/// The branch that is to be searched now: the first, or of those [put ahead](crate::ahead) the last.
pub(crate) fn next_of(tree: &mut Vec<Branch>) -> Branch {
    let nth = if tree[0].ahead().is_some() { tree.len() - 1 } else { 0 };
    tree.remove(nth)
}

/// The first branch that leads on.
fn found(places: impl Iterator<Item = Initial>) -> Option<(usize, Initial)> {
    places.enumerate().find(|(_, place)| *place != Initial::No)
}

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
//! Mostly there are few branches at a time. But where many steps commute with each other and not with one more, there can
//! be nearly as many as executions: with N readers of what one writes, half of the 2^N sets of those who come first wait
//! at the start while the other half is searched. So that memory has an end, no more is remembered than
//! [`MOST_FORESEEN`] steps.

use std::rc::Rc;

use smallvec::SmallVec;

use crate::action::Label;
use crate::names::Thing;
use crate::past::{Past, Step};
use crate::steps::Steps;

/// Steps of branches that a search remembers, at most: some 90 MB where each branch has one of its own. Where that is not
/// enough the report says that it is not complete.
const MOST_FORESEEN: usize = 1 << 20;

/// How much is remembered.
#[derive(Debug)]
pub(crate) struct Foreseen {
    /// Steps of all branches.
    steps: usize,
    /// As many as there may be.
    pub(crate) most: usize,
    /// That was not enough for some branch.
    pub(crate) too_many: bool,
}

impl Default for Foreseen {
    fn default() -> Self {
        Self { steps: 0, most: MOST_FORESEEN, too_many: false }
    }
}

impl Foreseen {
    /// Whether so many steps more are remembered; notes where not.
    fn takes_in(&mut self, steps: usize) -> bool {
        let enough = self.steps + steps <= self.most;
        self.steps += if enough { steps } else { 0 };
        self.too_many |= !enough;
        enough
    }

    pub(crate) fn is_nothing(&self) -> bool {
        self.steps == 0
    }

    /// The first branch, which is to be searched now.
    pub(crate) fn next_of(&mut self, tree: &mut Vec<Branch>) -> Branch {
        let branch = tree.remove(0);
        self.steps -= branch.steps.len();
        branch
    }

    /// These are searched no more.
    pub(crate) fn forget(&mut self, tree: &mut Vec<Branch>) {
        while !tree.is_empty() {
            let mut branch = self.next_of(tree);
            self.forget(&mut branch.then);
        }
    }
}

/// A branch: steps one after the other, and what is to come after them. A leaf may be continued in any way.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    /// One at least, the next one last.
    steps: Vec<Rc<Label>>,
    then: Vec<Branch>,
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
        (self.dependent, self.asked) = (Steps::default(), 0);
        if self.steps.is_empty() { Then::Tree(self.then) } else { Then::On(self) }
    }

    fn begin_with(steps: Vec<Rc<Label>>, then: Vec<Branch>) -> Self {
        Self { steps, then, dependent: Steps::default(), asked: 0 }
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
                    let rest = Self::begin_with(self.steps.drain(..=at).collect(), std::mem::take(&mut self.then));
                    self.then = vec![rest, sequence.branch()];
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
            None if foreseen.takes_in(sequence.len()) => self.then.push(sequence.branch()),
            None => {}
        }
    }
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
    past: &'a Past,
    left: Steps,
    last: Option<Last<'a>>,
    /// By what it takes from: how many others could take from there first.
    spare: SmallVec<[(Thing, u32); 1]>,
}

/// The label of the step that comes last.
#[derive(Clone, Copy)]
pub(crate) enum Last<'a> {
    /// It is that of one of the current execution's steps.
    Taken(&'a Rc<Label>),
    /// It was found, and is shared once a branch ends with it.
    Found(&'a Label),
}

impl<'a> Last<'a> {
    fn label(self) -> &'a Label {
        match self {
            Self::Taken(label) => label,
            Self::Found(label) => label,
        }
    }

    fn shared(self) -> Rc<Label> {
        match self {
            Self::Taken(label) => Rc::clone(label),
            Self::Found(label) => Rc::new(label.clone()),
        }
    }
}

impl<'a> Sequence<'a> {
    /// What is left of the current execution from step `first` on without the fallen ones, and then `last`.
    pub(crate) fn without(past: &'a Past, fallen: &Steps, first: usize, last: Last<'a>) -> Self {
        let mut left = Steps::between(first, past.len());
        left.remove(fallen);
        let mut sequence = Self { past, left, last: Some(last), spare: SmallVec::new() };
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

    fn len(&self) -> usize {
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

    /// It has some step.
    fn branch(&self) -> Branch {
        let mut steps = Vec::with_capacity(self.len());
        steps.extend(self.left.iter().map(|step| Rc::clone(&self.past.steps()[step].label)));
        steps.extend(self.last.map(Last::shared));
        steps.reverse();
        Branch::begin_with(steps, Vec::new())
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

/// Inserts a sequence at the point after `depth` steps of the current execution, unless some branch leads to it already,
/// or there is no room for it.
pub(crate) fn insert(tree: &mut Vec<Branch>, depth: usize, sequence: Sequence<'_>, foreseen: &mut Foreseen) {
    let known = |branch: &mut Branch| {
        branch.ask(sequence.past, depth);
        sequence.starts_with_known(branch.first(), &branch.dependent)
    };
    match found(tree.iter_mut().map(known)) {
        Some((nth, place)) => tree[nth].insert(place, sequence, foreseen),
        None if foreseen.takes_in(sequence.len()) => tree.push(sequence.branch()),
        None => {}
    }
}

/// The first branch that leads on.
fn found(places: impl Iterator<Item = Initial>) -> Option<(usize, Initial)> {
    places.enumerate().find(|(_, place)| *place != Initial::No)
}

//! Keeps a search to its [part](crate::part): the second step of a cut is held back until the first has been taken.
//!
//! That is as if the program had one edge more, which no schedule can reverse. The search of such a program runs exactly
//! one execution of each of its classes. Every class of the part is among them, since its first execution is one that the
//! guard lets pass. What is not of the part are executions that end where somebody is held back for ever, and those of
//! which another part has the first. Both are begun in vain, and counted.

use smallvec::SmallVec;

use crate::action::Action;
use crate::names::{Names, Who};
use crate::part::{Cut, Part, Turn};
use crate::past::Past;
use crate::steps::Steps;

/// The cuts of a part, in one run. Empty for the whole.
#[derive(Clone, Default)]
pub(crate) struct Guard {
    cuts: Vec<Named>,
    /// Some goroutine that they name has no name here yet.
    unnamed: bool,
    /// By goroutine, how many steps it has taken; kept where there are cuts.
    turns: Vec<usize>,
}

#[derive(Clone)]
struct Named {
    cut: Cut,
    first: Option<Who>,
    second: Option<Who>,
}

impl Named {
    /// Whose `nth` step the second of the pair is, where it is one of this goroutine's.
    fn is_second(&self, who: Who, nth: usize) -> bool {
        self.second == Some(who) && self.cut.second.nth == nth
    }
}

impl Guard {
    pub(crate) fn of(part: &Part) -> Self {
        let named = |cut: &Cut| Named { cut: cut.clone(), first: None, second: None };
        let cuts: Vec<Named> = part.cuts.iter().map(named).collect();
        Self { unnamed: !cuts.is_empty(), cuts, turns: Vec::new() }
    }

    /// Whether nobody is held back, ever.
    pub(crate) fn is_idle(&self) -> bool {
        self.cuts.is_empty()
    }

    /// Some goroutines have got names.
    pub(crate) fn learn(&mut self, names: &Names) {
        if !self.unnamed {
            return;
        }
        for Named { cut, first, second } in &mut self.cuts {
            *first = first.or_else(|| names.who(&cut.first.who));
            *second = second.or_else(|| names.who(&cut.second.who));
        }
        self.unnamed = self.cuts.iter().any(|named| named.first.is_none() || named.second.is_none());
    }

    /// The run is begun again.
    pub(crate) fn begin(&mut self) {
        self.turns.clear();
    }

    /// A step is taken.
    pub(crate) fn pass(&mut self, action: &Action) {
        if self.is_idle() {
            return;
        }
        for who in participants(action) {
            let who = who as usize;
            if self.turns.len() <= who {
                self.turns.resize(who + 1, 0);
            }
            self.turns[who] += 1;
        }
    }

    fn taken(&self, who: Who) -> usize {
        self.turns.get(who as usize).copied().unwrap_or(0)
    }

    /// Whether the step cannot be taken now, because another one has to come before it.
    pub(crate) fn holds_back(&self, action: &Action) -> bool {
        let waits = |named: &Named, who| {
            named.is_second(who, self.taken(who))
                && named.first.is_none_or(|first| self.taken(first) <= named.cut.first.nth)
        };
        participants(action).any(|who| self.cuts.iter().any(|named| waits(named, who)))
    }

    /// The same at the end of what is left of an execution without the fallen steps, for the next operation of a goroutine.
    pub(crate) fn holds_back_without(&self, past: &Past, fallen: &Steps, who: Who) -> bool {
        if self.is_idle() {
            return false;
        }
        let steps = past.steps_of(who);
        let nth = steps.iter().position(|&step| fallen.has(step)).unwrap_or(steps.len());
        let is_there = |named: &Named| taken(past, named.first, &named.cut.first).is_some_and(|step| !fallen.has(step));
        self.cuts.iter().any(|named| named.is_second(who, nth) && !is_there(named))
    }

    /// The steps that the next one, which is this, had to wait for because of a cut.
    pub(crate) fn waited_for(&self, past: &Past, action: &Action) -> SmallVec<[usize; 2]> {
        let waits = |named: &&Named| participants(action).any(|who| named.is_second(who, past.steps_of(who).len()));
        self.cuts.iter().filter(waits).filter_map(|named| taken(past, named.first, &named.cut.first)).collect()
    }

    /// Whether an execution that has ended by itself belongs to the part. It is one that was not held back, so only pairs
    /// whose order nobody could tell are asked for in the first of all equivalent ones.
    pub(crate) fn owns(&self, past: &Past, names: &Names) -> bool {
        let mut first_order = None;
        self.cuts.iter().all(|Named { cut, first, second }| {
            match (taken(past, *first, &cut.first), taken(past, *second, &cut.second)) {
                (None, _) => cut.rest,
                (Some(_), None) => true,
                (Some(first), Some(second)) if past.steps()[second].without_guard.has(first) => true,
                (Some(first), Some(second)) => {
                    let order = first_order.get_or_insert_with(|| first_of_equivalent(past, names));
                    order[first] < order[second]
                }
            }
        })
    }
}

/// The place of each step in that order of the execution's steps in which, of those that could come next, it is always
/// one of the goroutine with the first path. It is the same for equivalent executions, in every search.
fn first_of_equivalent(past: &Past, names: &Names) -> Vec<usize> {
    let steps = past.steps();
    let path = |step: usize| participants(&steps[step].label.action).map(|who| names.path(who)).min();
    let mut left: Vec<usize> = (0..steps.len()).collect();
    left.sort_by_key(|&step| path(step));
    let (mut taken, mut order) = (Steps::default(), vec![0; steps.len()]);
    for place in 0..steps.len() {
        let free = |&step: &usize| steps[step].without_guard.iter().all(|before| taken.has(before));
        let next = left.iter().position(free).expect("no circle among steps");
        let step = left.remove(next);
        order[step] = place;
        taken.add(step);
    }
    order
}

fn participants(action: &Action) -> impl Iterator<Item = Who> + use<> {
    [Some(action.who), action.partner()].into_iter().flatten()
}

/// The step that is that turn, where it was taken.
fn taken(past: &Past, who: Option<Who>, turn: &Turn) -> Option<usize> {
    past.steps_of(who?).get(turn.nth).copied()
}

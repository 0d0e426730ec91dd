//! The current execution: its steps, and which of them had to come before which.

use std::collections::BTreeMap;

use chanscope_kernel::Access;
use smallvec::SmallVec;

use crate::action::{Action, Asked, Label};
use crate::conductor::Noted;
use crate::names::{Place, Who};

/// A set of steps of one execution.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Steps(SmallVec<[u64; 2]>);

impl Steps {
    pub(crate) fn has(&self, step: usize) -> bool {
        self.0.get(step / 64).is_some_and(|word| word >> (step % 64) & 1 == 1)
    }

    pub(crate) fn add(&mut self, step: usize) {
        if self.0.len() <= step / 64 {
            self.0.resize(step / 64 + 1, 0);
        }
        self.0[step / 64] |= 1 << (step % 64);
    }

    pub(crate) fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(mine, theirs)| mine & theirs != 0)
    }

    /// Takes out all of `other`.
    fn remove(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= !theirs;
        }
    }

    /// Adds all steps before `end`.
    fn add_below(&mut self, end: usize) {
        (0..end).for_each(|step| self.add(step));
    }

    /// In ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(nth, &word)| {
            let some = |word: u64| Some(word).filter(|&word| word != 0);
            std::iter::successors(some(word), move |word| some(word & (word - 1)))
                .map(move |word| nth * 64 + word.trailing_zeros() as usize)
        })
    }
}

/// One step of the current execution.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) label: Label,
    pub(crate) asked: SmallVec<[Asked; 2]>,
    pub(crate) time_passed: bool,
    /// The first step since time has passed last.
    epoch: usize,
    /// All steps that have to come before it.
    pub(crate) before: Steps,
    /// Those of them that have to come before no other of them.
    pub(crate) just_before: Steps,
    born: SmallVec<[Who; 2]>,
}

/// The current execution. Shortened from the end and lengthened again: what executions share is kept.
#[derive(Default)]
pub(crate) struct Past {
    steps: Vec<Step>,
    /// By goroutine: the steps that it took part in.
    of: Vec<Vec<usize>>,
    /// By goroutine: the step that started it.
    birth: Vec<Option<usize>>,
    /// By place: who touched it how.
    touched: BTreeMap<Place, Vec<(usize, Access)>>,
}

impl Past {
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What was done, in order.
    pub(crate) fn actions(&self) -> impl Iterator<Item = Action> + '_ {
        self.steps.iter().map(|step| step.label.action)
    }

    /// The steps that a goroutine took part in; empty for one that is not known.
    pub(crate) fn steps_of(&self, who: Who) -> &[usize] {
        self.of.get(who as usize).map_or(&[], |steps| steps)
    }

    /// The step after which the goroutine submitted its `nth` operation; `None` when it did so from the start.
    pub(crate) fn submitted_after(&self, who: Who, nth: usize) -> Option<usize> {
        match nth.checked_sub(1) {
            Some(last) => Some(self.of[who as usize][last]),
            None => self.birth.get(who as usize).copied().flatten(),
        }
    }

    pub(crate) fn push(&mut self, noted: Noted) {
        let at = self.steps.len();
        let Noted { label, asked, born, time_passed } = noted;
        let mut before = Steps::default();
        let mut follow = |steps: &[Step], step: usize| {
            if !before.has(step) {
                before.join(&steps[step].before);
                before.add(step);
            }
        };
        for who in [Some(label.action.who), label.action.partner()].into_iter().flatten() {
            let who = who as usize;
            if self.of.len() <= who {
                self.of.resize(who + 1, Vec::new());
            }
            let last = self.of[who].last().copied().or_else(|| self.birth.get(who).copied().flatten());
            last.into_iter().for_each(|last| follow(&self.steps, last));
            self.of[who].push(at);
        }
        for mark in &label.marks {
            let touched = self.touched.entry(mark.place).or_default();
            let awaits = mark.access == Access::Await;
            for &(step, access) in touched.iter().rev() {
                if step < at && (mark.access.conflicts(access) || (awaits && access == Access::Enable)) {
                    follow(&self.steps, step);
                }
            }
            touched.push((at, mark.access));
        }
        // Time moves when nothing else can, and then for all.
        let epoch = if time_passed { at } else { self.steps.last().map_or(0, |last| last.epoch) };
        before.add_below(if label.kills { at } else { epoch });
        let mut just_before = before.clone();
        for step in before.iter() {
            just_before.remove(&self.steps[step].before);
        }
        for &who in &born {
            let who = who as usize;
            if self.birth.len() <= who {
                self.birth.resize(who + 1, None);
            }
            self.birth[who] = Some(at);
        }
        self.steps.push(Step { label, asked, time_passed, epoch, before, just_before, born });
    }

    /// Forgets all steps but the first `len`.
    pub(crate) fn shorten(&mut self, len: usize) {
        while self.steps.len() > len {
            let Step { label, born, .. } = self.steps.pop().expect("just compared");
            for who in [Some(label.action.who), label.action.partner()].into_iter().flatten() {
                self.of[who as usize].pop();
            }
            for mark in &label.marks {
                self.touched.get_mut(&mark.place).expect("it was touched").pop();
            }
            born.into_iter().for_each(|who| self.birth[who as usize] = None);
        }
    }

    /// Whether `step` is one of `removed` or had to come after one of them.
    pub(crate) fn falls_with(&self, step: usize, removed: &Steps) -> bool {
        removed.has(step) || self.steps[step].before.meets(removed)
    }

    /// What is left without these steps and whatever had to come after them.
    pub(crate) fn without(&self, removed: &Steps) -> Vec<usize> {
        (0..self.steps.len()).filter(|&step| !self.falls_with(step, removed)).collect()
    }
}

//! Sleep sets: what need not be tried from a point of the current execution, since all that begins with it has been,
//! or will be, elsewhere.
//!
//! Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, LNCS 1032, 1996, chapter 5. A step falls
//! asleep where it has been searched, and stays asleep along the execution until one is taken that depends on it. So
//! that it need not be copied from point to point it is kept once, with where that begins and ends.

use std::rc::Rc;

use crate::action::Label;
use crate::steps::Steps;

/// A step that has been searched from some point of the current execution.
pub(crate) struct Sleeper {
    pub(crate) label: Rc<Label>,
    /// After so many steps it fell asleep.
    pub(crate) since: usize,
    /// The step that woke it.
    woken: Option<usize>,
    /// The steps since then that depend on it.
    pub(crate) dependent: Steps,
}

/// All of the current execution.
#[derive(Default)]
pub(crate) struct Sleepers(Vec<Sleeper>);

impl Sleepers {
    /// What has been searched from the point after `since` steps sleeps from there on.
    pub(crate) fn add(&mut self, label: Rc<Label>, since: usize) {
        self.0.push(Sleeper { label, since, woken: None, dependent: Steps::default() });
    }

    /// A step was added to the execution.
    pub(crate) fn pass(&mut self, step: usize, label: &Label) {
        for sleeper in &mut self.0 {
            let depends = sleeper.label.depends_on(label);
            if depends {
                sleeper.dependent.add(step);
            }
            if sleeper.woken.is_none() && (depends || !label.spares(&sleeper.label)) {
                sleeper.woken = Some(step);
            }
        }
    }

    /// The execution has been shortened to so many steps.
    pub(crate) fn go_back(&mut self, len: usize) {
        self.0.retain(|sleeper| sleeper.since <= len);
        for sleeper in &mut self.0 {
            sleeper.dependent.keep_below(len);
            sleeper.woken = sleeper.woken.filter(|&step| step < len);
        }
    }

    /// Takes away what fell asleep later than after so many steps.
    pub(crate) fn take_later_than(&mut self, depth: usize) -> Vec<Sleeper> {
        self.0.extract_if(.., |sleeper| sleeper.since > depth).collect()
    }

    /// Brings such sleepers back, where the steps since are the same again.
    pub(crate) fn extend(&mut self, sleepers: Vec<Sleeper>) {
        self.0.extend(sleepers);
    }

    /// What sleeps after so many steps.
    pub(crate) fn at(&self, depth: usize) -> impl Iterator<Item = &Sleeper> {
        self.0.iter().filter(move |sleeper| sleeper.since <= depth && sleeper.woken.is_none_or(|step| step >= depth))
    }

    /// What fell asleep later than after so many steps; also what was woken since.
    pub(crate) fn later_than(&self, depth: usize) -> impl Iterator<Item = &Sleeper> {
        self.0.iter().filter(move |sleeper| sleeper.since > depth)
    }
}

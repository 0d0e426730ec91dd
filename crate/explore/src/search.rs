//! The search: exactly one execution of each class of equivalent ones, and none begun in vain.
//!
//! Optimal dynamic partial order reduction with wakeup trees (see [`crate::wakeup`]): run to the end, look for what
//! could have been done instead at each point (see [`crate::reversal`]), run that next. Memory is that of the current
//! execution and of what is still to be tried along it; it does not grow with the executions.

use chanscope_kernel::{Outcome, Run};

use crate::action::{Action, Asked, Label};
use crate::conductor::{Conductor, MAX_CHOICES};
use crate::matters::Matters;
use crate::names::Names;
use crate::past::Past;
use crate::wakeup::{Branch, Initial, initial, insert};

/// A point of the current execution, after so many steps.
#[derive(Debug, Default)]
struct Point {
    /// What need not be tried from here: all that begins with it has been, or will be, elsewhere.
    asleep: Vec<Label>,
    /// What is still to be tried from here.
    tree: Vec<Branch>,
    /// Branches that have been searched from here.
    done: u32,
}

/// A depth-first search through the classes of a program's executions.
pub(crate) struct Search<'a> {
    pub(crate) start: Box<dyn Fn() -> Run + 'a>,
    pub(crate) names: Names,
    pub(crate) past: Past,
    /// One more than there are steps.
    points: Vec<Point>,
    /// Operations that the last execution ended without.
    pub(crate) pending: Vec<Asked>,
    begun: bool,
    /// Executions that could not go on without repeating another: there should be none.
    pub(crate) blocked: u64,
    /// Prefixes that were run again only to see what could be done there.
    pub(crate) looked: u64,
    /// As many of them as the execution at hand may come to.
    pub(crate) looks_end: u64,
    /// That was not enough for some execution.
    pub(crate) too_many_looks: bool,
    /// Some moment had more possibilities than are tried.
    pub(crate) too_many_choices: bool,
    pub(crate) most_steps: usize,
    pub(crate) matters: Matters,
    /// Some execution was longer than that.
    pub(crate) too_long: bool,
}

impl<'a> Search<'a> {
    pub(crate) fn new(start: Box<dyn Fn() -> Run + 'a>, most_steps: usize, matters: Matters) -> Self {
        Self {
            start,
            names: Names::default(),
            past: Past::default(),
            points: vec![Point::default()],
            pending: Vec::new(),
            begun: false,
            blocked: 0,
            looked: 0,
            looks_end: 0,
            too_many_looks: false,
            too_many_choices: false,
            most_steps,
            matters,
            too_long: false,
        }
    }

    /// Runs the next execution to its end. `None` when all classes have had theirs; `Some(None)` when it was left at the
    /// bound on steps.
    pub(crate) fn next(&mut self) -> Option<Option<Outcome>> {
        let mut branch = None;
        if self.begun {
            while self.points.last()?.tree.is_empty() {
                self.points.pop();
            }
            let depth = self.points.len() - 1;
            let done = self.past.steps()[depth].label.clone();
            self.past.shorten(depth);
            let point = self.points.last_mut().expect("just looked at");
            point.asleep.push(done);
            point.done += 1;
            branch = Some(point.tree.remove(0));
        }
        self.begun = true;
        let mut conductor = self.conductor();
        for step in self.past.steps() {
            conductor.repeat(&step.label.action, step.time_passed, &mut self.names);
        }
        let mut wanted = branch;
        loop {
            let point = self.points.last_mut().expect("there is the start");
            if wanted.is_none() && !point.tree.is_empty() {
                wanted = Some(point.tree.remove(0));
            }
            let (action, then) = match wanted.take() {
                Some(Branch { label, then }) => (label.action, then),
                None => match self.freely_chosen(&mut conductor) {
                    Some(action) => (action, Vec::new()),
                    None => break,
                },
            };
            if self.past.len() == self.most_steps {
                self.too_long = true;
                break;
            }
            let noted = conductor.take(&action, &mut self.names);
            let label = &noted.label;
            let asleep = &self.points.last().expect("there is the start").asleep;
            let asleep = asleep.iter().filter(|other| !other.depends_on(label)).cloned().collect();
            self.points.push(Point { asleep, tree: then, done: 0 });
            self.past.push(noted);
        }
        if !conductor.is_over() {
            // What was left at the bound says nothing about what else could have happened.
            return Some(None);
        }
        self.pending.clear();
        self.pending.extend(conductor.names().iter().filter_map(|&who| conductor.pending(who)));
        self.look_for_more();
        Some(Some(conductor.finish()))
    }

    /// How much of the tree of choices is behind, the current execution included, if each branch weighs the same.
    #[expect(clippy::cast_precision_loss, reason = "it is a guess")]
    pub(crate) fn fraction(&self) -> f64 {
        let (mut share, mut behind) = (1.0, 0.0);
        for point in &self.points {
            let branches = f64::from(point.done) + 1.0 + point.tree.len() as f64;
            behind += share * f64::from(point.done) / branches;
            share /= branches;
        }
        if self.points.is_empty() { 1.0 } else { behind + share }
    }

    pub(crate) fn conductor(&mut self) -> Conductor {
        Conductor::new((self.start)(), self.matters, &mut self.names)
    }

    /// Anything that does not repeat another execution: whoever moved last goes on, where he can. `None` at the end.
    fn freely_chosen(&mut self, conductor: &mut Conductor) -> Option<Action> {
        let count = conductor.possible().0.len();
        self.too_many_choices |= count >= MAX_CHOICES;
        let last = self.past.steps().last().map(|step| step.label.action);
        let asleep = &self.points.last().expect("there is the start").asleep;
        let mut chosen = None;
        for nth in 0..count {
            let action = conductor.listed(nth);
            if asleep.iter().any(|label| label.action == action) {
                continue;
            }
            if last.is_some_and(|last| action.involves(last.who)) {
                return Some(action);
            }
            chosen = chosen.or(Some(action));
        }
        self.blocked += u64::from(count > 0 && chosen.is_none());
        chosen
    }

    /// Takes up a sequence of steps that could be taken from `depth` on, unless it has been or will be.
    pub(crate) fn schedule(&mut self, mut depth: usize, mut sequence: Vec<Label>) {
        loop {
            let point = &mut self.points[depth];
            if point.asleep.iter().any(|label| initial(label, &sequence) != Initial::No) {
                return;
            }
            let Some(current) = self.past.steps().get(depth) else { return };
            match initial(&current.label, &sequence) {
                Initial::No => return insert(&mut point.tree, sequence),
                // The branch that is being searched leads there.
                Initial::Beside => {}
                Initial::At(index) => drop(sequence.remove(index)),
            }
            if sequence.is_empty() {
                return;
            }
            depth += 1;
        }
    }
}

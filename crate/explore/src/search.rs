//! The search: exactly one execution of each class of equivalent ones, and none begun in vain.
//!
//! Optimal dynamic partial order reduction: run to the end, look for what could have been done instead at each point (see
//! [`crate::reversal`]), run that next. What is found is put [ahead](crate::ahead) of the step that was chosen there,
//! where that one always goes through, and into a [wakeup tree](crate::wakeup) where it may have to wait. Memory is that of
//! the current execution, of what is put [aside](crate::aside), and of what is still to be tried along them, which is mostly
//! little, and never more than [some](crate::foreseen); of an execution that has been searched nothing is kept.

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chanscope_kernel::{ObjectId, Room, Start, runtime_kind};
use smallvec::SmallVec;

use crate::action::{Action, Asked};
use crate::ahead::Choice;
use crate::aside::Aside;
use crate::conductor::{Conductor, MAX_CHOICES, Named};
use crate::foreseen::Foreseen;
use crate::guard::Guard;
use crate::matters::Matters;
use crate::names::{Names, StepOf, Who};
use crate::part::Part;
use crate::past::Past;
use crate::rest::Rest;
use crate::sleep::Sleepers;
use crate::steps::Steps;
use crate::wakeup::{Branch, Then, next_of};

/// A point of the current execution, after so many steps.
#[derive(Debug, Default)]
pub(crate) struct Point {
    /// How the step from here has come about.
    pub(crate) choice: Choice,
    /// What is still to be tried from here.
    pub(crate) tree: Vec<Branch>,
    /// Branches that have been searched from here.
    pub(crate) done: u32,
    /// Where the execution that it was a point of is put [aside](crate::aside): how many other branches wait there.
    waiting: Option<usize>,
    /// The steps that come last in what was put ahead of the one from here, in the order in which they were found.
    pub(crate) found: SmallVec<[StepOf; 2]>,
    /// Where the step from here comes right after a sequence that was put ahead of it: the point at which that begins.
    pub(crate) after: Option<usize>,
    /// Of whom all that he could draw here is in the tree, or has been searched.
    pub(crate) drawn: Option<Who>,
}

impl Point {
    /// Which of its branches can be searched before what comes after the point has been.
    pub(crate) fn can_be_searched_at_once(&self) -> Option<usize> {
        self.tree.iter().rposition(|branch| branch.ahead().is_some_and(|ahead| ahead.once))
    }

    /// Splits a branch off, to a point of its own.
    pub(crate) fn with_branch(&mut self, nth: usize) -> Self {
        let branch = self.tree.remove(nth);
        let Self { choice, ref tree, done, ref found, after, drawn, .. } = *self;
        let waiting = Some(tree.len());
        Self { choice, tree: vec![branch], done, waiting, found: found.clone(), after, drawn }
    }

    /// Which part of all branches that are known from here is behind, and which is each.
    #[expect(clippy::cast_precision_loss, reason = "it is a guess")]
    fn fractions(&self) -> (f64, f64) {
        let all = self.done as usize + 1 + self.tree.len() + self.waiting.unwrap_or(0);
        // What was left for the one at hand is not behind.
        let behind = self.done - u32::from(self.waiting.is_some());
        (f64::from(behind) / all as f64, 1.0 / all as f64)
    }
}

/// Where a step comes from.
#[derive(Clone, Copy)]
enum Origin {
    /// It was chosen freely.
    Chosen,
    /// From a wakeup tree.
    Tree,
    /// From a sequence that was put ahead of a step; of the sequence so many steps are left, with this one. None are where
    /// it is that step.
    Sequence { left: usize },
}

/// A depth-first search through the classes of a program's executions.
pub(crate) struct Search<'a> {
    pub(crate) start: Box<dyn Start + 'a>,
    pub(crate) names: Names,
    pub(crate) past: Past,
    /// One more than there are steps.
    pub(crate) points: Vec<Point>,
    /// How much is still to be tried from all of them.
    pub(crate) foreseen: Foreseen,
    pub(crate) sleepers: Sleepers,
    /// What is to be taken up again, the last one first.
    pub(crate) aside: Vec<Aside>,
    /// Of the step taken last; kept for its memory.
    named: Named,
    /// Operations that the last execution ended without.
    pub(crate) pending: Vec<Asked>,
    /// What keeps it to a part.
    guard: Guard,
    /// The last execution's run.
    pub(crate) conductor: Option<Conductor>,
    begun: bool,
    /// Executions that could not go on without repeating another: there should be none.
    pub(crate) blocked: u64,
    /// Prefixes that were run again only to see what could be done there.
    pub(crate) looked: u64,
    /// Steps of all of them.
    pub(crate) run_again: u64,
    /// As many of them as the execution at hand may come to.
    pub(crate) run_again_end: u64,
    /// What was left out, to see what could be done without.
    pub(crate) looks: u64,
    /// As many of them as the execution at hand may come to.
    pub(crate) looks_end: u64,
    /// That was not enough for some execution.
    pub(crate) too_many_looks: bool,
    /// Once it is set nothing more is looked at.
    pub(crate) leave_off: Arc<AtomicBool>,
    /// That kept it from a look.
    pub(crate) has_left_off: bool,
    /// Something that was foreseen could not be done.
    pub(crate) astray: bool,
    /// Some moment had more possibilities than are tried.
    pub(crate) too_many_choices: bool,
    pub(crate) most_steps: usize,
    pub(crate) matters: Matters,
    /// Some execution was longer than that.
    pub(crate) too_long: bool,
}

/// How an execution has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ended {
    /// By itself: it stands in [`Search::conductor`] and [`Search::past`].
    Whole,
    /// By itself, and an equivalent one had come before.
    Again,
    /// It was left where it came to what is known, or could go on only beyond a bound.
    Left,
    /// It was left at the bound on steps.
    TooLong,
    /// It belongs to another [part](crate::part), or cannot go on in this one.
    Elsewhere,
}

impl<'a> Search<'a> {
    pub(crate) fn new(start: Box<dyn Start + 'a>, most_steps: usize, matters: Matters) -> Self {
        Self::of_part(start, most_steps, matters, &Part::default())
    }

    /// A search through a part of them.
    pub(crate) fn of_part(start: Box<dyn Start + 'a>, most_steps: usize, matters: Matters, part: &Part) -> Self {
        let guard = Guard::of(part);
        let past = Past::new(!guard.is_idle());
        Self {
            start,
            names: Names::default(),
            past,
            guard,
            points: vec![Point::default()],
            foreseen: Foreseen::default(),
            sleepers: Sleepers::default(),
            aside: Vec::new(),
            named: Named::default(),
            pending: Vec::new(),
            conductor: None,
            begun: false,
            blocked: 0,
            looked: 0,
            run_again: 0,
            run_again_end: 0,
            looks: 0,
            looks_end: 0,
            too_many_looks: false,
            leave_off: Arc::default(),
            has_left_off: false,
            astray: false,
            too_many_choices: false,
            most_steps,
            matters,
            too_long: false,
        }
    }

    /// Runs the next execution to its end. `None` when all classes have had theirs.
    pub(crate) fn next(&mut self) -> Option<Ended> {
        let mut branch = None;
        if self.begun {
            let Some(depth) = self.next_point() else {
                self.points.clear();
                return None;
            };
            branch = Some(self.next_branch(depth));
        }
        self.begun = true;
        self.begin();
        while self.one_more_step(&mut branch) {}
        let conductor = self.conductor.as_ref().expect("just made");
        if !conductor.is_over() && !conductor.is_held_up {
            // What was left at the bound says nothing about what else could have happened.
            return Some(Ended::TooLong);
        }
        conductor.all_pending(&mut self.pending);
        let belongs = conductor.is_over() && conductor.guard.owns(&self.past, &self.names);
        self.look_for_more();
        self.blocked += u64::from(!belongs);
        Some(if belongs { Ended::Whole } else { Ended::Elsewhere })
    }

    /// The branch to search next at the point after `depth` steps, to which the execution is shortened.
    fn next_branch(&mut self, depth: usize) -> Branch {
        self.go_back(depth);
        let point = &mut self.points[depth];
        if point.choice == Choice::Tree {
            self.sleepers.add(Rc::clone(&self.past.steps()[depth].label), depth);
        }
        self.past.shorten(depth);
        point.done += 1;
        let branch = next_of(&mut point.tree);
        if let Some(ahead) = branch.ahead() {
            point.choice = Choice::Ahead(ahead);
        }
        branch
    }

    /// Forgets what comes after the point after `depth` steps, but for the steps themselves.
    pub(crate) fn go_back(&mut self, depth: usize) {
        self.points.truncate(depth + 1);
        self.sleepers.go_back(depth);
        for point in self.points.iter_mut().filter(|point| point.choice == Choice::Tree) {
            point.tree.iter_mut().for_each(|branch| branch.go_back(depth));
        }
    }

    /// Starts the program anew and takes it through the steps of the past.
    pub(crate) fn begin(&mut self) {
        let conductor = match self.conductor.take() {
            Some(last) => last.start_again(&*self.start, self.past.steps().last().map(|step| step.noted.known)),
            None => self.new_conductor(),
        };
        let conductor = self.conductor.insert(conductor);
        for step in self.past.steps() {
            conductor.repeat(&step.label.action, step.noted.time_passed, &mut self.names);
        }
    }

    /// Takes a step, which has to be possible, and adds it to the past.
    pub(crate) fn take(&mut self, action: &Action, time_passed: bool) {
        let Self { conductor, named, names, past, .. } = self;
        let conductor = conductor.as_mut().expect("an execution is under way");
        let waited_for = conductor.guard.waited_for(past, action);
        let (noted, usual, states) = past.next(action.who);
        conductor.take(action, time_passed, names, (usual, states), (noted, named));
        let first = &noted.asked[0].cases[0];
        let returns = first.act == runtime_kind::RETURN && first.object == ObjectId::RUNTIME;
        past.push(action.who, named, returns, &waited_for);
    }

    /// Takes the step that is wanted, or any. `false` at the end.
    fn one_more_step(&mut self, wanted: &mut Option<Branch>) -> bool {
        let point = self.points.last_mut().expect("there is the start");
        if wanted.is_none() && !point.tree.is_empty() {
            *wanted = Some(next_of(&mut point.tree));
        }
        let origin = wanted.as_ref().map_or(Origin::Chosen, |branch| match branch.ahead() {
            Some(ahead) => Origin::Sequence { left: ahead.count },
            None => Origin::Tree,
        });
        let Some((action, time_passed, then)) = self.next_step(wanted.take()) else {
            self.astray |= self.forget_what_was_foreseen();
            return false;
        };
        if self.past.len() == self.most_steps {
            self.too_long = true;
            self.forget_what_was_foreseen();
            return false;
        }
        self.take(&action, time_passed);
        self.note_choice(origin);
        let label = &self.past.steps().last().expect("just taken").label;
        self.sleepers.pass(self.past.len() - 1, label);
        let mut tree = Vec::new();
        match then {
            Then::On(branch) => *wanted = Some(branch),
            Then::Tree(then) => tree = then,
        }
        self.points.push(Point { tree, ..Point::default() });
        true
    }

    /// Notes how the step that was just taken has come about.
    fn note_choice(&mut self, origin: Origin) {
        let at = self.past.len() - 1;
        if matches!(self.points[at].choice, Choice::Ahead(_)) {
            return;
        }
        let step = &self.past.steps()[at];
        let may_be_free = || !self.past.time_passed_before(step) && self.sleepers.at(at).next().is_none();
        self.points[at].choice = match origin {
            Origin::Chosen if step.noted.asked[0].steady && may_be_free() => Choice::Free,
            Origin::Chosen | Origin::Tree => Choice::Tree,
            Origin::Sequence { left: 0 } => {
                let begins = |point: &Point| matches!(point.choice, Choice::Ahead(_));
                self.points[at].after = self.points[..at].iter().rposition(begins);
                Choice::Free
            }
            Origin::Sequence { .. } => Choice::Within,
        };
    }

    /// The step that is foreseen, or any; whether time has passed before it; what is to come after it. `None` at the end.
    fn next_step(&mut self, foreseen: Option<Branch>) -> Option<(Action, bool, Then)> {
        // Mostly it is certain, and all that there is need not be listed.
        if let Some(action) = self.certain_step(foreseen.as_ref()) {
            debug_assert!(self.is_listed(&action));
            return Some((action, false, foreseen.map_or(Then::Tree(Vec::new()), Branch::after_first)));
        }
        let conductor = self.conductor.as_mut().expect("an execution is under way");
        let (possible, time_passed) = conductor.possible();
        let count = possible.len();
        self.too_many_choices |= conductor.too_many_choices;
        debug_assert!(
            time_passed || count >= MAX_CHOICES || self.is_declared(count),
            "kinds declare what operations do"
        );
        // What was foreseen and cannot be done is a fault of the search; it goes on with what there is, and says so.
        if let Some(branch) = foreseen {
            let conductor = self.conductor.as_ref().expect("an execution is under way");
            if count >= MAX_CHOICES || (0..count).any(|nth| conductor.listed(nth) == branch.first().action) {
                return Some((branch.first().action, time_passed, branch.after_first()));
            }
            self.astray = true;
        }
        self.freely_chosen(count).map(|action| (action, time_passed, Then::Tree(Vec::new())))
    }

    /// The step that would be taken whatever else is possible.
    fn certain_step(&self, foreseen: Option<&Branch>) -> Option<Action> {
        let conductor = self.conductor.as_ref().expect("an execution is under way");
        match foreseen {
            Some(branch) => conductor.certain(branch.first().action.who).filter(|own| *own == branch.first().action),
            None => {
                let last = self.past.steps().last()?;
                conductor.certain(last.label.action.who).filter(|own| !self.is_asleep(own))
            }
        }
    }

    fn is_asleep(&self, action: &Action) -> bool {
        self.sleepers.at(self.past.len()).any(|sleeper| sleeper.label.action == *action)
    }

    /// The execution ends here: nothing can be taken up after its last step. Whether something was to be.
    fn forget_what_was_foreseen(&mut self) -> bool {
        !std::mem::take(&mut self.points.last_mut().expect("there is the start").tree).is_empty()
    }

    /// How much of the tree of choices is behind, the current execution included, if each branch weighs the same.
    pub(crate) fn fraction(&self) -> f64 {
        let (mut share, mut behind) = (1.0, 0.0);
        for (before, each) in self.points.iter().map(Point::fractions) {
            behind += share * before;
            share *= each;
        }
        if self.points.is_empty() { 1.0 } else { behind + share }
    }

    pub(crate) fn new_conductor(&mut self) -> Conductor {
        Conductor::new(self.start.start(Room::default()), self.matters, self.guard.clone(), &mut self.names)
    }

    /// Anything of what was listed that does not repeat another execution: whoever moved last goes on, where he can.
    /// `None` at the end.
    fn freely_chosen(&mut self, count: usize) -> Option<Action> {
        let last = self.past.steps().last().map(|step| step.label.action);
        let mut chosen = None;
        for nth in 0..count {
            let action = self.conductor.as_ref().expect("an execution is under way").listed(nth);
            if self.is_asleep(&action) {
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
}

impl Search<'_> {
    /// Whether an action that is certain is among all that is possible, which is what the kinds declare.
    fn is_listed(&mut self, action: &Action) -> bool {
        let conductor = self.conductor.as_mut().expect("an execution is under way");
        let count = conductor.possible().0.len();
        count >= MAX_CHOICES || ((0..count).any(|nth| conductor.listed(nth) == *action) && self.is_declared(count))
    }

    /// Whether what was listed is what the kinds declare.
    fn is_declared(&mut self, count: usize) -> bool {
        let Self { past, names, conductor, .. } = self;
        let conductor = conductor.as_ref().expect("an execution is under way");
        // A search can be begun where the program has ended already: then nobody does what he was about to.
        let killed = past.steps().last().is_some_and(|last| last.label.kills);
        if conductor.is_over() || past.time_has_passed() || killed {
            return true;
        }
        let listed: Vec<Action> = (0..count).map(|nth| conductor.listed(nth)).collect();
        let pending: Vec<Asked> = conductor.names().iter().filter_map(|&who| conductor.pending(who)).collect();
        let rest = Rest { past, conductor, pending: &pending, fallen: &Steps::default() };
        pending.iter().all(|asked| {
            let Ok(declared) = rest.possible(asked, None, names) else { return true };
            let found = listed.iter().filter(|action| action.involves(asked.who));
            found.clone().count() == declared.len()
                && found.clone().all(|action| declared.iter().any(|label| label.action == *action))
        })
    }
}

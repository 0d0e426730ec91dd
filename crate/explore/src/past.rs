//! The current execution: its steps, and which of them had to come before which.

use std::collections::BTreeSet;
use std::rc::Rc;

use chanscope_kernel::{Access, Position};
use smallvec::SmallVec;

use crate::action::{Action, Asked, Label, Mark};
use crate::conductor::Noted;
use crate::known::KnownSize;
use crate::names::{Thing, Who};
use crate::raced::{RaceId, Raced};
use crate::steps::Steps;

/// One step of the current execution.
#[derive(Debug)]
pub(crate) struct Step {
    /// Shared with all steps that are the same, and with the sequences that they stand in.
    pub(crate) label: Rc<Label>,
    pub(crate) asked: SmallVec<[Asked; 2]>,
    pub(crate) time_passed: bool,
    /// The positions of its events.
    pub(crate) events: (Position, Position),
    /// The objects that they concern.
    pub(crate) things: SmallVec<[Thing; 2]>,
    /// Who and what was known after it.
    pub(crate) known: KnownSize,
    /// The first step since time has passed last, or of all.
    pub(crate) epoch: usize,
    /// All steps that have to come before it.
    pub(crate) before: Steps,
    /// Those of them that have to come before no other of them.
    pub(crate) just_before: Steps,
    /// The same as `before` where nothing was [held back](crate::guard); kept where something can be.
    pub(crate) without_guard: Steps,
    /// Those that the memory model puts before it.
    pub(crate) ordered: Steps,
    /// It had to come after main's return.
    pub(crate) late: bool,
    races: SmallVec<[RaceId; 1]>,
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
    touched: Vec<Vec<(usize, Access)>>,
    /// By object: the steps that it took part in.
    on: Vec<Vec<usize>>,
    raced: Raced,
    /// All that there ever were. They grow with the program, not with the executions, of which each is remembered by
    /// these until it has been run.
    labels: BTreeSet<Rc<Label>>,
    /// Steps that take from something (see [`Label::spare`]).
    takers: usize,
    /// It is that of a part, in which steps may be held back.
    is_part: bool,
}

impl Past {
    /// No step yet; `is_part` where steps may be held back.
    pub(crate) fn new(is_part: bool) -> Self {
        Self { is_part, ..Self::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether time has passed before the step, or before one that it shares its epoch with.
    pub(crate) fn time_passed_before(&self, step: &Step) -> bool {
        self.steps[step.epoch].time_passed
    }

    /// Whether time has passed at all.
    pub(crate) fn time_has_passed(&self) -> bool {
        self.steps.last().is_some_and(|last| self.time_passed_before(last))
    }

    /// What was done, in order.
    pub(crate) fn actions(&self) -> impl Iterator<Item = Action> + Clone {
        self.steps.iter().map(|step| step.label.action)
    }

    /// The steps that a goroutine took part in; empty for one that is not known.
    pub(crate) fn steps_of(&self, who: Who) -> &[usize] {
        self.of.get(who as usize).map_or(&[], |steps| steps)
    }

    /// The steps that an object took part in.
    pub(crate) fn steps_on(&self, thing: Thing) -> &[usize] {
        self.on.get(thing as usize).map_or(&[], |steps| steps)
    }

    /// Whether some step takes from something of which there may be too little (see [`Label::spare`]).
    pub(crate) fn takes_from_something(&self) -> bool {
        self.takers > 0
    }

    /// The races of the execution, ascending.
    pub(crate) fn races(&self) -> impl Iterator<Item = RaceId> + '_ {
        self.raced.now()
    }

    /// The step that started the goroutine.
    pub(crate) fn birth(&self, who: Who) -> Option<usize> {
        self.birth.get(who as usize).copied().flatten()
    }

    /// The step after which the goroutine submitted its `nth` operation; `None` when it did so from the start.
    pub(crate) fn submitted_after(&self, who: Who, nth: usize) -> Option<usize> {
        match nth.checked_sub(1) {
            Some(last) => Some(self.of[who as usize][last]),
            None => self.birth(who),
        }
    }

    /// Adds a step; `returns` when it is main's return. `waited_for` are those that it was held back for.
    pub(crate) fn push(&mut self, noted: Noted, returns: bool, waited_for: &[usize]) {
        let at = self.steps.len();
        let Noted { label, asked, born, time_passed, events, things, known } = noted;
        let mut follows =
            Follows { steps: &self.steps, without_guard: self.is_part.then(Steps::default), ..Follows::default() };
        let mut ordered = Steps::default();
        for who in [Some(label.action.who), label.action.partner()].into_iter().flatten() {
            let last = self.of.get(who as usize).and_then(|steps| steps.last().copied());
            if let Some(last) = last.or_else(|| self.birth.get(who as usize).copied().flatten()) {
                follows.step(last);
                ordered.join(&self.steps[last].ordered);
                ordered.add(last);
            }
            slot(&mut self.of, who).push(at);
        }
        for mark in label.marks.iter() {
            let touched = slot(&mut self.touched, mark.place);
            order(mark, touched, &mut follows, &mut ordered);
            touched.push((at, mark.access));
        }
        waited_for.iter().for_each(|&step| follows.held_until(step));
        // Time moves when nothing else can, and then for all.
        let epoch = if time_passed { at } else { self.steps.last().map_or(0, |last| last.epoch) };
        let Follows { mut before, without_guard, direct, late, .. } = follows;
        let below = if label.kills { at } else { epoch };
        before.add_below(below);
        let mut without_guard = without_guard.unwrap_or_default();
        if self.is_part {
            without_guard.add_below(below);
        }
        let mut just_before = if below == 0 { direct } else { before.clone() };
        let candidates = just_before.clone();
        for step in candidates.iter() {
            just_before.remove(&self.steps[step].before);
        }
        for &thing in &things {
            slot(&mut self.on, thing).push(at);
        }
        for &who in &born {
            *slot(&mut self.birth, who) = Some(at);
        }
        let label = match self.labels.get(&label) {
            Some(known) => Rc::clone(known),
            None => {
                let label = Rc::new(label);
                self.labels.insert(Rc::clone(&label));
                label
            }
        };
        // The return itself is not late, and what follows it is.
        let mut step = Step {
            label,
            asked,
            time_passed,
            events,
            things,
            known,
            epoch,
            before,
            just_before,
            without_guard,
            ordered,
            late,
            races: SmallVec::new(),
            born,
        };
        if !late {
            step.races = self.raced.find(&step, &self.steps, &self.touched);
        }
        step.late |= returns;
        self.takers += usize::from(step.label.spare.is_some());
        self.steps.push(step);
    }

    /// Forgets all steps but the first `len`.
    pub(crate) fn shorten(&mut self, len: usize) {
        while self.steps.len() > len {
            let Step { label, born, things, races, .. } = self.steps.pop().expect("just compared");
            for who in [Some(label.action.who), label.action.partner()].into_iter().flatten() {
                self.of[who as usize].pop();
            }
            for mark in label.marks.iter() {
                self.touched[mark.place as usize].pop();
            }
            for thing in things {
                self.on[thing as usize].pop();
            }
            born.into_iter().for_each(|who| self.birth[who as usize] = None);
            self.raced.forget(&races);
            self.takers -= usize::from(label.spare.is_some());
        }
    }

    /// These steps and whatever had to come after them.
    pub(crate) fn fallen(&self, removed: &Steps) -> Steps {
        let mut each = removed.iter();
        let (first, second) = (each.next().unwrap_or(self.steps.len()), each.next());
        if first < self.steps.len() && second.is_none() {
            return self.fallen_with(first);
        }
        let mut fallen = removed.clone();
        for (at, step) in self.steps.iter().enumerate().skip(first) {
            if step.before.meets(removed) {
                fallen.add(at);
            }
        }
        fallen
    }

    /// A step and whatever had to come after it.
    pub(crate) fn fallen_with(&self, removed: usize) -> Steps {
        let mut fallen = Steps::of(removed);
        for (at, step) in self.steps.iter().enumerate().skip(removed) {
            if step.before.has(removed) {
                fallen.add(at);
            }
        }
        fallen
    }

    /// The steps that have to come before a step in every equivalent execution.
    pub(crate) fn has_to_follow<'a>(&self, step: &'a Step) -> &'a Steps {
        if self.is_part { &step.without_guard } else { &step.before }
    }

    /// Whether `step` is one of `removed` or had to come after one of them.
    pub(crate) fn falls_with(&self, step: usize, removed: &Steps) -> bool {
        removed.has(step) || self.steps[step].before.meets(removed)
    }
}

/// What a step that is being added has to come after.
#[derive(Default)]
struct Follows<'a> {
    steps: &'a [Step],
    before: Steps,
    /// See [`Step::without_guard`].
    without_guard: Option<Steps>,
    /// Without those that another of them brings along anyway; the last found come first.
    direct: Steps,
    late: bool,
}

impl Follows<'_> {
    fn step(&mut self, step: usize) {
        if let Some(without_guard) = &mut self.without_guard {
            without_guard.join(&self.steps[step].without_guard);
            without_guard.add(step);
        }
        self.late |= self.steps[step].late;
        self.held_until(step);
    }

    /// That is no matter of the memory model: what comes after main's return by it alone is not late.
    fn held_until(&mut self, step: usize) {
        if !self.before.has(step) {
            self.before.join(&self.steps[step].before);
            self.before.add(step);
            self.direct.add(step);
        }
    }
}

/// What a touch of a place has to come after, and what the memory model puts before it. Walks back to where one before
/// brings along all the rest: no further than to the write before it, or to the release, but for what is awaited.
fn order(mark: &Mark, touched: &[(usize, Access)], follows: &mut Follows<'_>, ordered: &mut Steps) {
    let at = follows.steps.len();
    let earlier = touched.iter().rev().skip_while(|(step, _)| *step == at);
    let mut comes_after = |step: usize, follows: &Follows<'_>| {
        if !ordered.has(step) {
            ordered.join(&follows.steps[step].ordered);
            ordered.add(step);
        }
    };
    match mark.access {
        Access::Await => {
            for &(step, _) in earlier.filter(|(_, access)| *access == Access::Enable) {
                follows.step(step);
                comes_after(step, follows);
            }
        }
        Access::Acquire => {
            let mut earlier = earlier;
            if let Some(&(step, _)) = earlier.find(|(_, access)| *access == Access::Release) {
                comes_after(step, follows);
            }
        }
        Access::Enable | Access::Release => {}
        Access::Write | Access::Read | Access::Add | Access::PlainWrite | Access::PlainRead => {
            for &(step, access) in earlier.filter(|(_, access)| mark.access.conflicts(*access)) {
                follows.step(step);
                if matches!(access, Access::Write | Access::PlainWrite) {
                    break;
                }
            }
        }
    }
}

fn slot<T: Default>(list: &mut Vec<T>, index: u32) -> &mut T {
    let index = index as usize;
    if list.len() <= index {
        list.resize_with(index + 1, T::default);
    }
    &mut list[index]
}

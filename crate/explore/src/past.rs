//! The current execution: its steps, and which of them had to come before which.

use std::collections::BTreeSet;
use std::rc::Rc;

use chanscope_kernel::Access;

use crate::action::{Action, Asked, Label, Wanted};
use crate::conductor::{Named, Noted, Usual};
use crate::marks::{Accesses, Mark};
use crate::names::{Thing, Who};
use crate::raced::{RaceId, Raced};
use crate::states::States;
use crate::steps::Steps;

/// One step of the current execution.
#[derive(Debug)]
pub(crate) struct Step {
    /// Shared with all steps that are the same, and with the sequences that they stand in.
    pub(crate) label: Rc<Label>,
    pub(crate) noted: Noted,
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
    /// It and all steps that had to come after it, once that was [found out](Past::find_fallen).
    fallen: Steps,
    /// For an operation that goes one way only: the steps that it could as well have come before, and would have been
    /// told from that.
    pub(crate) reversible: Steps,
    /// It had to come after main's return.
    pub(crate) late: bool,
    /// What the memory model puts before it is more than it puts before its operation's beginning.
    pub(crate) has_waited: bool,
    /// So many races it has with those before it.
    races: usize,
}

impl Step {
    fn new() -> Self {
        Self {
            label: Rc::new(Label::default()),
            noted: Noted::default(),
            epoch: 0,
            before: Steps::default(),
            just_before: Steps::default(),
            without_guard: Steps::default(),
            ordered: Steps::default(),
            fallen: Steps::default(),
            reversible: Steps::default(),
            late: false,
            has_waited: false,
            races: 0,
        }
    }

    /// Whether it has changed nothing, and who took it could not have met `asked` instead.
    pub(crate) fn only_looks_beside(&self, asked: &Asked) -> bool {
        let meets = |theirs: &Asked| {
            let could = |case: &Wanted| asked.cases.iter().any(|own| own.thing == case.thing && own.act != case.act);
            theirs.may_meet && theirs.cases.iter().any(could)
        };
        !self.label.kills && self.label.marks.change_nothing() && !self.noted.asked.iter().any(meets)
    }
}

/// The current execution. Shortened from the end and lengthened again: what executions share is kept, and so is the
/// memory of what they do not.
#[derive(Default)]
pub(crate) struct Past {
    /// Those of the current execution, and after them what is left of longer ones.
    steps: Vec<Step>,
    len: usize,
    /// By goroutine: the steps that it took part in.
    of: Vec<Vec<usize>>,
    /// By goroutine: the step that started it.
    birth: Vec<Option<usize>>,
    /// By place: who touched it how.
    touched: Vec<Vec<(usize, Accesses)>>,
    /// By object: the steps that it took part in.
    on: Vec<Vec<usize>>,
    pub(crate) states: States,
    raced: Raced,
    /// All that there ever were. They grow with the program, not with the executions, of which each is remembered by
    /// these until it has been run.
    labels: BTreeSet<Rc<Label>>,
    /// By goroutine: the labels that its steps had last, in this execution or in one before.
    usual: Vec<Vec<Usual>>,
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
        self.len
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps[..self.len]
    }

    /// Whether time has passed before the step, or before one that it shares its epoch with.
    pub(crate) fn time_passed_before(&self, step: &Step) -> bool {
        self.steps[step.epoch].noted.time_passed
    }

    /// Whether time has passed at all.
    pub(crate) fn time_has_passed(&self) -> bool {
        self.steps().last().is_some_and(|last| self.time_passed_before(last))
    }

    /// What was done, in order.
    pub(crate) fn actions(&self) -> impl Iterator<Item = Action> + Clone {
        self.steps().iter().map(|step| step.label.action)
    }

    /// The steps that a goroutine took part in; empty for one that is not known.
    pub(crate) fn steps_of(&self, who: Who) -> &[usize] {
        self.of.get(who as usize).map_or(&[], |steps| steps)
    }

    /// The steps that an object took part in.
    pub(crate) fn steps_on(&self, thing: Thing) -> &[usize] {
        self.on.get(thing as usize).map_or(&[], |steps| steps)
    }

    /// The steps that have touched the place of a mark so that their order can be told.
    pub(crate) fn touched(&self, mark: &Mark) -> impl Iterator<Item = usize> + '_ {
        let rivals = mark.accesses.rivals();
        let touched = self.touched.get(mark.place as usize).map_or(&[][..], |touched| touched);
        touched.iter().filter(move |(_, accesses)| rivals.meet(*accesses)).map(|(step, _)| *step)
    }

    /// The step that ended the program by a panic.
    pub(crate) fn killer(&self) -> Option<usize> {
        let last = self.len.checked_sub(1)?;
        Some(last).filter(|last| self.steps[*last].label.kills)
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

    /// Where the next step is to be noted, what is usual for one of that goroutine, and the states that it finds.
    pub(crate) fn next(&mut self, who: Who) -> (&mut Noted, Option<&Usual>, &mut States) {
        let nth = self.steps_of(who).len();
        if self.len == self.steps.len() {
            self.steps.push(Step::new());
        }
        let usual = self.usual.get(who as usize).and_then(|usual| usual.get(nth));
        (&mut self.steps[self.len].noted, usual, &mut self.states)
    }

    /// Adds the step of that goroutine that was noted in its place; `returns` when it is main's return. `waited_for` are
    /// those that it was held back for.
    pub(crate) fn push(&mut self, who: Who, named: &Named, returns: bool, waited_for: &[usize]) {
        let at = self.len;
        let label = self.shared(who, named);
        let (earlier, step) = self.steps.split_at_mut(at);
        let step = &mut step[0];
        step.before.clear();
        step.just_before.clear();
        step.ordered.clear();
        step.without_guard.clear();
        let without_guard = self.is_part.then_some(&mut step.without_guard);
        let (before, direct) = (&mut step.before, &mut step.just_before);
        let mut follows = Follows { steps: earlier, before, without_guard, direct, late: false };
        let mut submitted = None;
        let mut next = Some(label.action.who);
        while let Some(who) = next {
            let own = slot(&mut self.of, who);
            if let Some(last) = own.last().copied().or_else(|| self.birth.get(who as usize).copied().flatten()) {
                follows.step(last);
                step.ordered.join(&earlier[last].ordered);
                step.ordered.add(last);
                submitted = submitted.or(Some(last));
            }
            own.push(at);
            next = label.action.partner().filter(|partner| *partner != who);
        }
        let begun = step.ordered.len();
        for mark in label.marks.iter() {
            let touched = slot(&mut self.touched, mark.place);
            order(mark, touched, &mut follows, &mut step.ordered);
            touched.push((at, mark.accesses));
        }
        step.has_waited = step.ordered.len() > begun;
        waited_for.iter().for_each(|&step| follows.held_until(step));
        // Time moves when nothing else can, and then for all.
        step.epoch = if step.noted.time_passed { at } else { earlier.last().map_or(0, |last| last.epoch) };
        step.late = follows.late;
        let below = if label.kills { at } else { step.epoch };
        if below > 0 {
            step.before.add_below(below);
            step.just_before.clone_from(&step.before);
            if self.is_part {
                step.without_guard.add_below(below);
            }
        }
        find_just_before(&mut step.just_before, earlier);
        step.reversible.clear();
        if step.noted.asked[0].steady {
            let races = |other: &usize| Some(*other) != submitted && earlier[*other].label.depends_on(&label);
            step.just_before.iter().filter(races).for_each(|other| step.reversible.add(other));
        }
        for &thing in &step.noted.things {
            slot(&mut self.on, thing).push(at);
        }
        for &who in &step.noted.born {
            *slot(&mut self.birth, who) = Some(at);
        }
        self.takers += usize::from(label.spare.is_some());
        step.label = label;
        let may_race = step.label.marks.are_plain() && !step.late;
        step.races = if may_race { self.raced.find(step, submitted, earlier, &self.touched) } else { 0 };
        // The return itself is not late, and what follows it is.
        step.late |= returns;
        self.len += 1;
    }

    /// The label that was noted for the next step, as all steps that are equal share it.
    fn shared(&mut self, who: Who, Named { label, as_usual, alone }: &Named) -> Rc<Label> {
        let nth = self.steps_of(who).len();
        let usual = slot(&mut self.usual, who);
        if let Some(usual) = usual.get(nth).filter(|usual| *as_usual || *usual.label == *label) {
            return Rc::clone(&usual.label);
        }
        let shared = match self.labels.get(label) {
            Some(known) => Rc::clone(known),
            None => {
                let label = Rc::new(label.clone());
                self.labels.insert(Rc::clone(&label));
                label
            }
        };
        // What others meet him in stands with them.
        let here = || Usual { label: Rc::clone(&shared), alone: *alone };
        if usual.len() <= nth {
            usual.resize_with(nth + 1, here);
        }
        usual[nth] = here();
        shared
    }

    /// Forgets all steps but the first `len`.
    pub(crate) fn shorten(&mut self, len: usize) {
        for step in self.steps[..self.len].iter().skip(len) {
            let Step { label, noted: Noted { born, things, .. }, races, .. } = step;
            self.of[label.action.who as usize].pop();
            if let Some(partner) = label.action.partner() {
                self.of[partner as usize].pop();
            }
            for mark in label.marks.iter() {
                self.touched[mark.place as usize].pop();
            }
            for &thing in things {
                self.on[thing as usize].pop();
                self.states.forget_step(thing);
            }
            born.iter().for_each(|&who| self.birth[who as usize] = None);
            self.raced.forget(*races);
            self.takers -= usize::from(label.spare.is_some());
        }
        self.len = self.len.min(len);
    }

    /// Finds out what had to come after each step, in an execution that has ended.
    pub(crate) fn find_fallen(&mut self) {
        for (at, step) in self.steps[..self.len].iter_mut().enumerate() {
            step.fallen.clear();
            step.fallen.add(at);
        }
        // What had to come after the later one of a pair is known by then.
        for at in (0..self.len).rev() {
            let (earlier, step) = self.steps.split_at_mut(at);
            let Step { just_before, fallen, .. } = &step[0];
            just_before.iter().for_each(|before| earlier[before].fallen.join(fallen));
        }
        debug_assert!(
            self.steps()
                .iter()
                .enumerate()
                .all(|(at, step)| { (0..at).all(|other| self.steps[other].fallen.has(at) == step.before.has(other)) })
        );
    }

    /// These steps and whatever had to come after them.
    pub(crate) fn fallen(&self, removed: &Steps) -> Steps {
        let mut fallen = removed.clone();
        removed.iter().for_each(|step| fallen.join(&self.steps[step].fallen));
        fallen
    }

    /// A step and whatever had to come after it.
    pub(crate) fn fallen_with(&self, removed: usize) -> &Steps {
        &self.steps[removed].fallen
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

/// Leaves those that have to come before no other of them.
fn find_just_before(steps: &mut Steps, earlier: &[Step]) {
    // From the last one: what has to come before it is none of them, and brings along nothing that it does not.
    let mut end = earlier.len();
    while let Some(last) = steps.last_below(end) {
        steps.remove(&earlier[last].before);
        end = last;
    }
}

/// What a step that is being added has to come after.
struct Follows<'a> {
    steps: &'a [Step],
    before: &'a mut Steps,
    /// See [`Step::without_guard`].
    without_guard: Option<&'a mut Steps>,
    /// Without those that another of them brings along anyway; the last found come first.
    direct: &'a mut Steps,
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
fn order(mark: &Mark, touched: &[(usize, Accesses)], follows: &mut Follows<'_>, ordered: &mut Steps) {
    let rivals = mark.accesses.rivals();
    if rivals != Accesses::default() {
        for &(step, accesses) in touched.iter().rev() {
            if rivals.meet(accesses) {
                follows.step(step);
            }
            if accesses.meet(Accesses::WRITES) {
                break;
            }
        }
    }
    let comes_after = |step: usize, ordered: &mut Steps| {
        if !ordered.has(step) {
            ordered.join(&follows.steps[step].ordered);
            ordered.add(step);
        }
    };
    if mark.accesses.has(Access::Acquire)
        && let Some(&(step, _)) = touched.iter().rev().find(|(_, accesses)| accesses.has(Access::Release))
    {
        comes_after(step, ordered);
    }
    if mark.accesses.has(Access::Await) {
        for &(step, _) in touched.iter().rev().filter(|(_, accesses)| accesses.has(Access::Enable)) {
            comes_after(step, ordered);
            follows.step(step);
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

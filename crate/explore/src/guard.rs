//! Keeps a search to its [part](crate::part): of two steps in order the second is held back until the first has been
//! taken, and a step that has to go one way is held back from all others.
//!
//! For an order that is as if the program had one edge more, which no schedule can reverse. The search of such a program
//! runs exactly one execution of each of its classes. Every class of the part is among them, since its first execution is
//! one that the guard lets pass. What is not of the part are executions that end where somebody is held back for ever,
//! and those of which another part has the first. Both are begun in vain, and counted.

use smallvec::SmallVec;

use crate::action::{Action, Manner};
use crate::names::{Names, Who};
use crate::part::{By, Cut, Part, StepWay, Turn};
use crate::past::Past;
use crate::steps::Steps;

/// The cuts of a part, in one run. Empty for the whole.
#[derive(Clone, Default)]
pub(crate) struct Guard {
    orders: Vec<Order>,
    ways: Vec<Ways>,
    /// By goroutine, how many steps it has taken; kept where there are cuts.
    turns: Vec<usize>,
}

/// A goroutine's step, once that one has a name here.
#[derive(Clone)]
struct Place {
    turn: Turn,
    who: Option<Who>,
}

#[derive(Clone)]
struct Order {
    first: Place,
    second: Place,
    rest: bool,
}

#[derive(Clone)]
struct Ways {
    place: Place,
    way: StepWay,
    partner: Option<Who>,
    rest: bool,
}

impl Place {
    fn of(turn: &Turn) -> Self {
        Self { turn: turn.clone(), who: None }
    }

    fn learn(&mut self, names: &Names) {
        self.who = self.who.or_else(|| names.who(&self.turn.who));
    }

    fn is(&self, who: Who, nth: usize) -> bool {
        self.who == Some(who) && self.turn.nth == nth
    }

    /// The step, where it was taken.
    fn taken(&self, past: &Past) -> Option<usize> {
        past.steps_of(self.who?).get(self.turn.nth).copied()
    }
}

impl Ways {
    /// Whether the goroutine's part in the step is not as it has to be.
    fn bar(&self, who: Who, action: &Action) -> bool {
        let (me, other) = (action.who == who, self.partner);
        let fits = match (&self.way, action.manner) {
            (StepWay::Alone(wanted), Manner::Alone { case }) => *wanted == case,
            (StepWay::Draw(wanted), Manner::Draw { value }) => *wanted == value,
            (StepWay::Default, Manner::Default) => true,
            (StepWay::Meet { case, partner_case, .. }, Manner::Meet { case: one, partner, partner_case: two }) => {
                let mine = if me { (one, partner, two) } else { (two, action.who, one) };
                other.is_some_and(|other| mine == (*case, other, *partner_case))
            }
            _ => false,
        };
        fits == self.rest
    }
}

impl Guard {
    pub(crate) fn of(part: &Part) -> Self {
        let mut guard = Self::default();
        for Cut { by, rest } in &part.cuts {
            match by {
                By::Order { first, second } => {
                    guard.orders.push(Order { first: Place::of(first), second: Place::of(second), rest: *rest });
                }
                By::Way { turn, way } => {
                    guard.ways.push(Ways { place: Place::of(turn), way: way.clone(), partner: None, rest: *rest });
                }
            }
        }
        guard
    }

    /// Whether nobody is held back, ever.
    pub(crate) fn is_idle(&self) -> bool {
        self.orders.is_empty() && self.ways.is_empty()
    }

    /// Some goroutines may have got names.
    pub(crate) fn learn(&mut self, names: &Names) {
        for Order { first, second, .. } in &mut self.orders {
            first.learn(names);
            second.learn(names);
        }
        for Ways { place, way, partner, .. } in &mut self.ways {
            place.learn(names);
            if let StepWay::Meet { partner: path, .. } = way {
                *partner = partner.or_else(|| names.who(path));
            }
        }
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

    /// Whether the step cannot be taken now.
    pub(crate) fn holds_back(&self, action: &Action) -> bool {
        let is_there = |first: &Place| first.who.is_some_and(|who| self.taken(who) > first.turn.nth);
        self.holds(action, |who| self.taken(who), is_there)
    }

    /// The same at the end of what is left of an execution without the fallen steps.
    pub(crate) fn holds_back_without(&self, past: &Past, fallen: &Steps, action: &Action) -> bool {
        if self.is_idle() {
            return false;
        }
        let is_there = |first: &Place| first.taken(past).is_some_and(|step| !fallen.has(step));
        self.holds(action, |who| taken_without(past, fallen, who), is_there)
    }

    /// The steps that it would be held back for there.
    pub(crate) fn held_for_without(&self, past: &Past, fallen: &Steps, action: &Action) -> Steps {
        let is_second =
            |order: &&Order| participants(action).any(|who| order.second.is(who, taken_without(past, fallen, who)));
        Steps::from_iter(self.orders.iter().filter(is_second).filter_map(|order| order.first.taken(past)))
    }

    /// The same after each goroutine has taken so many steps.
    fn holds(&self, action: &Action, taken: impl Fn(Who) -> usize, is_there: impl Fn(&Place) -> bool) -> bool {
        let is = |place: &Place| participants(action).any(|who| place.is(who, taken(who)));
        // Where both are one step, in which two meet, none of them comes later.
        let waits = |order: &Order| is(&order.second) && !is_there(&order.first) && !(order.rest && is(&order.first));
        let bars =
            |ways: &Ways| participants(action).any(|who| ways.place.is(who, taken(who)) && ways.bar(who, action));
        self.orders.iter().any(waits) || self.ways.iter().any(bars)
    }

    /// The steps that the next one, which is this, had to wait for because of a cut.
    pub(crate) fn waited_for(&self, past: &Past, action: &Action) -> SmallVec<[usize; 2]> {
        let waits = |order: &&Order| participants(action).any(|who| order.second.is(who, past.steps_of(who).len()));
        self.orders.iter().filter(waits).filter_map(|order| order.first.taken(past)).collect()
    }

    /// Whether an execution that has ended by itself belongs to the part. It is one that was not held back, so only pairs
    /// whose order nobody could tell are asked for in the first of all equivalent ones.
    pub(crate) fn owns(&self, past: &Past, names: &Names) -> bool {
        let mut first_order = None;
        let mut in_order = |order: &Order| match (order.first.taken(past), order.second.taken(past)) {
            (None, _) => order.rest,
            (Some(_), None) => true,
            (Some(first), Some(second)) if first == second => order.rest,
            (Some(first), Some(second)) if past.steps()[second].without_guard.has(first) => true,
            (Some(first), Some(second)) => {
                let places = first_order.get_or_insert_with(|| first_of_equivalent(past, names));
                places[first] < places[second]
            }
        };
        self.orders.iter().all(&mut in_order)
            && self.ways.iter().all(|ways| ways.rest || ways.place.taken(past).is_some())
    }
}

/// The place of each step in that order of the execution's steps in which, of those that could come next, it is always
/// one of the goroutine with the first path. It is the same for equivalent executions, in every search.
fn first_of_equivalent(past: &Past, names: &Names) -> Vec<usize> {
    let steps = past.steps();
    let path = |step: usize| participants(&steps[step].label.action).map(|who| names.path(who)).min();
    let mut left: Vec<usize> = (0..steps.len()).collect();
    left.sort_by_key(|&step| path(step));
    let (mut taken, mut places) = (Steps::default(), vec![0; steps.len()]);
    for place in 0..steps.len() {
        let free = |&step: &usize| steps[step].without_guard.iter().all(|before| taken.has(before));
        let step = left.remove(left.iter().position(free).expect("no circle among steps"));
        places[step] = place;
        taken.add(step);
    }
    places
}

/// How many steps the goroutine has taken in what is left without the fallen ones.
fn taken_without(past: &Past, fallen: &Steps, who: Who) -> usize {
    let steps = past.steps_of(who);
    steps.iter().position(|&step| fallen.has(step)).unwrap_or(steps.len())
}

fn participants(action: &Action) -> impl Iterator<Item = Who> + use<> {
    [Some(action.who), action.partner()].into_iter().flatten()
}

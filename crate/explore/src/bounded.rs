//! All executions that interrupt little: every order of steps up to so many switches, each class counted once.
//!
//! Most faults show with few preemptions (Musuvathi and Qadeer, Iterative Context Bounding for Systematic Testing of
//! Multithreaded Programs, PLDI 2007), and a witness with few switches is one that can be read. The optimal search is
//! of no use for either: whether an execution is within such a bound is no matter of its class, since equivalent orders
//! switch more or less often. So this one tries orders, and knows again where it has been: what can still come follows
//! from the class of the steps so far, from who moved last, and from what is left of the bound. It therefore remembers
//! classes of beginnings, up to [`MAX_STATES`] of them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chanscope_kernel::{ObjectId, runtime_kind};
use xxhash_rust::xxh3::xxh3_128;

use crate::action::{Action, Manner};
use crate::conductor::MAX_CHOICES;
use crate::names::Who;
use crate::past::Step;
use crate::search::{Ended, Search};

/// As many beginnings are remembered; beyond that the search ends and says so.
pub(crate) const MAX_STATES: usize = 1 << 19;

/// What is bounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cost {
    /// Somebody else goes on although whoever moved last could have.
    Preemptions,
    /// Somebody else goes on.
    Switches,
}

/// A search that goes through a program in the place of the optimal one, with its tools.
pub(crate) struct Bounded {
    cost: Cost,
    most: u32,
    path: Vec<Level>,
    /// Of each step of the path: a number for it and all that had to come before it.
    numbers: Vec<u128>,
    /// After each step of the path: the sum of the numbers so far, which is the class of the steps so far.
    classes: Vec<u128>,
    /// What was spent at least when the search came there.
    known: BTreeMap<State, u32>,
    /// Executions that have ended, by class.
    ended: BTreeSet<u128>,
    begun: bool,
    /// Something was left out that would have been beyond the bound.
    pub(crate) left_out: bool,
    /// More than is remembered.
    pub(crate) full: bool,
}

/// A moment, as far as what can come hangs on it.
type State = (u128, Who, Option<Who>);

/// What can be done at a moment of the path within the bound, and what will have been spent then.
struct Level {
    ways: Vec<(Action, u32)>,
    taken: usize,
    time_passed: bool,
}

impl Bounded {
    pub(crate) fn new(cost: Cost, most: u32) -> Self {
        Self {
            cost,
            most,
            path: Vec::new(),
            numbers: Vec::new(),
            classes: Vec::new(),
            known: BTreeMap::new(),
            ended: BTreeSet::new(),
            begun: false,
            left_out: false,
            full: false,
        }
    }

    /// Runs the next execution, in `search`'s conductor and past. `None` when there is none left.
    pub(crate) fn next(&mut self, search: &mut Search<'_>) -> Option<Ended> {
        if self.begun {
            while self.path.last().is_some_and(|level| level.taken + 1 == level.ways.len()) {
                self.path.pop();
            }
            self.path.last_mut()?.taken += 1;
            search.past.shorten(self.path.len() - 1);
            self.numbers.truncate(self.path.len() - 1);
            self.classes.truncate(self.path.len() - 1);
        }
        if self.full {
            return None;
        }
        self.begun = true;
        search.begin();
        loop {
            let depth = search.past.len();
            if depth == self.path.len() {
                let level = self.level(search);
                if level.ways.is_empty() {
                    return Some(self.ended(search));
                }
                if depth == search.most_steps {
                    search.too_long = true;
                    return Some(Ended::TooLong);
                }
                self.path.push(level);
            }
            let Level { ways, taken, time_passed } = &self.path[depth];
            let (action, spent) = ways[*taken];
            search.take(&action, *time_passed);
            self.number(search.past.steps());
            if !self.is_new(action, spent) {
                return Some(Ended::Left);
            }
        }
    }

    /// How an execution has ended that does not go on.
    fn ended(&mut self, search: &Search<'_>) -> Ended {
        if !search.conductor.as_ref().expect("an execution is under way").is_over() {
            return Ended::Left;
        }
        if self.ended.insert(self.class()) { Ended::Whole } else { Ended::Again }
    }

    /// Whoever moved last comes first: what switches least is found first.
    fn level(&mut self, search: &mut Search<'_>) -> Level {
        let conductor = search.conductor.as_mut().expect("an execution is under way");
        let (possible, time_passed) = conductor.possible();
        let count = possible.len();
        search.too_many_choices |= count >= MAX_CHOICES;
        let possible = (0..count).map(|nth| conductor.listed(nth));
        let Some(last) = search.past.steps().last() else {
            return Level { ways: possible.map(|action| (action, 0)).collect(), taken: 0, time_passed };
        };
        let spent = self.path.last().map_or(0, |level| level.ways[level.taken].1);
        let last_action = last.label.action;
        let (mut ways, others): (Vec<_>, Vec<_>) = possible.partition(|action| action.shares(last_action));
        let free = self.cost == Cost::Preemptions && (ways.is_empty() || time_passed || yields(last));
        let then = spent + u32::from(!free);
        if then <= self.most {
            let kept = ways.len();
            ways.extend(others);
            let ways = ways.into_iter().enumerate().map(|(nth, way)| (way, if nth < kept { spent } else { then }));
            return Level { ways: ways.collect(), taken: 0, time_passed };
        }
        self.left_out |= !others.is_empty();
        Level { ways: ways.into_iter().map(|way| (way, spent)).collect(), taken: 0, time_passed }
    }

    /// Numbers the step taken last: it and what had to come before it, which is the same in every equivalent order.
    fn number(&mut self, steps: &[Step]) {
        let number = number(steps.last().expect("just taken"), &self.numbers);
        self.classes.push(self.class().wrapping_add(number));
        self.numbers.push(number);
    }

    /// The class of the steps so far.
    fn class(&self) -> u128 {
        self.classes.last().copied().unwrap_or(0)
    }

    /// Whether the search was not there yet, or had spent more.
    fn is_new(&mut self, last: Action, spent: u32) -> bool {
        let state: State = (self.class(), last.who, last.partner());
        self.full |= self.known.len() >= MAX_STATES;
        match self.known.entry(state) {
            Entry::Occupied(mut known) => {
                let less = spent < *known.get();
                if less {
                    known.insert(spent);
                }
                less
            }
            Entry::Vacant(free) => {
                free.insert(spent);
                true
            }
        }
    }
}

/// A number for a step and all that had to come before it, given those of the steps before: the same in every equivalent
/// execution. The sum of all is one for the class.
pub(crate) fn number(step: &Step, numbers: &[u128]) -> u128 {
    let causes = step.just_before.iter().fold(0u128, |sum, before| sum.wrapping_add(numbers[before]));
    let Action { who, manner } = step.label.action;
    let [kind, a, b, c] = match manner {
        Manner::Alone { case } => [0, case.into(), 0, 0],
        Manner::Meet { case, partner, partner_case } => [1, case.into(), partner.into(), partner_case.into()],
        Manner::Draw { value } => [2, value, 0, 0],
        Manner::Default => [3, 0, 0, 0],
    };
    let mut bytes = [0; 56];
    bytes[..16].copy_from_slice(&causes.to_le_bytes());
    for (place, word) in bytes[16..].chunks_exact_mut(8).zip([u64::from(who), kind, a, b, c]) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    xxh3_128(&bytes)
}

/// Whether the step was a goroutine's giving way to others.
fn yields(step: &Step) -> bool {
    step.noted.asked.iter().any(|asked| {
        let case = &asked.cases[0];
        case.object == ObjectId::RUNTIME && case.act == runtime_kind::YIELD
    })
}

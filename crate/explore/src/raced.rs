//! The data races of the current execution, found as it grows and forgotten as it shrinks.
//!
//! The same rules as in [`crate::race`], for the search: there a verdict wants positions, here it is enough to tell one
//! set of races from another. Two accesses race when the memory model orders neither before the other; a write is held
//! against the reads since the write before it, and against that one (Flanagan and Freund, FastTrack, PLDI 2009).

use std::collections::BTreeMap;

use chanscope_kernel::{Access, Act};
use smallvec::SmallVec;

use crate::action::{Action, Manner};
use crate::marks::Accesses;
use crate::names::{Place, Who};
use crate::past::Step;

/// A race by who raced with whom, where, and which of the two wrote.
pub(crate) type RaceId = u32;

/// Who, with whom, by what, and whether it wrote: of two who meet on a channel either may be the one that sends.
type Side = (Who, Option<Who>, Option<Act>, bool);

#[derive(Default)]
pub(crate) struct Raced {
    known: BTreeMap<(Place, Side, Side), RaceId>,
    /// By race: how often the current execution has it.
    count: Vec<u32>,
    /// Those of the current execution, in the order in which they were found.
    now: Vec<RaceId>,
}

impl Raced {
    /// Counts in the races of a step with those before it. Answers how many there are.
    pub(crate) fn find(
        &mut self,
        step: &Step,
        submitted: Option<usize>,
        steps: &[Step],
        touched: &[Vec<(usize, Accesses)>],
    ) -> usize {
        let before = self.now.len();
        for mark in step.label.marks.iter() {
            for access in [Access::PlainRead, Access::PlainWrite, Access::Waited] {
                if mark.accesses.has(access) {
                    self.find_at((mark.place, access), (step, submitted), steps, &touched[mark.place as usize]);
                }
            }
        }
        self.now.len() - before
    }

    /// `submitted` is the step after which the operation of `step` began.
    fn find_at(
        &mut self,
        (place, access): (Place, Access),
        (step, submitted): (&Step, Option<usize>),
        steps: &[Step],
        touched: &[(usize, Accesses)],
    ) {
        let writes = access != Access::PlainRead;
        let comes_after = |at: usize| match (access, submitted) {
            (Access::Waited, None) => false,
            (Access::Waited, Some(begun)) => at == begun || steps[begun].ordered.has(at),
            _ => step.ordered.has(at),
        };
        let mut readers: SmallVec<[Side; 4]> = SmallVec::new();
        for &(at, accesses) in touched.iter().rev() {
            let Some(other) = steps.get(at).filter(|other| !other.late) else { continue };
            let action = other.label.action;
            let waits = !writes && accesses.has(Access::Waited) && other.has_waited;
            let other_writes = accesses.has(Access::PlainWrite) || waits;
            if !other_writes && (!writes || !accesses.has(Access::PlainRead)) {
                continue;
            }
            let theirs = side(other, other_writes);
            if !other_writes && readers.contains(&theirs) {
                continue;
            }
            if !comes_after(at) && !action.shares(step.label.action) {
                let race = self.id(place, theirs, side(step, writes));
                self.now.push(race);
            }
            if other_writes && !waits {
                break;
            }
            readers.push(theirs);
        }
    }

    fn id(&mut self, place: Place, one: Side, other: Side) -> RaceId {
        let key = if one <= other { (place, one, other) } else { (place, other, one) };
        let next = RaceId::try_from(self.count.len()).expect("goroutines are limited");
        let id = *self.known.entry(key).or_insert(next);
        if id == next {
            self.count.push(0);
        }
        self.count[id as usize] += 1;
        id
    }

    /// Forgets so many of those that were found last.
    pub(crate) fn forget(&mut self, races: usize) {
        for race in self.now.drain(self.now.len() - races..) {
            self.count[race as usize] -= 1;
        }
    }

    /// The races of the execution, ascending.
    pub(crate) fn now(&self) -> impl Iterator<Item = RaceId> + '_ {
        (0..).zip(&self.count).filter(|(_, count)| **count > 0).map(|(id, _)| id)
    }
}

fn side(step: &Step, writes: bool) -> Side {
    let Action { who, manner } = step.label.action;
    let case = match manner {
        Manner::Alone { case } | Manner::Meet { case, .. } => Some(usize::from(case)),
        Manner::Draw { .. } | Manner::Default => None,
    };
    let asked = step.noted.asked.iter().find(|asked| asked.who == who);
    let act = case.zip(asked).map(|(case, asked)| asked.cases[case].act);
    (who, step.label.action.partner(), act, writes)
}

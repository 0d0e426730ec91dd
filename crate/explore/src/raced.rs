//! The data races of the current execution, found as it grows and forgotten as it shrinks.
//!
//! The same rules as in [`crate::race`], for the search: there a verdict wants positions, here it is enough to tell one
//! set of races from another. Two accesses race when the memory model orders neither before the other; a write is held
//! against the reads since the write before it, and against that one (Flanagan and Freund, FastTrack, PLDI 2009).

use std::collections::BTreeMap;

use chanscope_kernel::Access;
use smallvec::SmallVec;

use crate::action::Action;
use crate::names::{Place, Who};
use crate::past::Step;

/// A race by who raced with whom, where, and which of the two wrote.
pub(crate) type RaceId = u32;

type Side = (Who, Option<Who>, bool);

#[derive(Default)]
pub(crate) struct Raced {
    known: BTreeMap<(Place, Side, Side), RaceId>,
    /// By race: how often the current execution has it.
    count: Vec<u32>,
}

impl Raced {
    /// The races of a step with those before it. Counts them in.
    pub(crate) fn find(
        &mut self,
        step: &Step,
        steps: &[Step],
        touched: &[Vec<(usize, Access)>],
    ) -> SmallVec<[RaceId; 1]> {
        let mut races = SmallVec::new();
        for mark in step.label.marks.iter() {
            let writes = mark.access == Access::PlainWrite;
            if !writes && mark.access != Access::PlainRead {
                continue;
            }
            let mut readers: SmallVec<[Action; 4]> = SmallVec::new();
            for &(at, access) in touched[mark.place as usize].iter().rev() {
                let Some(other) = steps.get(at).filter(|other| !other.late) else { continue };
                let action = other.label.action;
                let other_writes = access == Access::PlainWrite;
                let seen =
                    readers.iter().any(|reader| reader.who == action.who && reader.partner() == action.partner());
                if !other_writes && (!writes || access != Access::PlainRead || seen) {
                    continue;
                }
                if !step.ordered.has(at) && !action.shares(step.label.action) {
                    races.push(self.id(mark.place, side(action, other_writes), side(step.label.action, writes)));
                }
                if other_writes {
                    break;
                }
                readers.push(action);
            }
        }
        races
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

    pub(crate) fn forget(&mut self, races: &[RaceId]) {
        for &race in races {
            self.count[race as usize] -= 1;
        }
    }

    /// The races of the execution, ascending.
    pub(crate) fn now(&self) -> impl Iterator<Item = RaceId> + '_ {
        (0..).zip(&self.count).filter(|(_, count)| **count > 0).map(|(id, _)| id)
    }
}

fn side(action: Action, writes: bool) -> Side {
    (action.who, action.partner(), writes)
}

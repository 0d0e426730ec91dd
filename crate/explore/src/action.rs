//! Steps by names that are the same in every interleaving, and which of them depend on each other.

use chanscope_kernel::trace::Packed;
use chanscope_kernel::{Access, Act, ObjectId};
use smallvec::SmallVec;

use crate::names::{Place, Thing, Who};

/// What a goroutine's next operation does, or two goroutines' in a meeting. Which of its operations that is, its past
/// says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Action {
    pub(crate) who: Who,
    pub(crate) manner: Manner,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Manner {
    Alone {
        case: u8,
    },
    /// Named from the side of the attempt, or of the goroutine that was named first.
    Meet {
        case: u8,
        partner: Who,
        partner_case: u8,
    },
    Draw {
        value: u64,
    },
    Default,
}

impl Action {
    pub(crate) fn partner(self) -> Option<Who> {
        match self.manner {
            Manner::Meet { partner, .. } => Some(partner),
            _ => None,
        }
    }

    pub(crate) fn involves(self, who: Who) -> bool {
        self.who == who || self.partner() == Some(who)
    }

    /// Whether some goroutine takes part in both.
    pub(crate) fn shares(self, other: Self) -> bool {
        other.involves(self.who) || self.partner().is_some_and(|who| other.involves(who))
    }
}

/// What a step has touched.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Mark {
    pub(crate) place: Place,
    pub(crate) access: Access,
}

/// What a step has touched, all of it, each mark once.
///
/// The first 64 places, which are all that most programs have, stand as bits too: whether two steps conflict is asked
/// more often than anything else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Marks {
    list: SmallVec<[Mark; 6]>,
    changed: u64,
    read: u64,
    added_to: u64,
    /// Some mark is at a place beyond those.
    beyond: bool,
}

impl Marks {
    pub(crate) fn add(&mut self, mark: Mark) {
        if self.list.contains(&mark) {
            return;
        }
        self.list.push(mark);
        let place = 1u64.checked_shl(mark.place).unwrap_or(0);
        self.beyond |= place == 0;
        match mark.access {
            Access::Write | Access::PlainWrite => self.changed |= place,
            Access::Read | Access::PlainRead => self.read |= place,
            Access::Add => self.added_to |= place,
            Access::Enable | Access::Await | Access::Acquire | Access::Release => {}
        }
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Mark> {
        self.list.iter()
    }

    /// Whether exchanging two steps with these marks could be told.
    #[inline]
    pub(crate) fn conflict_with(&self, other: &Self) -> bool {
        let (read, added_to) = (other.read, other.added_to);
        let changed = self.changed & (other.changed | read | added_to) | other.changed & (self.read | self.added_to);
        changed | self.read & added_to | self.added_to & read != 0
            || (self.beyond && other.beyond && self.conflict_beyond(other))
    }

    #[inline(never)]
    fn conflict_beyond(&self, other: &Self) -> bool {
        let conflict = |mine: &Mark| {
            other.list.iter().any(|theirs| mine.place == theirs.place && mine.access.conflicts(theirs.access))
        };
        self.list.iter().any(conflict)
    }

    fn same_as(&self, other: &Self) -> bool {
        let same_set = || self.list.iter().all(|mark| other.list.contains(mark));
        self.list == other.list || (self.list.len() == other.list.len() && same_set())
    }
}

/// A step that was taken: what it did and what it touched.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Label {
    pub(crate) action: Action,
    pub(crate) marks: Marks,
    /// It ended the program by a panic. What the others had still to do was cut off, so the order beside each of
    /// their steps can be told.
    pub(crate) kills: bool,
    /// What it takes from, and how many of its like could come before it until it would do something else (see
    /// [`chanscope_kernel::Kind::spare`]).
    pub(crate) spare: Option<(Thing, u32)>,
}

impl Label {
    /// Whether the order of the two can be told, when both could come next. That one makes the other possible is
    /// another matter: that order cannot be reversed.
    #[inline]
    pub(crate) fn depends_on(&self, other: &Self) -> bool {
        self.kills || other.kills || self.action.shares(other.action) || self.marks.conflict_with(&other.marks)
    }

    /// Whether it leaves what the other one does as it is, where both could come next and their order cannot be told.
    pub(crate) fn spares(&self, other: &Self) -> bool {
        !matches!((self.spare, other.spare), (Some((mine, left)), Some((theirs, _))) if mine == theirs && left == 0)
    }

    /// Whether both are the same operation to the same effect: the last `Done` of a counter is not the same step when
    /// another has come before it, for it takes the counter below zero then.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.action == other.action && self.kills == other.kills && self.marks.same_as(&other.marks)
    }
}

/// An operation as it was submitted.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) who: Who,
    pub(crate) attempt: bool,
    /// It goes through in one way only, always, and touches the same whatever has happened elsewhere.
    pub(crate) steady: bool,
    /// Some case may go through together with somebody else's.
    pub(crate) may_meet: bool,
    pub(crate) draws: u64,
    pub(crate) cases: SmallVec<[Wanted; 1]>,
}

/// One case of an operation as it was submitted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) thing: Thing,
    /// In this run.
    pub(crate) object: ObjectId,
    pub(crate) act: Act,
    pub(crate) value: Packed,
}

impl Asked {
    pub(crate) fn asks_for(&self, thing: Thing) -> bool {
        self.cases.iter().any(|case| case.thing == thing)
    }
}

#[cfg(test)]
mod tests {
    use chanscope_kernel::Access::{self, Add, Await, Enable, PlainRead, PlainWrite, Read, Release, Write};

    use super::{Mark, Marks};

    /// Whether two touches of these places conflict, asked in both directions.
    fn conflict(mine: &[(u32, Access)], theirs: &[(u32, Access)]) -> bool {
        let marks = |list: &[(u32, Access)]| {
            let mut marks = Marks::default();
            list.iter().for_each(|&(place, access)| marks.add(Mark { place, access }));
            marks
        };
        let (mine, theirs) = (marks(mine), marks(theirs));
        assert_eq!(mine.conflict_with(&theirs), theirs.conflict_with(&mine));
        mine.conflict_with(&theirs)
    }

    #[test]
    fn marks_conflict_as_their_accesses_do_at_low_places_and_high_ones() {
        let all = [Write, Read, Add, Enable, Await, PlainWrite, PlainRead, Access::Acquire, Release];
        for place in [0, 5, 63, 64, 128, 1_000] {
            for (one, other) in all.into_iter().flat_map(|one| all.map(|other| (one, other))) {
                assert_eq!(
                    conflict(&[(place, one)], &[(place, other)]),
                    one.conflicts(other),
                    "{place} {one:?} {other:?}"
                );
                assert!(!conflict(&[(place, one)], &[(place + 64, other)]), "{place} {one:?} {other:?}");
            }
            assert!(conflict(&[(1, Read), (place, Write)], &[(2, Write), (place, Read)]));
        }
    }
}

//! Steps by names that are the same in every interleaving, and which of them depend on each other.

use chanscope_kernel::trace::Packed;
use chanscope_kernel::{Access, Act, ObjectId};
use smallvec::SmallVec;

use crate::names::{Place, Thing, Who};

/// What a goroutine's next operation does, or two goroutines' in a meeting. Which of its operations that is, its past
/// says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Action {
    pub(crate) who: Who,
    pub(crate) manner: Manner,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    pub(crate) place: Place,
    pub(crate) access: Access,
}

/// What a step has touched, all of it.
pub(crate) type Marks = SmallVec<[Mark; 6]>;

/// A step that was taken: what it did and what it touched.
#[derive(Clone, Debug)]
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
    pub(crate) fn depends_on(&self, other: &Self) -> bool {
        self.kills || other.kills || self.action.shares(other.action) || self.conflicts_with_any(&other.marks)
    }

    /// Whether these touches of another step are told apart from this one's.
    pub(crate) fn conflicts_with_any(&self, marks: &[Mark]) -> bool {
        let conflict =
            |mine: &Mark| marks.iter().any(|theirs| mine.place == theirs.place && mine.access.conflicts(theirs.access));
        self.marks.iter().any(conflict)
    }

    /// Whether it leaves what the other one does as it is, where both could come next and their order cannot be told.
    pub(crate) fn spares(&self, other: &Self) -> bool {
        !matches!((self.spare, other.spare), (Some((mine, left)), Some((theirs, _))) if mine == theirs && left == 0)
    }

    /// Whether both are the same operation to the same effect: the last `Done` of a counter is not the same step when
    /// another has come before it, for it takes the counter below zero then.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.action == other.action && self.kills == other.kills && self.touches_same_as(&other.marks)
    }

    pub(crate) fn touches_same_as(&self, marks: &[Mark]) -> bool {
        self.marks.len() == marks.len() && self.marks.iter().all(|mark| marks.contains(mark))
    }
}

/// An operation as it was submitted.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) who: Who,
    pub(crate) attempt: bool,
    /// It goes through in one way only, always, and touches the same whatever has happened elsewhere.
    pub(crate) steady: bool,
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

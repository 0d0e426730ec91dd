//! Steps by names that are the same in every interleaving, and which of them depend on each other.

use chanscope_kernel::Access;
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
}

/// What a step has touched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    pub(crate) place: Place,
    pub(crate) access: Access,
}

/// A step that was taken: what it did and what it touched.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) action: Action,
    pub(crate) marks: SmallVec<[Mark; 6]>,
    /// It ended the program by a panic. What the others had still to do was cut off, so the order beside each of
    /// their steps can be told.
    pub(crate) kills: bool,
}

impl Label {
    /// Whether the order of the two can be told, when both could come next. That one makes the other possible is
    /// another matter: that order cannot be reversed.
    pub(crate) fn depends_on(&self, other: &Self) -> bool {
        let (a, b) = (self.action, other.action);
        let conflict = |mine: &Mark| {
            other.marks.iter().any(|theirs| mine.place == theirs.place && mine.access.conflicts(theirs.access))
        };
        self.kills
            || other.kills
            || b.involves(a.who)
            || a.partner().is_some_and(|who| b.involves(who))
            || self.marks.iter().any(conflict)
    }
}

/// An operation as it was submitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Asked {
    pub(crate) who: Who,
    pub(crate) attempt: bool,
    /// It goes through in one way only, always, and touches the same whatever has happened elsewhere.
    pub(crate) steady: bool,
    pub(crate) draws: bool,
    /// The objects of its cases.
    pub(crate) things: SmallVec<[Thing; 2]>,
}

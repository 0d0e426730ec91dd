//! Steps by names that are the same in every interleaving, and which of them depend on each other.

use chanscope_kernel::trace::Packed;
use chanscope_kernel::{Access, Act, ObjectId};
use smallvec::SmallVec;

use crate::marks::{Mark, Marks};
use crate::names::{Thing, Who};

/// What a goroutine's next operation does, or two goroutines' in a meeting. Which of its operations that is, its past
/// says.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Action {
    pub(crate) who: Who,
    pub(crate) manner: Manner,
}

#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
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
    #[default]
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

/// A step that was taken: what it did and what it touched.
#[derive(Default, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Label {
    pub(crate) action: Action,
    /// Who takes part, as bits; none where somebody has a number that there is no bit for.
    parts: u64,
    pub(crate) marks: Marks,
    /// It ended the program by a panic. What the others had still to do was cut off, so the order beside each of
    /// their steps can be told.
    pub(crate) kills: bool,
    /// What it takes from, and how many of its like could come before it until it would do something else (see
    /// [`chanscope_kernel::Kind::spare`]).
    pub(crate) spare: Option<(Thing, u32)>,
}

impl Label {
    pub(crate) fn new(action: Action, marks: Marks, kills: bool, spare: Option<(Thing, u32)>) -> Self {
        Self { action, parts: parts(action), marks, kills, spare }
    }

    /// Another step's label is to be written here.
    pub(crate) fn begin(&mut self, action: Action, kills: bool) {
        (self.action, self.parts) = (action, parts(action));
        (self.kills, self.spare) = (kills, None);
        self.marks.clear();
    }

    /// Whether the order of the two can be told, when both could come next. That one makes the other possible is
    /// another matter: that order cannot be reversed.
    #[inline]
    pub(crate) fn depends_on(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.parts, other.parts);
        self.kills | other.kills | (mine & theirs != 0)
            || self.marks.conflict_with(&other.marks)
            || ((mine == 0 || theirs == 0) && self.action.shares(other.action))
    }

    /// Whether it has to come after `other`, which came before it and could not be left out.
    pub(crate) fn has_to_follow(&self, other: &Self) -> bool {
        let awaits = |mark: &Mark| {
            mark.accesses.has(Access::Await)
                && other.marks.iter().any(|theirs| theirs.place == mark.place && theirs.accesses.has(Access::Enable))
        };
        self.depends_on(other) || self.marks.iter().any(awaits)
    }

    /// Whether it leaves what the other one does as it is, where both could come next and their order cannot be told.
    pub(crate) fn spares(&self, other: &Self) -> bool {
        !matches!((self.spare, other.spare), (Some((mine, left)), Some((theirs, _))) if mine == theirs && left == 0)
    }

    /// Whether both are the same operation to the same effect: the last `Done` of a counter is not the same step when
    /// another has come before it, for it takes the counter below zero then.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.action == other.action && self.kills == other.kills && self.marks == other.marks
    }
}

fn parts(action: Action) -> u64 {
    let bit = |who: Who| 1u64.checked_shl(who).unwrap_or(0);
    let (own, partner) = (bit(action.who), action.partner().map_or(0, bit));
    if own == 0 || (partner == 0 && action.partner().is_some()) { 0 } else { own | partner }
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
    use super::{Action, Label, Manner, Marks};

    #[test]
    fn steps_with_a_goroutine_in_common_depend_on_each_other_however_many_there_are() {
        let numbers = [0, 1, 63, 64, 65, 128, 1_000];
        let actions = numbers.into_iter().flat_map(|who| {
            let meet = |partner| Manner::Meet { case: 0, partner, partner_case: 0 };
            let met = numbers.into_iter().filter(move |partner| *partner != who).map(meet);
            met.chain([Manner::Alone { case: 0 }]).map(move |manner| Action { who, manner })
        });
        let labels: Vec<Label> = actions.map(|action| Label::new(action, Marks::default(), false, None)).collect();
        for (one, other) in labels.iter().flat_map(|one| labels.iter().map(move |other| (one, other))) {
            assert_eq!(one.depends_on(other), one.action.shares(other.action), "{:?} {:?}", one.action, other.action);
        }
    }
}

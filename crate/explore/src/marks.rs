//! What a step has touched, and whether two steps have touched what cannot be exchanged.

use chanscope_kernel::Access;
use smallvec::SmallVec;

use crate::names::Place;

/// Some of the ways to touch a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Accesses(u16);

impl Accesses {
    pub(crate) const WRITES: Self = Self(bit(Access::Write) | bit(Access::PlainWrite));
    const READS: Self = Self(bit(Access::Read) | bit(Access::PlainRead));
    const ADD: Self = Self(bit(Access::Add));

    pub(crate) fn has(self, access: Access) -> bool {
        self.0 & bit(access) != 0
    }

    pub(crate) fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether whoever comes later finds what it would have found without.
    fn change_nothing(self) -> bool {
        const LOOKS: u16 = Accesses::READS.0 | bit(Access::Await) | bit(Access::Acquire);
        self.0 & !LOOKS == 0
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// All that any of these conflicts with.
    #[inline]
    pub(crate) fn rivals(self) -> Self {
        let of = |mine: Self, theirs: Self| if self.meet(mine) { theirs } else { Self::default() };
        let (writes, reads, add) = (Self::WRITES, Self::READS, Self::ADD);
        of(writes, writes.and(reads).and(add)).and(of(reads, writes.and(add))).and(of(add, writes.and(reads)))
    }
}

const fn bit(access: Access) -> u16 {
    1 << access as u16
}

/// How a step has touched a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Mark {
    pub(crate) place: Place,
    pub(crate) accesses: Accesses,
}

/// What a step has touched, all of it, each place once.
///
/// The first 64 places, which are all that most programs have, stand as bits too: whether two steps conflict is asked
/// more often than anything else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Marks {
    changed: u64,
    read: u64,
    added_to: u64,
    /// Some mark is at a place beyond those.
    beyond: bool,
    /// Plain memory is touched.
    plain: bool,
    /// By place.
    list: SmallVec<[Mark; 4]>,
}

impl Marks {
    pub(crate) fn add(&mut self, place: Place, access: Access) {
        let accesses = Accesses(bit(access));
        let mark = Mark { place, accesses };
        // Mostly it is one behind the others.
        if self.list.last().is_none_or(|last| last.place < place) {
            self.list.push(mark);
        } else {
            match self.list.binary_search_by_key(&place, |mark| mark.place) {
                Ok(at) => self.list[at].accesses = self.list[at].accesses.and(accesses),
                Err(at) => self.list.insert(at, mark),
            }
        }
        let place = 1u64.checked_shl(place).unwrap_or(0);
        self.beyond |= place == 0;
        self.plain |= matches!(access, Access::PlainWrite | Access::PlainRead | Access::Waited);
        if accesses.meet(Accesses::WRITES) {
            self.changed |= place;
        } else if accesses.meet(Accesses::READS) {
            self.read |= place;
        } else if accesses.meet(Accesses::ADD) {
            self.added_to |= place;
        }
    }

    /// Whether the step has only looked.
    pub(crate) fn change_nothing(&self) -> bool {
        self.iter().all(|mark| mark.accesses.change_nothing())
    }

    pub(crate) fn clear(&mut self) {
        let Self { changed, read, added_to, beyond, plain, list } = self;
        (*changed, *read, *added_to, *beyond, *plain) = (0, 0, 0, false, false);
        list.clear();
    }

    /// Whether plain memory is touched, which can race.
    pub(crate) fn are_plain(&self) -> bool {
        self.plain
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
            let same_place = other.list.iter().filter(|theirs| mine.place == theirs.place);
            same_place.into_iter().any(|theirs| mine.accesses.rivals().meet(theirs.accesses))
        };
        self.list.iter().any(conflict)
    }
}

#[cfg(test)]
mod tests {
    use chanscope_kernel::Access::{self, Add, Await, Enable, PlainRead, PlainWrite, Read, Release, Write};

    use super::Marks;

    const ALL: [Access; 10] =
        [Write, Read, Add, Enable, Await, PlainWrite, PlainRead, Access::Acquire, Release, Access::Waited];

    fn marks(list: &[(u32, Access)]) -> Marks {
        let mut marks = Marks::default();
        list.iter().for_each(|&(place, access)| marks.add(place, access));
        marks
    }

    /// Whether two touches of these places conflict, asked in both directions.
    fn conflict(mine: &[(u32, Access)], theirs: &[(u32, Access)]) -> bool {
        let (mine, theirs) = (marks(mine), marks(theirs));
        assert_eq!(mine.conflict_with(&theirs), theirs.conflict_with(&mine));
        mine.conflict_with(&theirs)
    }

    #[test]
    fn marks_conflict_as_their_accesses_do_at_low_places_and_high_ones() {
        for place in [0, 5, 63, 64, 128, 1_000] {
            for (one, other) in ALL.into_iter().flat_map(|one| ALL.map(|other| (one, other))) {
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

    #[test]
    fn several_accesses_of_a_place_conflict_with_what_any_of_them_does() {
        for (one, other) in ALL.into_iter().flat_map(|one| ALL.map(|other| (one, other))) {
            let both = marks(&[(70, one), (70, other)]);
            assert_eq!(both.iter().count(), 1);
            let rivals = both.iter().next().expect("just counted").accesses.rivals();
            for third in ALL {
                let conflicts = one.conflicts(third) || other.conflicts(third);
                assert_eq!(rivals.has(third), conflicts, "{one:?} and {other:?} with {third:?}");
                assert_eq!(both.conflict_with(&marks(&[(70, third)])), conflicts);
            }
        }
    }

    #[test]
    fn the_order_in_which_marks_are_made_does_not_matter() {
        let list = [(3, Write), (80, Read), (3, Release), (1, Add)];
        let mut turned = list;
        turned.reverse();
        assert_eq!(marks(&list), marks(&turned));
        assert_ne!(marks(&list), marks(&list[..3]));
    }
}

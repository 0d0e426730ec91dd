//! One event, put together from its row and what stands beside it.

use crate::ids::{GoroutineId, ObjectId, Position, SiteId};
use crate::object::Act;
use crate::value::Value;

/// What can be said of an event with a yes or a no.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flags(pub(super) u8);

impl Flags {
    /// Nothing to be said.
    pub const NONE: Self = Self(0);
    /// The first event of a step: between two of these nobody can choose.
    pub const STEP: Self = Self(1);
    /// The goroutine had parked before this operation went through.
    pub const PARKED: Self = Self(2);
    /// A case of a select.
    pub const SELECT: Self = Self(4);
    /// The operation returned a panic.
    pub const FAILED: Self = Self(8);
    /// Meaning depends on the act; a receive sets it when it returned because the channel was closed and drained.
    pub const SPECIAL: Self = Self(16);
    /// An attempt: a select that has a default.
    pub const ATTEMPT: Self = Self(32);
    /// A deferred call made it.
    pub const DEFERRED: Self = Self(64);

    /// Whether all of `other` is said.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// `self` where `condition` holds, else nothing.
    #[must_use]
    pub fn when(self, condition: bool) -> Self {
        if condition { self } else { Self::NONE }
    }

    /// The bits, for digests and rows.
    #[must_use]
    pub fn bits(self) -> u8 {
        self.0
    }
}

/// Something that happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Event {
    /// Where in the trace: the event leads from this position to the next.
    pub at: Position,
    /// Who did it.
    pub goroutine: GoroutineId,
    /// To which object.
    pub object: ObjectId,
    /// What.
    pub act: Act,
    /// What else there is to say.
    pub flags: Flags,
    /// Which case of a select.
    pub case: Option<u8>,
    /// Where in the source.
    pub site: SiteId,
    /// The value, to be looked up with [`Trace::value`](super::Trace::value).
    pub value: Packed,
    /// The other goroutine: of a rendezvous, or the one just started.
    pub partner: Option<GoroutineId>,
    /// The event that the value came from: for a receive the send, which in a rendezvous is the next event.
    pub source: Option<Position>,
    /// For an operation that had parked: the event that let it through.
    pub cause: Option<Position>,
}

/// A value in 32 bits: small numbers as they are, everything else by its place in a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Packed(pub(crate) u32);

impl Packed {
    /// No value at all.
    pub const NONE: Self = Self(u32::MAX);
    pub(super) const UNIT: Self = Self(u32::MAX - 1);
    pub(super) const TABLE: u32 = 1 << 31;

    /// A value that needs no place in the table.
    #[inline]
    pub(crate) fn small(value: &Value) -> Option<Self> {
        match *value {
            Value::Unit => Some(Self::UNIT),
            Value::Int(n) => u32::try_from(n).ok().filter(|n| n & Self::TABLE == 0).map(Self),
            _ => None,
        }
    }
}

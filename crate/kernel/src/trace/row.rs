//! What every event has, in 18 bytes.

use crate::ids::{GoroutineId, ObjectId, SiteId};
use crate::object::Act;
use crate::trace::event::{Event, Flags, Packed};

/// An event without what most events have not: partner, source and cause.
#[derive(Clone, Copy)]
#[repr(C, packed(2))]
pub(super) struct Row {
    goroutine: u32,
    object: u32,
    value: u32,
    site: u16,
    act: u8,
    flags: u8,
    case: u8,
}

const NO_CASE: u8 = u8::MAX;

impl Row {
    pub(super) fn of(event: &Event) -> Self {
        Self {
            goroutine: event.goroutine.0,
            object: event.object.0,
            value: event.value.0,
            site: u16::try_from(event.site.0).expect("sites are in the source"),
            act: event.act.0,
            flags: event.flags.0,
            case: event.case.unwrap_or(NO_CASE),
        }
    }

    pub(super) fn goroutine(self) -> GoroutineId {
        GoroutineId(self.goroutine)
    }

    pub(super) fn object(self) -> ObjectId {
        ObjectId(self.object)
    }

    pub(super) fn value(self) -> Packed {
        Packed(self.value)
    }

    pub(super) fn site(self) -> SiteId {
        SiteId(self.site.into())
    }

    pub(super) fn act(self) -> Act {
        Act(self.act)
    }

    pub(super) fn flags(self) -> Flags {
        Flags(self.flags)
    }

    pub(super) fn case(self) -> Option<u8> {
        Some(self.case).filter(|&case| case != NO_CASE)
    }
}

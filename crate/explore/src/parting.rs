//! Where two runs of one program part.

use chanscope_kernel::{Event, Position, Trace};

/// The first position from which two runs go on differently.
///
/// `None` when they are the same; the length of the shorter where the other only goes on. Linear in that length.
#[must_use]
pub fn parting(one: &Trace, other: &Trace) -> Option<Position> {
    let both = one.len().min(other.len());
    let parts = |at: &Position| told(one, &one.event(*at)) != told(other, &other.event(*at));
    (0..both).find(parts).or_else(|| (one.len() != other.len()).then_some(both))
}

/// An event as a reader tells it from another.
fn told(trace: &Trace, event: &Event) -> impl PartialEq + use<> {
    let path = |id| trace.goroutine(id).path.clone();
    let object = trace.object(event.object);
    let partner = event.partner.map(path);
    let what = (object.kind.name(), object.name.clone(), event.act, event.case, event.flags.bits());
    (path(event.goroutine), what, trace.event_value(event), partner)
}

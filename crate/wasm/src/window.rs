//! Windows of the timeline, as flat lists of numbers.

use std::collections::BTreeSet;

use chanscope_kernel::GoroutineId;
use chanscope_kernel::trace::{ArrowKind, Flags, Window};

use crate::snapshot::{shape, status};
use crate::wire::{WindowData, WindowQuery};

/// The widest picture that is drawn, in pixels.
const MAX_PIXELS: u32 = 16_384;

pub(crate) fn answer(window: Window<'_>, query: &WindowQuery) -> WindowData {
    let events = window.trace.len();
    let to = query.to.min(events);
    let range = query.from.min(to)..to;
    let lanes = u32::try_from(window.trace.goroutines().len()).expect("goroutines are limited");
    let lanes = (query.first_lane.min(lanes)..query.end_lane.min(lanes)).map(GoroutineId);
    let pixels = query.pixels.clamp(1, MAX_PIXELS);
    let mut data = WindowData { dense: to - range.start > pixels, ..WindowData::default() };
    if data.dense {
        let mut cells = Vec::new();
        for lane in lanes {
            cells.clear();
            window.density(lane, range.clone(), pixels, &mut cells);
            let bytes = cells.iter().flat_map(|cell| [cell.status.map_or(0, |s| status(s) as u8), cell.events]);
            data.density.extend(bytes);
        }
        return data;
    }
    let (mut spans, mut marks, mut arrows) = (Vec::new(), Vec::new(), BTreeSet::new());
    for lane in lanes {
        window.spans(lane, range.clone(), &mut spans);
        window.marks(lane, range.clone(), &mut marks);
        window.arrows(lane, range.clone(), &mut arrows);
    }
    data.spans.extend(spans.iter().flat_map(|s| [s.goroutine.0, s.from, s.to, status(s.status) as u32]));
    data.marks.extend(marks.iter().flat_map(|mark| {
        let wrong = u32::from(mark.flags.has(Flags::FAILED));
        let selected = 2 * u32::from(mark.flags.has(Flags::SELECT));
        [mark.goroutine.0, mark.at, shape(mark.shape) as u32, wrong | selected]
    }));
    data.arrows.extend(arrows.iter().flat_map(|arrow| {
        let kind = match arrow.kind {
            ArrowKind::Value => 0,
            ArrowKind::Close => 1,
            ArrowKind::Start => 2,
            ArrowKind::Wake => 3,
        };
        [arrow.from.0.0, arrow.from.1, arrow.to.0.0, arrow.to.1, kind]
    }));
    data
}

//! Windows of the timeline, as flat lists of numbers.

use std::collections::BTreeSet;
use std::ops::Range;

use chanscope_kernel::trace::{ArrowKind, Density, Flags, Mark, Trace, Window};
use chanscope_kernel::{GoroutineId, Position};

use crate::lanes::{Lanes, Lists};
use crate::races::Races;
use crate::snapshot::{shape, status};
use crate::wire::{LanesBy, Status, WindowData, WindowQuery};

/// The widest picture that is drawn, in pixels.
const MAX_PIXELS: u32 = 16_384;
/// The kind of an arrow that joins the two accesses of a data race.
const RACE_ARROW: u32 = 4;

pub(crate) fn answer(window: Window<'_>, races: Races<'_>, lanes: &Lanes, query: &WindowQuery) -> WindowData {
    let to = query.to.min(window.trace.len());
    let range = query.from.min(to)..to;
    let pixels = query.pixels.clamp(1, MAX_PIXELS);
    let dense = to - range.start > pixels;
    let mut data = WindowData { dense, ..WindowData::default() };
    match (lanes.lists(window.trace, query.by), dense) {
        (None, true) => swarm(window, query, &range, pixels, &mut data),
        (None, false) => goroutines(window, races, query, &range, &mut data),
        (Some(lists), true) => {
            for &lane in &query.lanes {
                counts(lists.of(lane), query.by, &range, pixels, &mut data.density);
            }
        }
        (Some(lists), false) => others(window, races, lists, query, &range, &mut data),
    }
    raced(window.trace, races, query.by, &range, &mut data);
    data
}

/// What races in the window: a line from access to access, and where lanes are too dense for marks, marks of those two.
fn raced(trace: &Trace, races: Races<'_>, by: LanesBy, range: &Range<Position>, data: &mut WindowData) {
    let lane = |at: Position| match by {
        LanesBy::Goroutine => Some(trace.actor(at).0),
        LanesBy::Processor => trace.processor(at).map(u32::from),
        LanesBy::Object => Some(trace.object_of(at).0),
    };
    for &[one, other] in races.0 {
        let (true, Some(from), Some(to)) = (range.contains(&one) || range.contains(&other), lane(one), lane(other))
        else {
            continue;
        };
        data.arrows.extend([from, one, to, other, RACE_ARROW]);
        for (lane, at) in [(from, one), (to, other)].into_iter().filter(|(_, at)| data.dense && range.contains(at)) {
            let event = trace.event(at);
            let shape = shape(trace.object(event.object).kind.shape(event.act));
            data.marks.extend([lane, at, shape as u32, flags(event.flags, true)]);
        }
    }
}

/// Those of the goroutines asked for that there are.
fn known<'a>(window: Window<'a>, asked: &'a [u32]) -> impl Iterator<Item = GoroutineId> + 'a {
    let lanes = window.trace.goroutines().len();
    asked.iter().map(|&lane| GoroutineId(lane)).filter(move |id| id.index() < lanes)
}

/// Many events a pixel.
fn swarm(window: Window<'_>, query: &WindowQuery, range: &Range<Position>, pixels: u32, data: &mut WindowData) {
    let mut cells = Vec::new();
    for lane in known(window, &query.lanes) {
        cells.clear();
        window.density(lane, range.clone(), pixels, &mut cells);
        data.density.extend(cells.iter().flat_map(cell));
    }
    for members in &query.merged {
        let mut sum = vec![Density { status: None, events: 0 }; pixels as usize];
        for lane in known(window, members) {
            cells.clear();
            window.density(lane, range.clone(), pixels, &mut cells);
            for (sum, cell) in sum.iter_mut().zip(&cells) {
                sum.events = sum.events.saturating_add(cell.events);
                sum.status = [sum.status, cell.status].into_iter().flatten().min_by_key(|s| status(*s) as u8);
            }
        }
        data.density.extend(sum.iter().flat_map(cell));
    }
}

fn cell(cell: &Density) -> [u8; 2] {
    [cell.status.map_or(0, |s| status(s) as u8), cell.events]
}

fn goroutines(
    window: Window<'_>,
    races: Races<'_>,
    query: &WindowQuery,
    range: &Range<Position>,
    data: &mut WindowData,
) {
    let (mut spans, mut marks, mut arrows) = (Vec::new(), Vec::new(), BTreeSet::new());
    for lane in known(window, &query.lanes) {
        window.spans(lane, range.clone(), &mut spans);
        window.marks(lane, range.clone(), &mut marks);
        window.arrows(lane, range.clone(), &mut arrows);
    }
    for lane in query.merged.iter().flat_map(|members| known(window, members)) {
        window.marks(lane, range.clone(), &mut marks);
        window.arrows(lane, range.clone(), &mut arrows);
    }
    data.spans.extend(spans.iter().flat_map(|s| [s.goroutine.0, s.from, s.to, status(s.status) as u32]));
    let flags = |mark: &Mark| flags(mark.flags, races.has(mark.at));
    data.marks.extend(marks.iter().flat_map(|m| [m.goroutine.0, m.at, shape(m.shape) as u32, flags(m)]));
    data.arrows.extend(arrows.iter().flat_map(|arrow| {
        let kind = match arrow.kind {
            ArrowKind::Value => 0,
            ArrowKind::Close => 1,
            ArrowKind::Start => 2,
            ArrowKind::Wake => 3,
        };
        [arrow.from.0.0, arrow.from.1, arrow.to.0.0, arrow.to.1, kind]
    }));
}

fn flags(flags: Flags, races: bool) -> u32 {
    u32::from(flags.has(Flags::FAILED)) + 2 * u32::from(flags.has(Flags::SELECT)) + 4 * u32::from(races)
}

/// Lanes that stand for processors or objects.
fn others(
    window: Window<'_>,
    races: Races<'_>,
    lists: &Lists,
    query: &WindowQuery,
    range: &Range<Position>,
    data: &mut WindowData,
) {
    let trace = window.trace;
    let mut marked = Vec::new();
    for &lane in &query.lanes {
        let events = lists.of(lane);
        // A goroutine stays on its processor until another one's step there.
        if query.by == LanesBy::Processor {
            for (actor, on) in turns(window, events, range) {
                data.spans.extend([lane, on.start, on.end, Status::Running as u32]);
                data.actors.push(actor.0);
            }
        }
        for event in inside(events, range).iter().map(|&at| trace.event(at)) {
            let shape = shape(trace.object(event.object).kind.shape(event.act));
            data.marks.extend([lane, event.at, shape as u32, flags(event.flags, races.has(event.at))]);
            marked.push(event.goroutine.0);
        }
    }
    data.actors.extend(marked);
}

fn inside<'a>(events: &'a [Position], range: &Range<Position>) -> &'a [Position] {
    let from = events.partition_point(|&at| at < range.start);
    let to = events.partition_point(|&at| at < range.end);
    &events[from..to]
}

/// Who ran from where to where, clipped: from the first to the last of its steps in a row on a processor. Those that
/// began before the window are looked for back to the last event before it.
fn turns(window: Window<'_>, events: &[Position], range: &Range<Position>) -> Vec<(GoroutineId, Range<Position>)> {
    let from = events.partition_point(|&at| at < range.start).saturating_sub(1);
    let to = (events.partition_point(|&at| at < range.end) + 1).min(events.len());
    let mut turns: Vec<(GoroutineId, Range<Position>)> = Vec::new();
    for &at in &events[from..to] {
        let actor = window.trace.actor(at);
        match turns.last_mut() {
            Some((last, on)) if *last == actor => on.end = at + 1,
            _ => turns.push((actor, at..at + 1)),
        }
    }
    let clipped = turns.into_iter().map(|(actor, on)| (actor, on.start.max(range.start)..on.end.min(range.end)));
    clipped.filter(|(_, on)| on.start < on.end).collect()
}

/// How many events of a lane each pixel has; on a processor every one of them is somebody running.
fn counts(events: &[Position], by: LanesBy, range: &Range<Position>, pixels: u32, out: &mut Vec<u8>) {
    let width = u64::from(range.end - range.start);
    let mut event = events.partition_point(|&at| at < range.start);
    for pixel in 1..=u64::from(pixels) {
        let end = range.start + u32::try_from(width * pixel / u64::from(pixels)).expect("within the window");
        let before = event;
        while events.get(event).is_some_and(|&at| at < end) {
            event += 1;
        }
        let runs = by == LanesBy::Processor && event > before;
        out.push(if runs { Status::Running as u8 } else { 0 });
        out.push(u8::try_from(event - before).unwrap_or(u8::MAX));
    }
}

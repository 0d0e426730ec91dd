//! Windows: what a timeline needs of lanes `a..b` between two positions, and no more.
//!
//! An event leads from its position to the next, so what it changed holds from `at + 1` on.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::ids::{GoroutineId, Position};
use crate::object::Shape;
use crate::runtime_kind;
use crate::trace::event::{Event, Flags};
use crate::trace::index::Index;
use crate::trace::table::Trace;

/// What a goroutine is doing, as a lane shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Can go on and is under way.
    Running,
    /// Could go on and has not yet: just started, or let through after having parked.
    Ready,
    /// Waits and cannot go on.
    Parked,
    /// Has returned.
    Finished,
    /// Ended by a panic.
    Panicked,
    /// Parked for ever after main had returned.
    Leaked,
}

/// A stretch of a lane with one status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// Whose lane.
    pub goroutine: GoroutineId,
    /// First position.
    pub from: Position,
    /// Last position.
    pub to: Position,
    /// The status between them.
    pub status: Status,
}

/// An event on a lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Whose lane.
    pub goroutine: GoroutineId,
    /// Which event.
    pub at: Position,
    /// How it is drawn.
    pub shape: Shape,
    /// What else can be said of it.
    pub flags: Flags,
}

/// What an arrow means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ArrowKind {
    /// A value travelled.
    Value,
    /// A close let somebody through.
    Close,
    /// A goroutine was started.
    Start,
    /// Some other event let somebody through.
    Wake,
}

/// From one event to another. For a start, the end is the child's lane at the event after the start.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Arrow {
    /// Where it begins.
    pub from: (GoroutineId, Position),
    /// Where it ends.
    pub to: (GoroutineId, Position),
    /// What it means.
    pub kind: ArrowKind,
}

/// One cell of a picture in which a pixel holds many events.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Density {
    /// The status in the middle of the pixel; none before birth and after the end.
    pub status: Option<Status>,
    /// Events in the pixel, at most 255.
    pub events: u8,
}

/// A finished trace with what is needed to cut windows out of it.
#[derive(Clone, Copy)]
pub struct Window<'a> {
    /// The trace.
    pub trace: &'a Trace,
    /// Its index.
    pub index: &'a Index,
    /// Goroutines that leaked.
    pub leaked: &'a BTreeSet<GoroutineId>,
}

impl Window<'_> {
    /// The spans of a lane, clipped to the window. Cost: the lane's events in the window.
    pub fn spans(self, goroutine: GoroutineId, window: Range<Position>, out: &mut Vec<Span>) {
        let mut push = |from: Position, to: Position, status: Status| {
            let (from, to) = (from.max(window.start), to.min(window.end));
            if from < to {
                out.push(Span { goroutine, from, to, status });
            }
        };
        let events = self.index.of(goroutine);
        let first = events.partition_point(|&e| e < window.start).saturating_sub(1);
        let mut before = first.checked_sub(1).map(|i| self.trace.event(events[i]));
        let mut since = before.map_or(self.trace.goroutine(goroutine).born, |event| event.at + 1);
        for &at in &events[first..] {
            let event = self.trace.event(at);
            self.between(goroutine, before.as_ref(), since, Some(&event), &mut push);
            since = at + 1;
            before = Some(event);
            if since > window.end {
                return;
            }
        }
        self.between(goroutine, before.as_ref(), since, None, &mut push);
    }

    /// What a goroutine is between two of its events.
    fn between(
        self,
        goroutine: GoroutineId,
        before: Option<&Event>,
        since: Position,
        next: Option<&Event>,
        push: &mut impl FnMut(Position, Position, Status),
    ) {
        let until = next.map_or(self.trace.len(), |event| event.at + 1);
        match before.map(|event| self.after(goroutine, event)) {
            None => push(since, until, Status::Ready),
            Some(Status::Finished | Status::Panicked) => {}
            Some(Status::Parked) => {
                let woken = next.and_then(|event| event.cause).map_or(until, |cause| (cause + 1).max(since));
                let leaked = self.leaked.contains(&goroutine) && next.is_none();
                let lost = if leaked { self.trace.main_returned().unwrap_or(woken).max(since) } else { woken };
                push(since, lost.min(woken), Status::Parked);
                push(lost.min(woken), woken, Status::Leaked);
                push(woken, until, Status::Ready);
            }
            Some(status) => push(since, until, status),
        }
    }

    /// The status right after an event of the goroutine's own.
    fn after(self, goroutine: GoroutineId, event: &Event) -> Status {
        match self.trace.runtime_act(event) {
            Some(runtime_kind::EXIT | runtime_kind::GOEXIT | runtime_kind::RETURN) => Status::Finished,
            Some(runtime_kind::PANIC | runtime_kind::FATAL) => Status::Panicked,
            Some(runtime_kind::PARK) => Status::Parked,
            Some(runtime_kind::TIME) => Status::Ready,
            _ if self.leaked.contains(&goroutine) && self.index.next(goroutine, event.at + 1).is_none() => {
                Status::Leaked
            }
            _ => Status::Running,
        }
    }

    /// The status of a goroutine at a position; none before its birth.
    #[must_use]
    pub fn status(self, goroutine: GoroutineId, at: Position) -> Option<Status> {
        let born = self.trace.goroutine(goroutine).born;
        if at < born {
            return None;
        }
        let before = self.index.last_before(goroutine, at).map(|e| self.trace.event(e));
        let next = self.index.next(goroutine, at).map(|e| self.trace.event(e));
        let since = before.map_or(born, |event| event.at + 1);
        if let Some(status @ (Status::Finished | Status::Panicked)) = before.map(|e| self.after(goroutine, &e)) {
            return Some(status);
        }
        let mut found = None;
        // At the very end nothing follows, so the stretch that would begin here is empty: look at the one before.
        let at = if at == self.trace.len() && since < at { at - 1 } else { at };
        self.between(goroutine, before.as_ref(), since, next.as_ref(), &mut |from, to, status| {
            if from <= at && at < to {
                found = Some(status);
            }
        });
        found.or_else(|| before.map_or(Some(Status::Ready), |event| Some(self.after(goroutine, &event))))
    }

    /// The lane's events in the window.
    pub fn marks(self, goroutine: GoroutineId, window: Range<Position>, out: &mut Vec<Mark>) {
        let events = self.index.of(goroutine);
        let first = events.partition_point(|&e| e < window.start);
        for &at in events[first..].iter().take_while(|&&at| at < window.end) {
            let event = self.trace.event(at);
            let shape = self.trace.object(event.object).kind.shape(event.act);
            out.push(Mark { goroutine, at, shape, flags: event.flags });
        }
    }

    /// Arrows with at least one end among the lane's events in the window. An arrow between two lanes that are both
    /// asked for comes twice: gather them in a set.
    pub fn arrows(self, goroutine: GoroutineId, window: Range<Position>, out: &mut BTreeSet<Arrow>) {
        let events = self.index.of(goroutine);
        let first = events.partition_point(|&e| e < window.start);
        let mut add = |arrow: Arrow| {
            if window.contains(&arrow.from.1) || window.contains(&arrow.to.1) {
                out.insert(arrow);
            }
        };
        // One event beyond the end, since what let it through may lie in the window.
        let inside = events[first..].iter().take_while(|&&at| at < window.end).count();
        for &at in events[first..].iter().take(inside + 1) {
            let event = self.trace.event(at);
            let to = (goroutine, at);
            if let Some(source) = event.source {
                add(Arrow { from: (self.trace.actor(source), source), to, kind: ArrowKind::Value });
            }
            if let Some(cause) = event.cause {
                let by = self.trace.event(cause);
                let closes = self.trace.object(by.object).kind.shape(by.act) == Shape::Close;
                let kind = if closes { ArrowKind::Close } else { ArrowKind::Wake };
                if event.source != Some(cause) {
                    add(Arrow { from: (by.goroutine, cause), to, kind });
                }
            }
            if let Some(receive) = self.index.receiver(at) {
                add(Arrow { from: to, to: (self.trace.actor(receive), receive), kind: ArrowKind::Value });
            }
            if let (Some(runtime_kind::SPAWN), Some(child)) = (self.trace.runtime_act(&event), event.partner) {
                add(Arrow { from: to, to: (child, at), kind: ArrowKind::Start });
            }
        }
    }

    /// A lane in `pixels` cells of equal width. Cost: the lane's events in the window, or the pixels, whichever is
    /// more.
    pub fn density(self, goroutine: GoroutineId, window: Range<Position>, pixels: u32, out: &mut Vec<Density>) {
        let mut spans = Vec::new();
        self.spans(goroutine, window.clone(), &mut spans);
        let events = self.index.of(goroutine);
        let mut event = events.partition_point(|&e| e < window.start);
        let mut span = 0;
        let width = u64::from(window.end.saturating_sub(window.start));
        // Twice the pixel, so that its middle is a whole number of halves.
        let edge = |half_pixels: u64| {
            window.start + u32::try_from(width * half_pixels / (2 * u64::from(pixels))).expect("within the window")
        };
        for pixel in 0..u64::from(pixels) {
            let (middle, end) = (edge(2 * pixel + 1), edge(2 * pixel + 2));
            let before = event;
            while events.get(event).is_some_and(|&e| e < end) {
                event += 1;
            }
            while spans.get(span).is_some_and(|s| s.to <= middle) {
                span += 1;
            }
            let status = spans.get(span).filter(|s| s.from <= middle).map(|s| s.status);
            out.push(Density { status, events: u8::try_from(event - before).unwrap_or(u8::MAX) });
        }
    }
}

//! The moment at a position, and the lanes.

use std::any::Any;
use std::collections::VecDeque;
use std::ops::Range;

use chanscope_kernel::trace::{
    self, CaseInfo, Fold, GoroutineState, Holder, ObjectInfo as Object, Packed, Status, Window,
};
use chanscope_kernel::words::{Language, Piece};
use chanscope_kernel::{GoroutineId, ObjectId, Position, ProcessorQueue, Queues, Shape, SiteId, Tell, Trace, Value};
use chanscope_session::Finished;
use chanscope_sync::atomic::AtomicState;
use chanscope_sync::context::ContextState;
use chanscope_sync::memory::BufferState;
use chanscope_sync::{ChannelState, NilChannelState, VariableState, WaitGroupState};

use crate::races::Races;
use crate::whole::whole_values;
use crate::wire::{
    self, EventInfo, GoroutineInfo, Lane, Moment, ObjectInfo, ObjectState, OutputLine, Part, ProcessorInfo,
    ProcessorsInfo, Queue, Site,
};

/// Lines of output that a moment shows.
const MOST_LINES: usize = 200;
/// Items of a buffer that a moment shows.
pub(crate) const MOST_ITEMS: usize = 32;

/// Pieces of a sentence on their way to the wire.
pub(crate) struct Pieces<'a>(pub(crate) Tell<'a>, pub(crate) &'a [Piece]);

/// Texts that follow each other become one: each part is made anew in JavaScript, and a moment has hundreds of sentences.
impl From<Pieces<'_>> for Vec<Part> {
    fn from(Pieces(tell, pieces): Pieces<'_>) -> Self {
        let mut parts = Self::with_capacity(pieces.len());
        for piece in pieces {
            let part = match (piece, parts.last_mut()) {
                (Piece::Text(text), Some(Part::Text { text: before })) => {
                    before.push_str(text);
                    continue;
                }
                (Piece::Text(text), _) => Part::Text { text: text.clone() },
                (Piece::Value(text), _) => Part::Value { text: text.clone() },
                (Piece::Goroutine(id), _) => {
                    Part::Goroutine { id: id.0, text: tell.trace.goroutine(*id).name.to_string() }
                }
                (Piece::Object(id), _) => Part::Object { id: id.0, text: tell.trace.object(*id).name.to_string() },
            };
            parts.push(part);
        }
        parts
    }
}

pub(crate) fn lanes(window: Window<'_>) -> Vec<Lane> {
    let Window { trace, index, .. } = window;
    let lane = |(id, info): (GoroutineId, &chanscope_kernel::trace::GoroutineInfo)| {
        let last = index.of(id).last().copied();
        let over = matches!(window.status(id, trace.len()), Some(Status::Finished | Status::Panicked));
        Lane {
            goroutine: id.0,
            path: info.path.to_string(),
            name: info.name.to_string(),
            role: info.role.to_owned(),
            parent: info.parent.map(|parent| parent.0),
            born: info.born,
            ended: last.filter(|_| over).map(|at| at + 1),
            future_bytes: info.future_bytes,
        }
    };
    (0..).map(GoroutineId).zip(trace.goroutines()).map(lane).collect()
}

/// Every object that a reader would name.
pub(crate) fn object_names(trace: &Trace) -> Vec<wire::ObjectName> {
    let objects = trace.objects().iter().filter(|object| object.id != ObjectId::RUNTIME);
    objects.map(|object| wire::ObjectName { id: object.id.0, name: object.name.to_string() }).collect()
}

pub(crate) fn moment(finished: &Finished, language: Language, at: Position) -> Moment {
    let (tell, window, prints) = (finished.tell(language), finished.window(), finished.prints());
    let trace = tell.trace;
    let at = at.min(trace.len());
    let mut fold = finished.checkpoints().state(trace, at.saturating_sub(1));
    let event = (at > 0).then(|| {
        let event = event_info(tell, Races(finished.races()), &fold);
        fold.advance(trace);
        event
    });
    let touched = event.as_ref();
    let by_whom = touched.map(|event| event.goroutine);
    let reached = touched.map_or(&[][..], |event| &event.reached);
    let goroutines = (0..).map(GoroutineId).zip(fold.goroutines());
    let goroutines = goroutines.map(|(id, _)| GoroutineInfo {
        id: id.0,
        status: status(window.status(id, at).unwrap_or(Status::Ready)),
        doing: Pieces(tell, &tell.doing(&fold, id)).into(),
        site: tell.stands_at(id, at).map(|event| site(trace, event.site)),
        changed: by_whom == Some(id.0) || reached.contains(&id.0),
    });
    let shown = trace.main_returned().unwrap_or(at).min(at);
    let lines = prints.partition_point(|&print| print < shown);
    Moment {
        at,
        #[expect(clippy::cast_precision_loss, reason = "for display")]
        time: trace.time_nanos(at) as f64,
        goroutines: goroutines.collect(),
        processors: finished.queues(at).map(processors),
        objects: objects(tell, &fold, touched.and_then(|event| event.object)),
        whole: whole_values(trace, &fold),
        output: prints[lines.saturating_sub(MOST_LINES)..lines].iter().map(|&print| line(trace, print)).collect(),
        output_lines: u32::try_from(lines).expect("events are limited"),
        event,
    }
}

/// The events of a stretch, each told as its own moment does.
pub(crate) fn log(finished: &Finished, language: Language, range: Range<Position>) -> Vec<EventInfo> {
    let tell = finished.tell(language);
    let mut fold = finished.checkpoints().state(tell.trace, range.start);
    let told = range.map(|_| {
        let event = event_info(tell, Races(finished.races()), &fold);
        fold.advance(tell.trace);
        event
    });
    told.collect()
}

fn event_info(tell: Tell<'_>, races: Races<'_>, before: &Fold) -> EventInfo {
    let trace = tell.trace;
    let event = trace.event(before.at());
    let mut reached: Vec<u32> = tell.let_go_on(before).into_iter().map(|id| id.0).collect();
    reached.extend(event.partner.map(|partner| partner.0));
    let own = event.object != ObjectId::RUNTIME;
    let mut sentence = tell.happened(before);
    sentence.extend(races.told(event.at, tell.language));
    let drawn = trace.object(event.object).kind.shape(event.act);
    // Which of its returns a goroutine comes to is not known.
    let is_end = drawn == Shape::Exit;
    let was_seen = || tell.index.last_before(event.goroutine, event.at).is_some();
    EventInfo {
        index: event.at,
        goroutine: event.goroutine.0,
        sentence: Pieces(tell, &sentence).into(),
        site: (!is_end).then(|| site(trace, event.site)),
        came_from: (is_end && was_seen()).then(|| site(trace, event.site)),
        shape: shape(drawn),
        object: own.then_some(event.object.0),
        reached,
        value: trace.event_value(&event).map(|value| value.to_string()),
        processor: trace.processor(event.at),
    }
}

fn objects(tell: Tell<'_>, fold: &Fold, changed: Option<u32>) -> Vec<ObjectInfo> {
    let trace = tell.trace;
    let objects = trace.objects()[..fold.objects()].iter().filter(|object| object.id != ObjectId::RUNTIME);
    let shown = objects.map(|object| {
        let state = object_state(tell, fold, object);
        ObjectInfo { id: object.id.0, name: object.name.to_string(), changed: changed == Some(object.id.0), state }
    });
    shown.collect()
}

fn object_state(tell: Tell<'_>, fold: &Fold, object: &Object) -> ObjectState {
    let trace = tell.trace;
    let state: &dyn Any = fold.object(object.id);
    let queue = |items: &VecDeque<Packed>, text: fn(&Value) -> String| {
        items.iter().take(MOST_ITEMS).map(|&item| trace.value(item).as_ref().map_or_else(String::new, text)).collect()
    };
    let nil = state.is::<NilChannelState>();
    let channel = if nil { Some(&NilChannelState::AS_IF_MADE) } else { state.downcast_ref() };
    if let Some(ChannelState { capacity, buffer, closed, .. }) = channel {
        return ObjectState::Channel {
            capacity: (!nil).then_some(*capacity),
            length: u32::try_from(buffer.len()).expect("capacities are limited"),
            buffer: queue(buffer, Value::to_string),
            closed: *closed,
            senders: waiting(trace, fold, object.id, |act| act == "send"),
            receivers: waiting(trace, fold, object.id, |act| act == "recv"),
        };
    }
    if let Some(&WaitGroupState { count }) = state.downcast_ref() {
        return ObjectState::WaitGroup { count, waiters: waiting(trace, fold, object.id, |_| true) };
    }
    if let Some(VariableState { value, writer }) = state.downcast_ref() {
        let value = value.as_ref().map_or_else(String::new, ToString::to_string);
        return ObjectState::Variable { value, writer: writer.map(|id| id.0), holders: holders(tell, fold, object.id) };
    }
    if let Some(AtomicState { value, writer, .. }) = state.downcast_ref() {
        let value = value.as_ref().map_or_else(String::new, ToString::to_string);
        return ObjectState::Variable { value, writer: writer.map(|id| id.0), holders: Vec::new() };
    }
    let sentence = Pieces(tell, &tell.inside(fold, object.id)).into();
    let waiters = waiting(trace, fold, object.id, |_| true);
    if let Some(ContextState { parent, cancelled, .. }) = state.downcast_ref() {
        let parent = parent.map(|id| id.0);
        return ObjectState::Context { parent, cancelled: cancelled.is_some(), sentence, waiters };
    }
    if let Some(buffer) = state.downcast_ref::<BufferState>() {
        let stores = queue(&buffer.stores, Value::printed);
        return ObjectState::StoreBuffer { stores, on_their_way: buffer.on_their_way(), waiters };
    }
    ObjectState::Told { sentence, waiters }
}

/// Who has captured a variable, and is not over.
fn holders(tell: Tell<'_>, fold: &Fold, object: ObjectId) -> Vec<Part> {
    let until = tell.trace.holds().partition_point(|hold| hold.since <= fold.at());
    let here = tell.trace.holds()[..until].iter().filter(|hold| hold.object == object);
    let pieces: Vec<Piece> = here
        .filter_map(|hold| match &hold.holder {
            Holder::Function(name) => Some(Piece::Value(name.clone())),
            Holder::Goroutine(id) => {
                let over = matches!(
                    fold.goroutine(*id),
                    None | Some(GoroutineState::Finished(_) | GoroutineState::Panicked(_))
                );
                (!over).then_some(Piece::Goroutine(*id))
            }
        })
        .collect();
    Pieces(tell, &pieces).into()
}

fn processors(queues: Queues) -> ProcessorsInfo {
    let queue = |queue: &VecDeque<GoroutineId>| Queue {
        first: queue.iter().take(MOST_ITEMS).map(|id| id.0).collect(),
        length: u32::try_from(queue.len()).expect("goroutines are limited"),
    };
    let processor = |processor: &ProcessorQueue| ProcessorInfo {
        running: processor.running.map(|id| id.0),
        next: processor.next.map(|id| id.0),
        queue: queue(&processor.queue),
    };
    ProcessorsInfo { processors: queues.processors.iter().map(processor).collect(), global: queue(&queues.global) }
}

/// Who has parked at the object to do such an act, in order of arrival. Whoever is there to wait is not told.
fn waiting(trace: &Trace, fold: &Fold, object: ObjectId, such: impl Fn(&str) -> bool) -> Vec<u32> {
    let kind = trace.object(object).kind;
    let states = (0..).zip(fold.goroutines());
    let mut waiting: Vec<(Position, u32)> = states
        .filter_map(|(id, state)| match state {
            GoroutineState::Parked(park) => Some((*park, id)),
            _ => None,
        })
        .filter(|(park, _)| {
            let cases = trace.cases(&trace.event(*park));
            let here = |case: &&CaseInfo| case.object == object && !kind.waits_in_background(case.act);
            cases.iter().filter(here).any(|case| such(kind.act_name(case.act)))
        })
        .collect();
    waiting.sort_unstable();
    waiting.into_iter().map(|(_, id)| id).collect()
}

fn line(trace: &Trace, print: Position) -> OutputLine {
    let event = trace.event(print);
    let text = trace.event_value(&event).expect("a line has a text").printed();
    OutputLine { event: print, goroutine: event.goroutine.0, text }
}

fn site(trace: &Trace, id: SiteId) -> Site {
    trace.site(id).into()
}

impl From<trace::Site> for Site {
    fn from(site: trace::Site) -> Self {
        Self { file: site.file_name().to_owned(), line: site.line, column: site.column }
    }
}

pub(crate) fn status(status: Status) -> wire::Status {
    match status {
        Status::Running => wire::Status::Running,
        Status::Ready => wire::Status::Ready,
        Status::Parked => wire::Status::Parked,
        Status::Finished => wire::Status::Finished,
        Status::Panicked => wire::Status::Panicked,
        Status::Leaked => wire::Status::Leaked,
    }
}

pub(crate) fn shape(shape: Shape) -> wire::Shape {
    match shape {
        Shape::Tick => wire::Shape::Tick,
        Shape::Send => wire::Shape::Send,
        Shape::Receive => wire::Shape::Receive,
        Shape::Select => wire::Shape::Select,
        Shape::Close => wire::Shape::Close,
        Shape::Spawn => wire::Shape::Spawn,
        Shape::Exit => wire::Shape::Exit,
        Shape::Panic => wire::Shape::Panic,
        Shape::Park => wire::Shape::Park,
        Shape::Output => wire::Shape::Output,
        Shape::Read => wire::Shape::Read,
        Shape::Write => wire::Shape::Write,
        Shape::Time => wire::Shape::Time,
        Shape::Acquire => wire::Shape::Acquire,
        Shape::Release => wire::Shape::Release,
        Shape::Cancel => wire::Shape::Cancel,
    }
}

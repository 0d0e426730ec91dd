//! What is shown of one moment, and what can be looked for from there.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A piece of a sentence, so that the page can mark names without parsing text.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Part {
    /// Plain words.
    Text {
        /// The words.
        text: String,
    },
    /// A goroutine's name.
    Goroutine {
        /// Its index.
        id: u32,
        /// Its name.
        text: String,
    },
    /// An object's name.
    Object {
        /// Its index.
        id: u32,
        /// Its name.
        text: String,
    },
    /// A value.
    Value {
        /// The value, shortened.
        text: String,
    },
}

/// A place in the Rust source that runs. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Site {
    /// File name within the scenario's folder, such as `body.rs`.
    pub file: String,
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// The moment at a position: what the last event was, and the state after it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Moment {
    /// The position.
    pub at: u32,
    /// Virtual time in nanoseconds.
    pub time: f64,
    /// The event just before the position; none at 0.
    pub event: Option<EventInfo>,
    /// Every goroutine that exists.
    pub goroutines: Vec<GoroutineInfo>,
    /// Who is on which processor, where the strategy has processors.
    pub processors: Option<ProcessorsInfo>,
    /// Every object that exists.
    pub objects: Vec<ObjectInfo>,
    /// Values that are shown short elsewhere, in full; at most 40.
    pub whole: Vec<WholeValue>,
    /// The last lines of output, at most 200.
    pub output: Vec<OutputLine>,
    /// How many lines there have been.
    pub output_lines: u32,
}

/// A value in full that is shown short elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WholeValue {
    /// The variable or channel that it is in; none for the value of the event just before the position.
    pub object: Option<u32>,
    /// Its place in a channel: 0 is received next.
    pub slot: Option<u32>,
    /// The value in Go's notation, over several lines where one would be too long.
    pub text: String,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventInfo {
    /// Its index, from 0.
    pub index: u32,
    /// Who did it.
    pub goroutine: u32,
    /// What happened, in one sentence.
    pub sentence: Vec<Part>,
    /// Where in the program; for the end of a goroutine that is not known.
    pub site: Option<Site>,
    /// Where a goroutine was last seen whose end it is, where it has done anything.
    pub came_from: Option<Site>,
    /// How it is drawn.
    pub shape: Shape,
    /// The object it was done to, when it is one that a reader would name.
    pub object: Option<u32>,
    /// Lanes that this event reached: the other side of a rendezvous, those woken by a close.
    pub reached: Vec<u32>,
    /// The value that travelled, shortened.
    pub value: Option<String>,
    /// The processor that it ran on, where the strategy has processors.
    pub processor: Option<u16>,
}

/// How an event is drawn on the timeline. The numbers are those of [`WindowData::marks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[repr(u8)]
pub enum Shape {
    /// 0: a small tick, for what has no shape of its own.
    Tick = 0,
    /// 1: send, a triangle.
    Send = 1,
    /// 2: receive, a ring.
    Receive = 2,
    /// 3: a select that took its default, a diamond.
    Select = 3,
    /// 4: close, a bar.
    Close = 4,
    /// 5: a goroutine was started, a fork.
    Spawn = 5,
    /// 6: a goroutine returned, a stop mark.
    Exit = 6,
    /// 7: a panic, a cross.
    Panic = 7,
    /// 8: parked.
    Park = 8,
    /// 9: a line of output.
    Output = 9,
    /// 10: a variable was read.
    Read = 10,
    /// 11: a variable was written.
    Write = 11,
    /// 12: the virtual clock moved.
    Time = 12,
    /// 13: took hold of something (a lock).
    Acquire = 13,
    /// 14: let go of something.
    Release = 14,
    /// 15: cancelled.
    Cancel = 15,
}

/// What a goroutine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[repr(u8)]
pub enum Status {
    /// 1: can go on, and is under way.
    Running = 1,
    /// 2: could go on, and has not yet: just started, or woken.
    Ready = 2,
    /// 3: waits and cannot go on.
    Parked = 3,
    /// 4: has returned.
    Finished = 4,
    /// 5: ended by a panic.
    Panicked = 5,
    /// 6: blocked for ever after `main` had returned.
    Leaked = 6,
}

/// A goroutine at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GoroutineInfo {
    /// Its index.
    pub id: u32,
    /// What it is doing.
    pub status: Status,
    /// The same in words: what it will do next, or what it waits for and why it cannot go on.
    pub doing: Vec<Part>,
    /// Where it stands.
    pub site: Option<Site>,
    /// Whether the last event changed it.
    pub changed: bool,
}

/// Processors at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProcessorsInfo {
    /// Each processor.
    pub processors: Vec<ProcessorInfo>,
    /// Who waits for any of them.
    pub global: Queue,
}

/// A processor at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProcessorInfo {
    /// Who is on it.
    pub running: Option<u32>,
    /// Who goes next, ahead of the queue.
    pub next: Option<u32>,
    /// Who waits for it.
    pub queue: Queue,
}

/// Goroutines in line.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Queue {
    /// The first of them, at most 32.
    pub first: Vec<u32>,
    /// How many there are.
    pub length: u32,
}

/// An object at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObjectInfo {
    /// Its index.
    pub id: u32,
    /// Its name in the program.
    pub name: String,
    /// Whether the last event changed it.
    pub changed: bool,
    /// What it looks like inside.
    pub state: ObjectState,
}

/// The inside of an object, by kind.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum ObjectState {
    /// A channel.
    Channel {
        /// Capacity in items; none for a nil channel.
        capacity: Option<u32>,
        /// How many items are buffered.
        length: u32,
        /// The first items of the buffer, oldest first, at most 32.
        buffer: Vec<String>,
        /// Whether it is closed.
        closed: bool,
        /// Parked senders, in order of arrival.
        senders: Vec<u32>,
        /// Parked receivers, in order of arrival.
        receivers: Vec<u32>,
    },
    /// A WaitGroup.
    WaitGroup {
        /// Its counter.
        count: i32,
        /// Who waits.
        waiters: Vec<u32>,
    },
    /// A plain variable.
    Variable {
        /// Its value.
        value: String,
        /// Who wrote it last.
        writer: Option<u32>,
        /// Goroutines and stored functions that have captured it.
        holders: Vec<Part>,
    },
    /// A context.
    Context {
        /// What it was derived from.
        parent: Option<u32>,
        /// Whether it is cancelled.
        cancelled: bool,
        /// What it is, and why it is cancelled.
        sentence: Vec<Part>,
        /// Who waits, in order of arrival.
        waiters: Vec<u32>,
    },
    /// The store buffer of a goroutine.
    StoreBuffer {
        /// The first stores in it, oldest first, at most 32.
        stores: Vec<String>,
        /// How many of them, the oldest, are being written to memory.
        on_their_way: u32,
        /// Who waits until it is empty, in order of arrival.
        waiters: Vec<u32>,
    },
    /// Any other kind, told in words.
    Told {
        /// What it looks like inside.
        sentence: Vec<Part>,
        /// Who waits, in order of arrival.
        waiters: Vec<u32>,
    },
}

/// A line of output.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutputLine {
    /// Which event wrote it.
    pub event: u32,
    /// Who wrote it.
    pub goroutine: u32,
    /// The text.
    pub text: String,
}

/// What is looked for along a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type", try_from = "AnyQuarry")]
pub enum Quarry {
    /// An event that a goroutine did or took part in.
    Goroutine {
        /// Its index.
        id: u32,
    },
    /// An event at an object, or of somebody who waits at it.
    Object {
        /// Its index.
        id: u32,
    },
    /// A panic, a data race, a close, a cancellation, somebody parking, and whoever had parked going on.
    Notable,
    /// An event of a line of the source that runs.
    Line {
        /// Which line, from 1.
        line: u32,
    },
}

/// A [`Quarry`] as it comes. An enum with its tag inside is read through a copy of all there is, with much code for little.
#[derive(Deserialize)]
struct AnyQuarry {
    r#type: String,
    id: Option<u32>,
    line: Option<u32>,
}

impl TryFrom<AnyQuarry> for Quarry {
    type Error = &'static str;

    fn try_from(AnyQuarry { r#type, id, line }: AnyQuarry) -> Result<Self, Self::Error> {
        match (r#type.as_str(), id, line) {
            ("goroutine", Some(id), _) => Ok(Self::Goroutine { id }),
            ("object", Some(id), _) => Ok(Self::Object { id }),
            ("notable", ..) => Ok(Self::Notable),
            ("line", _, Some(line)) => Ok(Self::Line { line }),
            _ => Err("expected a goroutine or an object with its id, what is notable, or a line with its number"),
        }
    }
}

/// A search along a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchQuery {
    /// What is looked for.
    pub quarry: Quarry,
    /// The position from which, itself excluded.
    pub from: u32,
    /// Towards the start.
    pub backward: bool,
}

/// One thing that could happen next.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// Who would do it.
    pub goroutine: u32,
    /// The choice by its name; give it back to `choose`. Empty where there is none to make: it follows by itself.
    pub choice: String,
    /// What it would do.
    pub sentence: Vec<Part>,
    /// Whether it is what the run at hand did.
    pub taken: bool,
}

/// What can happen at a position.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Moves {
    /// The position at which the choice is made: the first one, from the asked one on, that lies between two steps, or
    /// the asked one where every event was asked for.
    pub at: u32,
    /// What could happen. Empty at the end. More than 256 are cut.
    pub moves: Vec<Move>,
    /// How many there are in all.
    pub total: u32,
}

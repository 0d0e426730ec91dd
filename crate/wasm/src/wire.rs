//! What crosses the boundary between the core and the page, and nothing else.
//!
//! Every type here is plain data. TypeScript gets them by `ts-rs` (see `xtask bindings`); nobody mirrors one by hand.
//! Positions are numbers of events: position `k` is the moment after the first `k` events, so `0` is before anything.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A text in the page's two languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Words {
    /// English.
    pub en: String,
    /// 简体中文.
    pub zh: String,
}

/// The language in which sentences are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// English.
    En,
    /// 简体中文.
    Zh,
}

/// One entry of the catalogue. Its words and sources are files beside the program (`folder`), loaded when needed.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioInfo {
    /// The name in links and on the command line, such as `many-to-many`.
    pub id: String,
    /// Folder below `crate/scenario/src` with `body.rs`, `program.go`, `words.en.md`, `words.zh.md`.
    pub folder: String,
    /// The chapter's title.
    pub chapter: Words,
    /// The scenario's title.
    pub title: Words,
    /// The one sentence that it wants to make plain.
    pub claim: Words,
    /// Its settings, in the order of the form.
    pub fields: Vec<Field>,
    /// Named runs; the first one is what opens by default.
    pub presets: Vec<Preset>,
}

/// One setting of a scenario: a row of the form.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Its name in links, such as `producers`.
    pub name: String,
    /// Its label.
    pub label: Words,
    /// One sentence on what it does.
    pub help: Words,
    /// What values it takes.
    pub domain: Domain,
    /// The value when nothing is said.
    pub default: Setting,
}

/// The values a setting can have.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Domain {
    /// A whole number from `min` to `max`, both included.
    Number {
        /// Smallest value.
        min: u32,
        /// Largest value.
        max: u32,
    },
    /// Yes or no.
    Flag,
    /// One of a few.
    Choice {
        /// What there is to choose from.
        options: Vec<ChoiceOption>,
    },
}

/// One option of a [`Domain::Choice`].
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceOption {
    /// The value in links.
    pub value: String,
    /// Its label.
    pub label: Words,
}

/// The value of one setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Setting {
    /// Of a [`Domain::Flag`].
    Flag(bool),
    /// Of a [`Domain::Number`].
    Number(f64),
    /// Of a [`Domain::Choice`].
    Text(String),
}

/// A named run.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Preset {
    /// Its name within the scenario.
    pub id: String,
    /// What the reader sees.
    pub title: Words,
    /// The run.
    pub spec: RunSpec,
}

/// Everything that makes a run: the same spec gives the same trace on every machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunSpec {
    /// [`ScenarioInfo::id`].
    pub scenario: String,
    /// Settings that differ from their defaults, or all of them.
    pub config: BTreeMap<String, Setting>,
    /// A name from `StrategyName::ALL`, such as `first-come`.
    pub strategy: String,
    /// The seed of every draw, a whole number below 2^53.
    pub seed: f64,
    /// Where the run leaves what the strategy would have done, in order of position.
    pub deviations: Vec<Deviation>,
}

/// One choice made by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Deviation {
    /// The position at which it was made.
    pub at: u32,
    /// The choice by its name; opaque to the page.
    pub choice: String,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Events so far.
    pub events: u32,
    /// Whether it has ended.
    pub done: bool,
}

/// What is known of a finished run as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunSummary {
    /// The spec with every setting filled in.
    pub spec: RunSpec,
    /// Number of events: positions go from 0 to this.
    pub events: u32,
    /// One lane a goroutine, in order of birth.
    pub lanes: Vec<Lane>,
    /// How it ended.
    pub verdict: VerdictInfo,
    /// The position after which `main` had returned, where it did.
    pub main_returned_at: Option<u32>,
    /// Digest of the trace, for comparing runs across machines.
    pub digest: String,
    /// Bytes that the trace takes.
    pub trace_bytes: f64,
}

/// A goroutine's lane.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Lane {
    /// Index of the goroutine: lanes are dense, from 0.
    pub goroutine: u32,
    /// Its path of births: `0` is main, `3.1` the first child of main's third child.
    pub path: String,
    /// Its name, such as `producer 3`.
    pub name: String,
    /// Its role, such as `producer`: what its hue is chosen by.
    pub role: String,
    /// The goroutine that started it; none for main.
    pub parent: Option<u32>,
    /// The position from which it exists.
    pub born: u32,
    /// The position at which it returned or panicked, where it did.
    pub ended: Option<u32>,
    /// Bytes of its future, in this build; unknown for main.
    pub future_bytes: Option<u32>,
}

/// One ending and a set of findings.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerdictInfo {
    /// How the program ended.
    pub ending: Ending,
    /// The ending in one sentence.
    pub sentence: Words,
    /// What else was found.
    pub findings: Vec<FindingInfo>,
    /// Completed, with no finding.
    pub good: bool,
}

/// The ways in which a run can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Ending {
    /// `main` returned.
    Completed,
    /// A panic that nobody recovered.
    Panicked,
    /// An error that Go calls fatal and nobody can recover.
    Fatal,
    /// Every goroutine is asleep.
    Deadlocked,
    /// A limit was met.
    Cut,
}

/// Something that was found beside the ending.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingInfo {
    /// `dataRace`, `leaked`, …: which kind it is.
    pub kind: String,
    /// The finding in one sentence.
    pub sentence: Words,
    /// The position that shows it best.
    pub at: u32,
    /// Goroutines concerned.
    pub goroutines: Vec<u32>,
}

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
    /// Where in the program.
    pub site: Option<Site>,
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
        /// Capacity in items.
        capacity: u32,
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
#[serde(rename_all = "camelCase", tag = "type")]
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
    /// A panic, a close, a cancellation, somebody parking, and whoever had parked going on.
    Notable,
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

/// What the timeline asks for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WindowQuery {
    /// First position.
    pub from: u32,
    /// Last position, at most the number of events.
    pub to: u32,
    /// First lane.
    pub first_lane: u32,
    /// One past the last lane.
    pub end_lane: u32,
    /// Width in pixels: with more events than this, `dense` is answered.
    pub pixels: u32,
}

/// What the timeline draws. Exactly one of the two forms is filled.
///
/// Typed arrays on the page's side (`Uint32Array`, `Uint8Array`).
#[derive(Clone, Debug, Default, PartialEq, Eq, TS)]
#[ts(rename_all = "camelCase")]
pub struct WindowData {
    /// Whether `density` is filled instead of the three lists.
    pub dense: bool,
    /// Spans, four numbers each: lane, from, to, status (see [`Status`]). Clipped to the window.
    #[ts(type = "Uint32Array")]
    pub spans: Vec<u32>,
    /// Marks, four numbers each: lane, event index, shape (see [`Shape`]), flags (1: went wrong, 2: by a select).
    #[ts(type = "Uint32Array")]
    pub marks: Vec<u32>,
    /// Arrows, five numbers each: from lane, from event, to lane, to event, kind (0 value, 1 close, 2 start, 3 wake).
    /// An arrow is there when either end is in the window.
    #[ts(type = "Uint32Array")]
    pub arrows: Vec<u32>,
    /// Two bytes for each lane and pixel, lanes outermost: most frequent status, events in that pixel (at most 255).
    #[ts(type = "Uint8Array")]
    pub density: Vec<u8>,
}

/// One thing that could happen next.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// Who would do it.
    pub goroutine: u32,
    /// The choice by its name; give it back to `choose`.
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
    /// The position at which the choice is made: the first one, from the asked one on, that lies between two steps.
    pub at: u32,
    /// What could happen. Empty at the end. More than 256 are cut.
    pub moves: Vec<Move>,
    /// How many there are in all.
    pub total: u32,
}

/// A run and a moment of it, as a link says them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The run.
    pub spec: RunSpec,
    /// The position.
    pub at: u32,
    /// The digest of the run that was shared, where the link carries one.
    pub digest: Option<String>,
}

/// What is to be explored, and within which limits. Numbers are checked by the core, which names the one that does not go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExploreSpec {
    /// [`ScenarioInfo::id`].
    pub scenario: String,
    /// Settings that differ from their defaults, or all of them.
    pub config: BTreeMap<String, Setting>,
    /// Executions, at most.
    pub executions: f64,
    /// Steps of one execution, at most.
    pub steps: f64,
    /// Random runs beside the search.
    pub samples: f64,
    /// Preemptions of one execution, at most; none for any number.
    pub preemptions: Option<f64>,
    /// Whether the order in which lines are printed tells executions apart.
    pub order_of_output: bool,
}

/// How far an exploration is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExploreProgress {
    /// Executions so far, no two of them equivalent.
    pub executions: f64,
    /// Outcomes so far.
    pub outcomes: u32,
    /// A guess at how many executions there are; early ones are low.
    pub estimate: Option<f64>,
    /// Random runs so far.
    pub sampled: f64,
    /// Whether the search has come to its end or met a limit.
    pub over: bool,
}

/// What an exploration has found.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExploreReport {
    /// Executions, no two of them equivalent.
    pub executions: f64,
    /// Random runs.
    pub sampled: f64,
    /// Why there may be more, each as the end of "not complete, because …"; empty when this is all that can happen.
    pub incomplete: Vec<Words>,
    /// Good outcomes first, at most 200; in an order that does not change as more come.
    pub outcomes: Vec<OutcomeInfo>,
    /// How many outcomes there are.
    pub total: u32,
}

/// An outcome, and the run that shows it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeInfo {
    /// Which one it is; stays the same as more is found.
    pub number: u32,
    /// The verdict on its witness.
    pub verdict: VerdictInfo,
    /// What is to be said beyond the ending: who waits for what, what was found. Can be empty.
    pub detail: Words,
    /// What it prints before main returns, at most 20 lines: sorted, unless the order was asked for.
    pub output: Vec<String>,
    /// How many lines there are.
    pub output_lines: u32,
    /// Inequivalent executions with this outcome: not a probability.
    pub count: f64,
    /// Random runs with it.
    pub sampled: f64,
    /// The smallest witness found.
    pub spec: RunSpec,
    /// Its digest.
    pub digest: String,
    /// The position in it that shows the outcome best.
    pub at: u32,
    /// Its events.
    pub events: u32,
    /// Its context switches.
    pub switches: u32,
    /// Whether it was proven that there is no smaller one.
    pub smallest: bool,
    /// The fragment of a link to it; none when its choices are too many for one.
    pub link: Option<String>,
    /// Where a bad outcome could last have been avoided, once that is known.
    pub turning: Option<TurningInfo>,
}

/// The last choice from which a good outcome could still be reached.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurningInfo {
    /// The position after it.
    pub after: u32,
    /// What was done.
    pub sentence: Words,
}

/// Why something could not be done, for the reader.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// `link`, `config`, `diverged`, `limit`: what kind it is.
    pub kind: String,
    /// The setting concerned, where it is one.
    pub field: Option<String>,
    /// What was wrong, where, and what was expected.
    pub message: Words,
}

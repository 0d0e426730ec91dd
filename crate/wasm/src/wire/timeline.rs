//! What the timeline asks and draws.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::RunSummary;

/// What a lane stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LanesBy {
    /// A goroutine.
    #[default]
    Goroutine,
    /// A processor, in runs whose strategy has some: who ran on it.
    Processor,
    /// An object: what was done to it.
    Object,
}

/// What the timeline asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WindowQuery {
    /// First position.
    pub from: u32,
    /// Last position, at most the number of events.
    pub to: u32,
    /// Width in pixels: with more events than this, `dense` is answered.
    pub pixels: u32,
    /// What lanes stand for.
    pub by: LanesBy,
    /// Which lanes, by their index. Those that do not exist are passed over, `density` excepted, where they are empty.
    pub lanes: Vec<u32>,
    /// Goroutines that share a lane: their marks, arrows and density, and no spans.
    pub merged: Vec<Vec<u32>>,
}

/// What the timeline draws. Exactly one of the two forms is filled, but for data races, which are marked in both.
///
/// Typed arrays on the page's side (`Uint32Array`, `Uint8Array`).
#[derive(Clone, Debug, Default, PartialEq, Eq, TS)]
#[ts(rename_all = "camelCase")]
pub struct WindowData {
    /// Whether `density` is filled instead of the three lists, which have data races alone then.
    pub dense: bool,
    /// Spans, four numbers each: lane, from, to, status (see [`Status`]). Clipped to the window.
    #[ts(type = "Uint32Array")]
    pub spans: Vec<u32>,
    /// Marks, four numbers each: lane, event index, shape (see [`Shape`]), flags (1: went wrong, 2: by a select,
    /// 4: an access of a data race).
    #[ts(type = "Uint32Array")]
    pub marks: Vec<u32>,
    /// Arrows, five numbers each: from lane, from event, to lane, to event, kind (0 value, 1 close, 2 start, 3 wake,
    /// 4 from one access of a data race to the other).
    /// An arrow is there when either end is in the window.
    #[ts(type = "Uint32Array")]
    pub arrows: Vec<u32>,
    /// Where lanes stand for something else: the goroutine of each span, and then of each mark.
    #[ts(type = "Uint32Array")]
    pub actors: Vec<u32>,
    /// Two bytes for each lane and pixel, lanes outermost, first those asked for, then the merged ones: the status in
    /// the middle of the pixel (for merged ones the liveliest), events in that pixel (at most 255).
    #[ts(type = "Uint8Array")]
    pub density: Vec<u8>,
}

/// An event among all others, by the Go memory model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Around {
    /// First event of its step, by index: a rendezvous is one step of two events.
    pub first: u32,
    /// Last event of its step.
    pub last: u32,
    /// By goroutine: its last event that happens before the step.
    pub before: Vec<Option<u32>>,
    /// By goroutine: its first event that happens after the step. What lies between the two is concurrent with it.
    pub after: Vec<Option<u32>>,
}

/// Another run of the same program, and where the two part.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The other run.
    pub other: RunSummary,
    /// Up to here they are the same.
    pub same: u32,
    /// Whether they part at all.
    pub parted: bool,
}

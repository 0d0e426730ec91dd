//! Bounds on what one run may take. Every one is checked before memory is taken.

/// The bounds of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Events in the trace: at most [`MAX_EVENTS`].
    pub events: u32,
    /// Events after `main` has returned, while the rest is run on to see what leaked.
    pub events_after_main: u32,
    /// Goroutines ever started, main included.
    pub goroutines: u32,
    /// Objects ever created, the runtime included.
    pub objects: u32,
    /// Bytes of the values in the trace that are kept in a table: all but small numbers. Equal values are kept once.
    pub value_bytes: usize,
}

/// The most events a trace can have: ten times the notes' own parameters. A trace takes about 25 bytes an event.
pub const MAX_EVENTS: u32 = 10_000_000;

impl Default for Limits {
    fn default() -> Self {
        Self {
            events: MAX_EVENTS,
            events_after_main: 1_000_000,
            goroutines: 100_000,
            objects: 100_000,
            value_bytes: 64 << 20,
        }
    }
}

/// Which bound was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// [`Limits::events`].
    Events,
    /// [`Limits::goroutines`].
    Goroutines,
    /// [`Limits::objects`].
    Objects,
    /// How much one channel can hold.
    Capacity,
    /// [`Limits::value_bytes`].
    Values,
}

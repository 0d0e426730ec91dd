//! Bounds on what one run may take, all in this one place. What would go beyond one of a [`Limits`] cuts the run, with
//! the [`Limit`] as its verdict; a value that is too large is shortened, and says so. At the bound itself nothing
//! happens.
//!
//! What is bounded by an object of its own is said there: a channel's capacity in `chanscope_sync::MAX_CAPACITY`.

/// The bounds of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Events in the trace, at most [`MAX_EVENTS`]: a program that could go on then is cut. A step writes all its
    /// events, so a trace can have a few more.
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

/// Functions that a goroutine is in, one called by the other (see [`Go::call`](crate::Go::call)): each takes room on
/// the stack whenever the goroutine goes on.
pub const MAX_CALLS: usize = 256;

/// Births from main to a goroutine: main's child is 1 away, its child 2. Names of choices carry them.
pub const MAX_PATH_BIRTHS: usize = 64;

/// Cases of a select. A case's number takes one byte.
pub const MAX_CASES: usize = 254;

/// Texts are kept up to this many bytes in a trace; what is longer ends in an ellipsis.
pub const MAX_TEXT_BYTES: usize = 256;

/// The longest value with parts that is kept, in bytes of its notation on one line; parts beyond are counted only.
pub const MAX_VALUE_BYTES: usize = 2_048;

/// The most levels of a value with parts; what lies deeper is `…`.
pub const MAX_NESTING: usize = 8;

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
    /// [`MAX_CALLS`].
    Calls,
    /// [`MAX_PATH_BIRTHS`].
    Births,
}

//! The kernel of Chanscope: runs a program of goroutines one step at a time and records what happened.
//!
//! `run(program, config, choices) -> trace` is a pure function. A goroutine is a future; an operation that it awaits is
//! *submitted*, and *commits* when a [`Strategy`] decides so. The kernel knows gates, objects with declared footprints,
//! time that it moves itself, and nothing else: no channel, no clock, no entropy, no threads, no input or output.

mod body;
mod choice;
mod clock;
mod commit;
mod course;
mod defer;
mod gate;
mod go;
mod hosted;
mod ids;
mod inner;
mod limits;
mod object;
mod operation;
mod panic;
mod possible;
mod program;
mod queue;
mod room;
mod run;
mod runtime;
pub mod runtime_kind;
mod scheduling;
mod sites;
mod strategy;
mod tell;
pub mod trace;
mod value;
mod verdict;
pub mod words;

pub use choice::{Choice, Decision, Moment, Partner, Way, Ways};
pub use clock::Passing;
pub use commit::{Commit, Met};
pub use defer::Recovery;
pub use gate::Passage;
pub use go::{Go, Name, Runtimes};
pub use hosted::{Hosted, Recorded, Task, Terms};
pub use ids::{GateId, GoroutineId, ObjectId, Path, Position, SiteId};
pub use limits::{
    Limit, Limits, MAX_CALLS, MAX_CASES, MAX_EVENTS, MAX_NESTING, MAX_PATH_BIRTHS, MAX_TEXT_BYTES, MAX_VALUE_BYTES,
};
pub use object::{Access, Act, Aspect, Declaration, Deed, Kind, Object, Shape, State, Touch, Would};
pub use operation::{Offer, Operation, Select, Selectable};
pub use panic::Panic;
pub use program::Program;
pub use room::{Anew, Room, Start};
pub use run::{Outcome, Run};
pub use runtime::{Case, Resumed, Runtime, Submission};
pub use strategy::{
    Deviation, Diverged, FirstCome, Follow, GoLike, Guided, Pct, ProcessorQueue, Queues, Random, RoundRobin, Schedule,
    Strategy, WhyNot,
};
pub use tell::Tell;
pub use trace::{Event, Trace};
pub use value::{Composite, MAX_SHORT_CHARS, Show, Value};
pub use verdict::{Ending, Finding, RaceAccess, Verdict};

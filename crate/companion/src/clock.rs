//! The notes' TCP clock server, for real: once a second it writes the local time to whoever connects.
//!
//! Its faults are settings that can be changed while it runs and everything that it does is an event (`chanscope-tcp`,
//! `log`), and when it has died it can be started again (`keeper`). It speaks to whoever connects and is spoken to by
//! nobody: like the notes' server it never reads. It knows no WebSocket and no page.

mod connection;
mod keeper;
mod log;
mod server;
mod swarm;
mod time;

pub use chanscope_tcp::clock::{
    AcceptLoop, ClockAct as What, ClockBatch as Batch, ClockEvent as Event, ClockSettings as Settings,
    ClockState as State, ClockStatus as Status, INTERVAL_MS, OnWriteError,
};
pub use chanscope_tcp::range::OutOfRange;
pub use keeper::Clock;
pub use log::{EVENTS_KEPT, Log};
pub use server::{End, Remains, run};
pub use swarm::Swarm;

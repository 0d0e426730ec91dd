//! The notes' TCP clock server, for real: once a second it writes the local time to whoever connects.
//!
//! Its faults are settings that can be changed while it runs (`settings`), everything that it does is an event (`event`,
//! `log`), and when it has died it can be started again (`keeper`). It speaks to whoever connects and is spoken to by
//! nobody: like the notes' server it never reads. It knows no WebSocket and no page.

mod connection;
mod event;
mod keeper;
mod log;
mod server;
mod settings;
mod time;

pub use event::{Event, What};
pub use keeper::{Clock, State, Status};
pub use log::{Batch, EVENTS_KEPT, Log};
pub use server::{End, Remains, run};
pub use settings::{AcceptLoop, INTERVAL_MS, OnWriteError, OutOfRange, Settings};

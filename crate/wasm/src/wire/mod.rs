//! What crosses the boundary between the core and the page, and nothing else.
//!
//! Every type here is plain data. TypeScript gets them by `ts-rs` (see `xtask bindings`); nobody mirrors one by hand.
//! Positions are numbers of events: position `k` is the moment after the first `k` events, so `0` is before anything.

mod moment;
mod outcomes;
mod run;
mod timeline;

pub use moment::*;
pub use outcomes::*;
pub use run::*;
pub use timeline::*;

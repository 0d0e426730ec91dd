//! The trace of a run: what happened, in order, a row an event.
//!
//! Append-only while the run goes on, immutable afterwards. About 25 bytes an event, so that a million events fit into
//! what a page can hold. State, windows and digests are functions of it, each in a file of its own.

mod digest;
mod event;
mod fold;
mod index;
mod row;
mod sparse;
mod table;
mod values;
mod window;

pub use digest::{DIGEST_VERSION, Difference, Digest, DigestError};
pub use event::Packed;
pub use event::{Event, Flags};
pub use fold::{Checkpoints, Fold, GoroutineState};
pub use index::Index;
pub use table::{CaseInfo, GoroutineInfo, Hold, Holder, ObjectInfo, Site, Trace};
pub use window::{Arrow, ArrowKind, Density, Mark, Span, Status, Window};

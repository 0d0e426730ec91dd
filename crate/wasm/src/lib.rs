//! The page's view of the core: the only crate that knows JavaScript.
//!
//! [`Session`] answers questions about the run at hand in the types of [`wire`]; it is plain Rust and is tested
//! natively. `core` hands it to JavaScript. [`Exploration`] finds what can happen, [`Parts`] some of it for another
//! instance, and `explorer` hands that over.
//! `event_loop` runs programs in real time, and `tcp` has the TCP chapter's connections and what is recorded of them.
//! The four are features, so that the page gets each as a module of its own: the first one before anything is shown,
//! the others when they are asked for.
//!
//! What a link means, how a run is made of it and what is asked of runs is not known here
//! but in `chanscope-session`.

mod catalogue;
mod convert;
#[cfg(feature = "core")]
mod core;
#[cfg(feature = "loop")]
mod event_loop;
mod exploration;
#[cfg(feature = "explorer")]
mod explorer;
#[cfg(any(feature = "core", feature = "tcp"))]
mod flat;
#[cfg(any(feature = "core", feature = "explorer", feature = "loop", feature = "tcp"))]
mod javascript;
mod lanes;
mod parts;
mod races;
mod session;
mod snapshot;
pub mod tcp;
mod verdict;
mod whole;
mod window;
pub mod wire;

#[cfg(feature = "core")]
pub use crate::core::Core;
#[cfg(feature = "loop")]
pub use crate::event_loop::EventLoop;
#[cfg(feature = "explorer")]
pub use crate::explorer::{Explorer, Searcher, compiled};
pub use catalogue::catalogue;
pub use exploration::Exploration;
pub use parts::Parts;
pub use session::{Session, read_link};
#[cfg(feature = "tcp")]
pub use tcp::{Tcp, TcpClient};

//! The page's view of the core: the only crate that knows JavaScript.
//!
//! [`Session`] answers questions about the run at hand in the types of [`wire`]; it is plain Rust and is tested natively.
//! `core` hands it to JavaScript. What a link means, how a run is made of it and what is asked of runs is not known here
//! but in `chanscope-session`.

mod catalogue;
mod convert;
mod core;
mod session;
mod snapshot;
mod verdict;
mod window;
pub mod wire;

pub use crate::core::Core;
pub use catalogue::catalogue;
pub use session::{Session, read_link};

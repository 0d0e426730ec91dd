//! The page's view of the core: the only crate that knows JavaScript.
//!
//! [`Session`] holds the run at hand and answers questions about it in the types of [`wire`]; it is plain Rust and is
//! tested natively. `core` hands it to JavaScript.

mod catalogue;
mod core;
mod place;
mod refusal;
mod search;
mod session;
mod snapshot;
mod verdict;
mod window;
pub mod wire;

pub use crate::core::Core;
pub use catalogue::catalogue;
pub use place::{read_link, write_link};
pub use session::Session;

//! The module that the page loads when it is asked what can happen.

pub use chanscope_wasm::{Explorer, Searcher, compiled};

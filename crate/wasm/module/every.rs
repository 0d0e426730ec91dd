//! The module that the page loads when another program than the first is asked for.

pub use chanscope_wasm::Core;

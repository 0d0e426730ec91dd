//! The module that the page loads before anything is shown.

pub use chanscope_wasm::Core;

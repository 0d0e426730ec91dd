//! The module that the page loads before anything is shown. It knows the first program and no other.

pub use chanscope_wasm::Core;

//! The module that the page loads when a program is to run in real time.

pub use chanscope_wasm::EventLoop;

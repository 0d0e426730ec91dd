//! The module that the page loads when the TCP chapter is opened.

pub use chanscope_wasm::{Tcp, TcpClient};

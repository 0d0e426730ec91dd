//! What the page and the companion say to each other about the TCP clock, and nothing else.
//!
//! [`bridge`] is one TCP connection over a WebSocket, [`clock`] is the server's settings, state and events. Plain data:
//! no socket, no clock, no JavaScript. The companion and the page's WebAssembly read the same types, and TypeScript
//! gets them by `xtask bindings`.

pub mod bridge;
pub mod clock;
pub mod close;
pub mod range;

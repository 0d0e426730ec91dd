//! The bridge, its events and its guards, over real sockets.

mod abuse;
#[cfg(unix)]
mod binary;
mod bytes;
mod clock;
mod ends;
mod events;
mod guards;
#[cfg(target_os = "linux")]
mod memory;
mod served;
#[cfg(target_os = "linux")]
mod soak;
mod support;

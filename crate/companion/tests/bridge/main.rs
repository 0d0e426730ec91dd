//! The bridge, its events and its guards, over real sockets.

mod bytes;
mod clock;
mod ends;
mod events;
mod guards;
mod support;

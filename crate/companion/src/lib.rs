//! The native companion of the page: the `chanscope` command line.
//!
//! It serves the page on this machine, runs the notes' TCP clock, and lets the page reach that clock and nothing else.
//! It refuses to be reached from other machines: it listens on loopback addresses only and answers only to loopback
//! names. It knows no JavaScript.

pub mod bridge;
pub mod clock;
pub mod command;
pub mod descriptors;
pub mod limits;
mod read_buffer;
pub mod server;
mod socket;

//! The native companion of the page: the `chanscope` command line.
//!
//! It serves the page on this machine and, as commands join, runs programs in a terminal. It refuses to be reached from
//! other machines: it listens on loopback addresses only and answers only to loopback names. It knows no JavaScript.

pub mod command;
pub mod server;

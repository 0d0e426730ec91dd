//! `chanscope serve` from outside.

mod binary;
mod server;
mod support;

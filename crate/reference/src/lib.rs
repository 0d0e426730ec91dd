//! Small programs three times over: as a plain interpreter of Go's rules runs them, as our kernel does, and as Go does.
//!
//! The plain interpreter ([`plain`]) is the yardstick: it shares no code with the kernel and is to be read in one
//! sitting. Random programs have to have the same outcomes there and here, and whatever Go shows has to be among them.
//! Nothing of the product depends on this crate. It refuses plain variables: a program here has no data race, so Go's
//! answer is a reference too.

pub mod compare;
pub mod generate;
pub mod golang;
pub mod ours;
pub mod outcome;
pub mod plain;
pub mod program;

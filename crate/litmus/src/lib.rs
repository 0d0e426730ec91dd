//! Litmus tests: small programs that tell one memory model from another.
//!
//! Reads the common `X86` format of the herd tools, runs a test under sequential consistency or under total store
//! order, and says whether its condition holds always, sometimes or never, with every final state that is possible.
//! Source of the format: Alglave, Maranget, Tautschnig, "Herding Cats", TOPLAS 36(2), 2014, and the herdtools manual,
//! "Litmus tests"; the grammar is that of herdtools' `X86Parser.mly` and `stateParser.mly`. Only what tests of x86 usually
//! contain is read: `MOV`, `MFENCE`, `XCHG`, a condition on registers and words, `locations` and `filter`. A register can
//! hold an address only from the start and for good. Not read are labels and jumps, arithmetic, `CMPXCHG`, other fences,
//! arrays, and conditions that compare two places.

mod check;
mod lexer;
mod parse;
mod program;
mod test;

pub use chanscope_explore::Incomplete;
pub use chanscope_sync::memory::Model;
pub use check::{Checked, FinalState, Frequency, check};
pub use parse::{MAX_BYTES, ParseError, parse};
pub use test::{Condition, Instruction, Litmus, Operand, Place, Quantifier};

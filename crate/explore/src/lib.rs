//! Looks at programs from outside: what could happen in them, and what went wrong in one run.
//!
//! Knows no channel and no scenario: dependence is decided from the footprints that object kinds declare.

mod action;
mod beside;
mod bounded;
mod brute;
mod clock;
mod conductor;
mod equivalence;
mod explorer;
mod gathered;
mod guard;
mod judge;
mod known;
mod marks;
mod matters;
mod names;
mod order;
mod outcome;
mod part;
mod parting;
mod past;
mod race;
mod raced;
mod rest;
mod reversal;
mod sample;
mod search;
mod share;
mod sleep;
mod smallest;
mod split;
mod states;
mod steps;
mod tally;
mod turning;
mod wakeup;
mod witness;

pub use beside::{Starter, Threads};
pub use brute::{BruteForce, Class, brute_force};
pub use equivalence::Equivalence;
pub use explorer::{Bounds, Explorer, Incomplete, Progress, Report, Seen, explore};
pub use judge::judge;
pub use matters::Matters;
pub use order::{Around, Order};
pub use outcome::{OutcomeEnding, OutcomeFinding, OutcomeName};
pub use part::{Part, StepWay, Turn};
pub use parting::parting;
pub use race::{MAX_RACES, races};
pub use sample::{MAX_SAMPLED, Sample, Sampled};
pub use share::{PartSearch, Share, ShareOutcome, ShareWitness};
pub use split::{parts_among, split};
pub use turning::{NoTurning, PointOfNoReturn, point_of_no_return};
pub use witness::{WITNESS_BASE, context_switches};

//! From a place in a link to a run and its verdict: what the page and the terminal have in common.
//!
//! A [`Spec`] is what somebody asked for; a [`Plan`] is one that was checked; a [`Finished`] run answers questions. A
//! [`Place`] is a spec with a moment, as links say it. An [`Exploration`] finds all that can happen, each outcome with
//! a plan that shows it; [`Parts`] are what others search for it. Whatever cannot be done is a [`Refusal`] in two
//! languages. Knows no JavaScript, no terminal and no wire format: whoever talks to the outside converts.

mod bounds;
mod diff;
mod exploration;
mod finished;
mod kinds;
pub mod local_pool;
mod moves;
mod outcome;
mod parts;
mod pinned;
mod place;
mod plan;
mod refusal;
mod relations;
mod search;
mod session;
mod verdict;

pub use chanscope_explore::{Around, Incomplete, NoTurning, Share, ShareOutcome, ShareWitness, StepWay, Threads};
pub use chanscope_link::MAX_SEED;

pub use bounds::{
    AskedBounds, ExploreBounds, MAX_CLOSER, MAX_EXECUTIONS, MAX_OUTCOMES, MAX_PREEMPTIONS, MAX_SAMPLE_EVENTS,
    MAX_SAMPLES, MAX_STEPS, PROOF_RUNS, Reason, TURNING_EXECUTIONS,
};
pub use diff::{Diff, TOLD_AFTER_PARTING, Told};
pub use exploration::{Exploration, Findings, Standing};
pub use finished::Finished;
pub use kinds::Kind;
pub use moves::{Move, Moves};
pub use outcome::{Found, Shown, Turning};
pub use parts::Parts;
pub use pinned::pinned;
pub use place::{Place, read_link};
pub use plan::{Plan, Spec, scenario_of};
pub use refusal::{Refusal, RefusalKind};
pub use relations::MOST_ORDERED_EVENTS;
pub use search::{Quarry, Query};
pub use session::{Progress, Session};
pub use verdict::{FindingTold, VerdictTold};

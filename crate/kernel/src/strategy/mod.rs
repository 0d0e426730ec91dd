//! Strategies: whatever answers choices. Each is a short file.

mod first_come;
mod follow;
mod go_like;
mod guided;
mod pct;
mod random;
mod round_robin;
mod schedule;

pub use first_come::FirstCome;
pub use follow::Follow;
pub use go_like::GoLike;
pub use guided::{Deviation, Guided};
pub use pct::Pct;
pub use random::Random;
pub use round_robin::RoundRobin;
pub use schedule::{ProcessorQueue, Queues, Schedule};

use crate::choice::{Choice, Decision, Moment};
use crate::ids::Position;
use crate::limits::Limit;

/// Decides what happens next.
pub trait Strategy {
    /// One of the decisions that are possible at this moment. Called only when there is one.
    ///
    /// # Errors
    /// [`Diverged`] when the strategy wants something that is not possible now.
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>>;

    /// Called when nobody can move and before time passes: what somebody outside does now, of
    /// [`Moment::from_outside`].
    ///
    /// # Errors
    /// [`Diverged`] when the strategy wants something that is not possible now.
    fn outside(&mut self, moment: Moment<'_>) -> Result<Option<Decision>, Box<Diverged>> {
        let _ = moment;
        Ok(None)
    }

    /// Called once when the run is over.
    ///
    /// # Errors
    /// [`Diverged`] when the strategy still wanted something.
    fn over(&mut self, at: Position) -> Result<(), Box<Diverged>> {
        let _ = at;
        Ok(())
    }

    /// The limit by which the run ends here, for a strategy that follows one which met it.
    fn cuts_off(&self, at: Position) -> Option<Limit> {
        let _ = at;
        None
    }

    /// On which processor the step that was decided last runs, for strategies that have processors.
    fn processor(&self) -> Option<u16> {
        None
    }

    /// Who had which place on its processors so far, for strategies that have some. It is given once.
    fn take_schedule(&mut self) -> Option<Schedule> {
        None
    }
}

impl<S: Strategy + ?Sized> Strategy for Box<S> {
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
        (**self).decide(moment)
    }

    fn outside(&mut self, moment: Moment<'_>) -> Result<Option<Decision>, Box<Diverged>> {
        (**self).outside(moment)
    }

    fn over(&mut self, at: Position) -> Result<(), Box<Diverged>> {
        (**self).over(at)
    }

    fn cuts_off(&self, at: Position) -> Option<Limit> {
        (**self).cuts_off(at)
    }

    fn processor(&self) -> Option<u16> {
        (**self).processor()
    }

    fn take_schedule(&mut self) -> Option<Schedule> {
        (**self).take_schedule()
    }
}

/// A replay that met a choice it cannot honour. There is no trace then, rather than a wrong one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("at step {at} the choice {wanted} {why}")]
pub struct Diverged {
    /// The position.
    pub at: Position,
    /// What was wanted there.
    pub wanted: Choice,
    /// Why it could not be had.
    pub why: WhyNot,
}

/// Why a choice cannot be honoured.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WhyNot {
    /// Something else was possible there.
    #[error("is not possible; possible are {}", list(.runnable, *.more))]
    NotRunnable {
        /// What was possible, at most [`Diverged::MOST_LISTED`].
        runnable: Vec<Choice>,
        /// Whether there was more.
        more: bool,
    },
    /// Nobody can choose there: a step was under way that ends only at `next`.
    #[error("cannot be made, in the middle of one; the next step begins at {next}")]
    MidStep {
        /// The position at which the next choice was made.
        next: Position,
    },
    /// The run was over before.
    #[error("cannot be made; the run ends at step {end}")]
    Over {
        /// Its last position.
        end: Position,
    },
}

impl Diverged {
    /// How many possibilities are named.
    pub const MOST_LISTED: usize = 8;

    /// What is possible at a moment, as far as it is named, and whether there is more.
    fn runnable(moment: Moment<'_>) -> (Vec<Choice>, bool) {
        let mut runnable = moment.decisions(Self::MOST_LISTED + 1);
        let more = runnable.len() > Self::MOST_LISTED;
        runnable.truncate(Self::MOST_LISTED);
        (runnable.iter().map(|decision| moment.name(decision)).collect(), more)
    }
}

fn list(choices: &[Choice], more: bool) -> String {
    let mut names: Vec<String> = choices.iter().map(ToString::to_string).collect();
    if more {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// A number that looks random and follows from the seed and what it is for: so a decision changed by hand changes
/// no other draw. The mixing function is SplitMix64's (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, OOPSLA 2014).
#[must_use]
pub(crate) fn seeded(seed: u64, what: u64, nth: u64) -> u64 {
    let mix = |mut z: u64| {
        z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    mix(mix(mix(seed) ^ what) ^ nth)
}

/// A number below `bound` from a seeded one: Lemire's multiplication, whose bias of at most `bound` / 2^64 nobody sees.
pub(crate) fn below(bound: u64, seeded: u64) -> u64 {
    u64::try_from((u128::from(seeded) * u128::from(bound)) >> 64).expect("below the bound")
}

const DRAWS: u64 = 1 << 32;
const CASES: u64 = 2 << 32;
const GOROUTINES: u64 = 3 << 32;

/// The value of a goroutine's next draw: it depends on the goroutine and on how often it has drawn, on nothing else.
pub(crate) fn seeded_draw(seed: u64, moment: Moment<'_>, decision_of: crate::ids::GoroutineId, bound: u64) -> u64 {
    let what = DRAWS ^ moment.path_number(decision_of);
    below(bound, seeded(seed, what, moment.draws_made(decision_of).into()))
}

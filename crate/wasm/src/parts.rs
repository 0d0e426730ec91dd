//! The parts of an exploration, in the types of the wire: what one instance of the explorer's module finds in them and
//! another one takes. What is wrong with it is a fault of ours.

use chanscope_kernel::Path;
use chanscope_session::{self as session, Incomplete, Share, ShareOutcome, ShareWitness, StepWay};

use crate::exploration::checked;
use crate::wire::{ExploreSpec, PartFound, PartIncomplete, PartOutcome, PartStep, PartWay, PartWitness, Refusal};

/// The parts of an exploration, for an instance that searches some of them.
pub struct Parts {
    parts: session::Parts,
}

impl Parts {
    /// The parts of what is asked for, among so many instances. Each of them gets the same.
    ///
    /// # Errors
    /// What is wrong with the settings or the limits, by name.
    pub fn new(asked: &ExploreSpec, workers: u32) -> Result<Self, Refusal> {
        let (scenario, settings, bounds) = checked(asked)?;
        Ok(Self { parts: session::Parts::new(scenario, settings, bounds, workers as usize) })
    }

    /// How many there are; one where there is no good way to divide the program.
    #[must_use]
    pub fn count(&self) -> u32 {
        small(self.parts.count())
    }

    /// Searches on in a part, up to so many executions.
    ///
    /// # Panics
    /// When there is no such part.
    pub fn advance(&mut self, part: u32, executions: u32) -> PartFound {
        told(part, self.parts.advance(part as usize, executions.into()))
    }
}

fn told(part: u32, share: Share) -> PartFound {
    let Share { executions, blocked, looked, fraction, over, incomplete, outcomes } = share;
    let outcomes = outcomes.into_iter().map(|ShareOutcome { nth, count, witness }| PartOutcome {
        nth: small(nth),
        count: small(count),
        witness: witness.map(|ShareWitness { switches, steps }| PartWitness {
            switches: small(switches),
            steps: steps.into_iter().map(|(who, way)| PartStep { who: who.to_string(), way: way.into() }).collect(),
        }),
    });
    PartFound {
        part,
        executions: small(executions),
        blocked: small(blocked),
        looked: small(looked),
        fraction,
        over,
        incomplete: incomplete.into_iter().map(PartIncomplete::from).collect(),
        outcomes: outcomes.collect(),
    }
}

/// The part, and what was found in it.
pub(crate) fn read(found: PartFound) -> (usize, Share) {
    let PartFound { part, executions, blocked, looked, fraction, over, incomplete, outcomes } = found;
    let outcomes = outcomes.into_iter().map(|PartOutcome { nth, count, witness }| ShareOutcome {
        nth: nth as usize,
        count: count.into(),
        witness: witness.map(|PartWitness { switches, steps }| ShareWitness {
            switches: switches as usize,
            steps: steps.into_iter().map(|PartStep { who, way }| (path(&who), way.into())).collect(),
        }),
    });
    let share = Share {
        executions: executions.into(),
        blocked: blocked.into(),
        looked: looked.into(),
        fraction,
        over,
        incomplete: incomplete.into_iter().map(Incomplete::from).collect(),
        outcomes: outcomes.collect(),
    };
    (part as usize, share)
}

impl From<StepWay> for PartWay {
    fn from(way: StepWay) -> Self {
        match way {
            StepWay::Alone(case) => Self::Alone(case),
            StepWay::Draw(value) => Self::Draw(small(value)),
            StepWay::Default => Self::Default,
            StepWay::Meet { case, partner, partner_case } => {
                Self::Meet { case, partner: partner.to_string(), partner_case }
            }
        }
    }
}

impl From<PartWay> for StepWay {
    fn from(way: PartWay) -> Self {
        match way {
            PartWay::Alone(case) => Self::Alone(case),
            PartWay::Draw(value) => Self::Draw(value.into()),
            PartWay::Default => Self::Default,
            PartWay::Meet { case, partner, partner_case } => Self::Meet { case, partner: path(&partner), partner_case },
        }
    }
}

impl From<Incomplete> for PartIncomplete {
    fn from(why: Incomplete) -> Self {
        match why {
            Incomplete::Steps => Self::Steps,
            Incomplete::Choices => Self::Choices,
            Incomplete::Looks => Self::Looks,
            Incomplete::Foreseen => Self::Foreseen,
            Incomplete::Astray => Self::Astray,
            Incomplete::Cut => Self::Cut,
            Incomplete::Searching
            | Incomplete::LeftOff
            | Incomplete::Executions
            | Incomplete::Preemptions
            | Incomplete::States => unreachable!("{why:?} is said of no part"),
        }
    }
}

impl From<PartIncomplete> for Incomplete {
    fn from(why: PartIncomplete) -> Self {
        match why {
            PartIncomplete::Steps => Self::Steps,
            PartIncomplete::Choices => Self::Choices,
            PartIncomplete::Looks => Self::Looks,
            PartIncomplete::Foreseen => Self::Foreseen,
            PartIncomplete::Astray => Self::Astray,
            PartIncomplete::Cut => Self::Cut,
        }
    }
}

fn path(births: &str) -> Path {
    Path::parse(births).expect("it was written by Path")
}

/// What one slice comes to, and numbers of what is in memory. Of the values of a draw only the first few are tried.
fn small(count: impl TryInto<u32, Error: std::fmt::Debug>) -> u32 {
    count.try_into().expect("it is limited")
}

#[cfg(test)]
mod tests {
    use super::{Incomplete, Path, Share, ShareOutcome, ShareWitness, StepWay, read, told};
    use crate::wire::PartFound;

    #[test]
    fn what_is_told_is_what_is_read() {
        let (main, child) = (Path::main(), Path::main().child(3).child(1));
        let meet = StepWay::Meet { case: 1, partner: child.clone(), partner_case: 2 };
        let ways = [StepWay::Alone(2), StepWay::Draw(4_000), StepWay::Default, meet];
        let steps = ways.into_iter().flat_map(|way| [(main.clone(), way.clone()), (child.clone(), way)]).collect();
        let witness = Some(ShareWitness { switches: 5, steps });
        let share = Share {
            executions: 30,
            blocked: 1,
            looked: 2,
            fraction: 0.25,
            over: true,
            incomplete: vec![
                Incomplete::Steps,
                Incomplete::Choices,
                Incomplete::Looks,
                Incomplete::Foreseen,
                Incomplete::Astray,
                Incomplete::Cut,
            ],
            outcomes: vec![
                ShareOutcome { nth: 0, count: 3, witness: None },
                ShareOutcome { nth: 1, count: 27, witness },
            ],
        };
        let text = serde_json::to_string(&told(7, share.clone())).expect("it is data");
        let found: PartFound = serde_json::from_str(&text).expect("just written");
        assert_eq!(read(found), (7, share));
    }
}

//! What could have happened next, at a moment of a finished run.

use chanscope_kernel::words::{Language, Piece};
use chanscope_kernel::{Decision, GoroutineId, Position, Strategy, Way};

use crate::finished::Finished;
use crate::refusal::Refusal;

/// At most so many possibilities are listed.
const MOST_MOVES: usize = 256;

/// One thing that could happen next.
#[derive(Clone, PartialEq, Debug)]
pub struct Move {
    /// Who would do it.
    pub goroutine: GoroutineId,
    /// The choice by its name; empty where there is none to make, since it follows by itself.
    pub choice: String,
    /// What it would do.
    pub sentence: Vec<Piece>,
    /// Whether it is what the run did.
    pub taken: bool,
}

/// What can happen at a position.
#[derive(Clone, PartialEq, Debug)]
pub struct Moves {
    /// The position at which the choice is made: the first one, from the asked one on, that lies between two steps, or
    /// the asked one where every event was asked for.
    pub at: Position,
    /// What could happen. Empty at the end. More than 256 are cut.
    pub moves: Vec<Move>,
    /// How many there are in all.
    pub total: u64,
}

impl Finished {
    /// What could have happened at the first position from `at` on that lies between two steps. Where `every` event is
    /// asked for, what follows by itself in the middle of a step is told as well.
    ///
    /// Cost: the run is run again up to there.
    ///
    /// # Errors
    /// None that a run which has finished can have: it is replayed.
    pub fn moves(&self, at: Position, every: bool, language: Language) -> Result<Moves, Refusal> {
        let trace = self.trace();
        if every && !trace.between_steps(at) {
            return Ok(self.follows(at, language));
        }
        let at = (at..trace.len()).find(|&at| trace.between_steps(at)).unwrap_or(trace.len());
        let (mut run, mut strategy) = self.plan().start();
        while run.position() < at {
            run.advance(&mut strategy, 1)?;
        }
        let tell = self.tell(language);
        Ok(run.moment(|moment| {
            // At the end nobody may move any more, even if he could.
            if at == trace.len() || !moment.anybody() {
                return Moves { at, moves: Vec::new(), total: 0 };
            }
            let taken = strategy.decide(moment).ok();
            let mut decisions = moment.decisions(MOST_MOVES);
            if let Some(taken) = taken.as_ref().filter(|taken| decisions.iter().all(|d| !same_step(taken, d))) {
                decisions.push(*taken);
            }
            let listed = decisions.iter().map(|decision| Move {
                goroutine: decision.goroutine,
                choice: moment.name(decision).to_string(),
                sentence: tell.would_do(moment, decision),
                taken: taken.as_ref().is_some_and(|taken| same_step(taken, decision)),
            });
            Moves { at, moves: listed.collect(), total: moment.possibilities() }
        }))
    }

    /// What comes next in the middle of a step.
    fn follows(&self, at: Position, language: Language) -> Moves {
        let goroutine = self.trace().event(at).goroutine;
        let sentence = self.tell(language).will_do(&self.checkpoints().state(self.trace(), at));
        let one = Move { goroutine, choice: String::new(), sentence, taken: true };
        Moves { at, moves: vec![one], total: 1 }
    }
}

/// Whether two decisions are the same step: a meeting can be named from either side.
fn same_step(a: &Decision, b: &Decision) -> bool {
    let sides = |decision: &Decision| match decision.way {
        Way::Meet { case, partner, partner_case } => {
            let (one, other) = ((decision.goroutine, case), (partner, partner_case));
            Some((one.min(other), one.max(other)))
        }
        _ => None,
    };
    a == b || (sides(a).is_some() && sides(a) == sides(b))
}

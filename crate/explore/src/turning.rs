//! The point of no return: the last choice of a run that ended badly from which a good end could still be reached.

use chanscope_kernel::{Deviation, Guided, Path, Position, Run};

use crate::explorer::{Bounds, Explorer};
use crate::outcome::OutcomeName;
use crate::witness::WITNESS_BASE;

/// The step that made a good end impossible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PointOfNoReturn {
    /// The position at which the choice was made: before it a good end could be reached, after it none.
    pub at: Position,
    /// Who took the step.
    pub goroutine: Path,
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoTurning {
    /// Even from the start every end is as bad.
    #[error("no execution of the program ends well")]
    NeverGood,
    /// The run itself ends well.
    #[error("the run ends well")]
    Good,
    /// The bounds were too narrow to know.
    #[error("the search for a good end was cut by its bounds")]
    Unknown,
    /// Whoever asked had no time left.
    #[error("the search for a good end was stopped")]
    Stopped,
}

/// Searches along the run that `deviations` tell. Cost: searches from a few of its prefixes, by bisection, each within
/// `bounds`. `go_on` is asked between executions; it ends the search by `false`.
///
/// # Errors
/// [`NoTurning`].
pub fn point_of_no_return(
    start: impl Fn() -> Run,
    deviations: &[Deviation],
    bounds: Bounds,
    good: impl Fn(&OutcomeName) -> bool,
    mut go_on: impl FnMut() -> bool,
) -> Result<PointOfNoReturn, NoTurning> {
    let prefix = |steps: u32| {
        let mut run = start();
        let mut strategy = Guided::new(WITNESS_BASE, deviations.to_vec());
        for _ in 0..steps {
            run.advance(&mut strategy, 1).expect("a witness replays");
        }
        run
    };
    let mut saves = |steps: u32| saves(|| prefix(steps), bounds, &good, &mut go_on);
    let mut length = 0;
    let mut run = start();
    let mut strategy = Guided::new(WITNESS_BASE, deviations.to_vec());
    while !run.advance(&mut strategy, 1).expect("a witness replays") {
        length += 1;
    }
    if !saves(0)? {
        return Err(NoTurning::NeverGood);
    }
    // A good end can be reached after `alive` steps, none after `lost`.
    let (mut alive, mut lost) = (0, length + 1);
    if saves(lost)? {
        return Err(NoTurning::Good);
    }
    while lost - alive > 1 {
        let middle = alive + (lost - alive) / 2;
        if saves(middle)? { alive = middle } else { lost = middle }
    }
    let before = prefix(alive).position();
    let goroutine = run.trace(|trace| trace.goroutine(trace.actor(before)).path.clone());
    Ok(PointOfNoReturn { at: before, goroutine })
}

fn saves(
    start: impl Fn() -> Run,
    bounds: Bounds,
    good: &impl Fn(&OutcomeName) -> bool,
    go_on: &mut impl FnMut() -> bool,
) -> Result<bool, NoTurning> {
    let mut explorer = Explorer::new(start, bounds);
    loop {
        if !go_on() {
            return Err(NoTurning::Stopped);
        }
        let progress = explorer.advance(1);
        if explorer.outcomes().any(good) {
            return Ok(true);
        }
        if progress.over {
            return if explorer.report().is_complete() { Ok(false) } else { Err(NoTurning::Unknown) };
        }
    }
}

//! All interleavings of a small program, by trying every choice: slow, and obviously right.
//!
//! The yardstick for everything cleverer. An execution is re-run from the start for each path through the tree of
//! choices; nothing is pruned.

use std::collections::BTreeMap;

use chanscope_kernel::{Decision, GoroutineId, Run, Verdict, Way};

use crate::equivalence::Equivalence;
use crate::judge::judge_where;
use crate::matters::Matters;
use crate::outcome::OutcomeName;
use crate::witness::context_switches;

/// What trying everything has given.
#[derive(Debug)]
pub struct BruteForce {
    /// Interleavings that were run.
    pub interleavings: u64,
    /// Classes of equivalent executions.
    pub classes: BTreeMap<Equivalence, Class>,
    /// Whether every choice was tried. When not, the bound on interleavings or on choices at one moment was met.
    pub complete: bool,
}

/// A class of equivalent executions.
#[derive(Debug)]
pub struct Class {
    /// The verdict on its first execution.
    pub verdict: Verdict,
    /// What each of them came to.
    pub name: OutcomeName,
    /// How many interleavings it has.
    pub interleavings: u64,
    /// How often somebody goes on who had no part in the step before, in that of them where it is least.
    pub switches: usize,
}

/// More possibilities at one moment than this are not all tried, and the result is not complete.
const MAX_CHOICES: usize = 4096;

/// Runs every interleaving of the program that `start` starts, at most `max_interleavings` of them.
///
/// `start` has to give the same program each time.
///
/// # Panics
/// When equivalent executions come to different outcomes: something has made a difference that no footprint declares.
#[must_use]
pub fn brute_force(start: &dyn Fn() -> Run, max_interleavings: u64, matters: Matters) -> BruteForce {
    let mut result = BruteForce { interleavings: 0, classes: BTreeMap::new(), complete: true };
    // For each moment of the current path: which possibility was taken, and how many there were.
    let mut path: Vec<(usize, usize)> = Vec::new();
    loop {
        if result.interleavings == max_interleavings {
            result.complete = false;
            return result;
        }
        let mut run = start();
        let mut depth = 0;
        while !run.idle_until_somebody_can_move() {
            let decisions = decisions(&run);
            if depth == path.len() {
                result.complete &= decisions.len() < MAX_CHOICES;
                path.push((0, decisions.len()));
            }
            run.take(&decisions[path[depth].0]);
            depth += 1;
        }
        result.add(run, matters);
        // The next path: the last moment with something left to try takes it, and what came after is forgotten.
        while path.last().is_some_and(|&(taken, of)| taken + 1 == of) {
            path.pop();
        }
        match path.last_mut() {
            Some((taken, _)) => *taken += 1,
            None => return result,
        }
    }
}

/// Whatever could happen next. To park is listed for everyone who may, also where a partner is on its way.
fn decisions(run: &Run) -> Vec<Decision> {
    run.moment(|moment| {
        let mut decisions = moment.decisions(MAX_CHOICES);
        decisions.retain(|decision| decision.way != Way::Park);
        let everyone = (0..run.trace(|trace| trace.goroutines().len())).map(|index| u32::try_from(index).expect("few"));
        let parking = everyone.map(GoroutineId).filter(|&goroutine| moment.may_park(goroutine));
        decisions.extend(parking.map(|goroutine| Decision { goroutine, way: Way::Park }));
        decisions
    })
}

impl BruteForce {
    fn add(&mut self, run: Run, matters: Matters) {
        self.interleavings += 1;
        let outcome = run.finish();
        let verdict = judge_where(&outcome, matters);
        let name = OutcomeName::of(&outcome, &verdict, matters);
        let class = self.classes.entry(Equivalence::of(&outcome.trace, matters)).or_insert_with(|| Class {
            name: name.clone(),
            verdict,
            interleavings: 0,
            switches: usize::MAX,
        });
        assert_eq!(class.name, name, "equivalent executions come to the same");
        class.interleavings += 1;
        class.switches = class.switches.min(context_switches(&outcome.trace));
    }
}

//! A recorded order of commits as a run that a link can carry: the choices in which it differs from a strategy.

use chanscope_kernel::{
    Decision, Deviation, Diverged, FirstCome, Follow, Limit, Limits, Moment, Position, Recorded, Strategy,
};

use crate::plan::Plan;

/// The plan that does what was recorded: first come, first served wherever that comes to the same.
///
/// # Errors
/// When the order is not one of this program: then it was recorded with another.
pub fn pinned(plan: &Plan, recorded: Recorded) -> Result<Plan, Box<Diverged>> {
    let first_come = FirstCome { seed: plan.seed };
    let mut pinning =
        Pinning { recorded: Follow::new(recorded, None, plan.seed), base: first_come, deviations: Vec::new() };
    let mut run = plan.scenario.program(&plan.settings).run(Limits::default());
    while !run.advance(&mut pinning, u32::MAX)? {}
    let strategy = chanscope_scenario::StrategyName::FirstCome;
    Ok(Plan { strategy, deviations: pinning.deviations, ..plan.clone() })
}

/// Follows the recorded order and notes where the base would have gone elsewhere.
struct Pinning {
    recorded: Follow,
    base: FirstCome,
    deviations: Vec<Deviation>,
}

impl Pinning {
    fn note(&mut self, moment: Moment<'_>, decision: &Decision) {
        self.deviations.push(Deviation { at: moment.position(), choice: moment.name(decision) });
    }
}

impl Strategy for Pinning {
    fn decide(&mut self, moment: Moment<'_>) -> Result<Decision, Box<Diverged>> {
        let decision = self.recorded.decide(moment)?;
        // A meeting has two names, one from each side.
        if moment.name(&self.base.decide(moment)?) != moment.name(&decision) {
            self.note(moment, &decision);
        }
        Ok(decision)
    }

    fn outside(&mut self, moment: Moment<'_>) -> Result<Option<Decision>, Box<Diverged>> {
        let decision = self.recorded.outside(moment)?;
        if let Some(decision) = &decision {
            self.note(moment, decision);
        }
        Ok(decision)
    }

    fn over(&mut self, at: Position) -> Result<(), Box<Diverged>> {
        self.recorded.over(at)
    }

    fn cuts_off(&self, at: Position) -> Option<Limit> {
        self.recorded.cuts_off(at)
    }
}

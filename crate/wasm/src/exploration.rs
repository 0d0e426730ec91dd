//! An exploration, asked and answered in the types of the wire.

use chanscope_session::{self as session, Turning};
use chanscope_session::{AskedBounds, ExploreBounds, Findings, Found, Plan, Spec, Standing};

use chanscope_scenario::StrategyName;

use crate::wire::{ExploreProgress, ExploreReport, ExploreSpec, OutcomeInfo, Refusal, TurningInfo};

/// All that can happen in a program with given settings.
pub struct Exploration {
    exploration: session::Exploration,
}

/// At most so many outcomes are told.
const MOST_OUTCOMES: usize = 200;

impl Exploration {
    /// The exploration that is asked for, not begun.
    ///
    /// # Errors
    /// What is wrong with the settings or the limits, by name.
    pub fn new(asked: &ExploreSpec) -> Result<Self, Refusal> {
        let mut spec = Spec::of(&asked.scenario);
        spec.settings = asked.config.iter().map(|(name, setting)| (name.clone(), setting.clone().into())).collect();
        let Plan { scenario, settings, .. } = Plan::of(&spec)?;
        let bounds = ExploreBounds::check(AskedBounds {
            executions: asked.executions,
            steps: asked.steps,
            samples: asked.samples,
            sampling: StrategyName::Random,
            preemptions: asked.preemptions,
            order_of_output: asked.order_of_output,
        })?;
        Ok(Self { exploration: session::Exploration::new(scenario, settings, bounds) })
    }

    /// Runs up to so many executions more.
    pub fn advance(&mut self, executions: u32) -> ExploreProgress {
        self.exploration.advance(executions.into()).into()
    }

    /// Runs up to so many random runs more. Answers whether there are still some to come.
    pub fn sample(&mut self, runs: u32) -> bool {
        self.exploration.sample(runs.into())
    }

    /// What was found so far.
    pub fn report(&mut self) -> ExploreReport {
        let Findings { executions, sampled, incomplete, outcomes, .. } = self.exploration.findings();
        let bounds = self.exploration.bounds();
        ExploreReport {
            executions: number(executions),
            sampled: number(sampled),
            incomplete: incomplete.into_iter().map(|why| why.words(bounds).into()).collect(),
            total: small(outcomes.len()),
            outcomes: outcomes.into_iter().take(MOST_OUTCOMES).map(OutcomeInfo::from).collect(),
        }
    }

    /// Makes the witness of the next outcome small, or looks for the point of no return of the next bad one. Answers
    /// whether there may be more to do.
    pub fn look_closer(&mut self) -> bool {
        self.exploration.look_closer(|| true)
    }
}

impl From<Standing> for ExploreProgress {
    fn from(standing: Standing) -> Self {
        let Standing { executions, outcomes, estimate, sampled, over } = standing;
        let (executions, sampled) = (number(executions), number(sampled));
        Self { executions, outcomes: small(outcomes), estimate, sampled, over }
    }
}

impl From<Found> for OutcomeInfo {
    fn from(found: Found) -> Self {
        let Found { shown, number: nth, count, sampled, smallest, .. } = found;
        let switches = small(shown.switches);
        let link = shown.plan.link(shown.at, Some(&shown.digest)).ok();
        Self {
            number: small(nth),
            verdict: shown.verdict.into(),
            detail: shown.detail.into(),
            output: shown.output,
            output_lines: small(shown.output_lines),
            count: number(count),
            sampled: number(sampled),
            spec: shown.plan.spec().into(),
            digest: shown.digest,
            at: shown.at,
            events: shown.events,
            switches,
            smallest,
            link,
            turning: shown.turning.and_then(Result::ok).map(TurningInfo::from),
        }
    }
}

impl From<Turning> for TurningInfo {
    fn from(turning: Turning) -> Self {
        Self { after: turning.at + 1, sentence: turning.sentence.into() }
    }
}

/// Counts are limited to a billion.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}

fn small(count: usize) -> u32 {
    u32::try_from(count).expect("it is limited")
}

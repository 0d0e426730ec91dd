//! An exploration, asked and answered in the types of the wire.

use chanscope_session::{self as session, Turning};
use chanscope_session::{AskedBounds, ExploreBounds, Findings, Found, Kind, Plan, Spec, Standing};

use chanscope_scenario::{Checked, Scenario, StrategyName};

use crate::parts::read;
use crate::wire::{
    ExploreProgress, ExploreReport, ExploreSpec, OutcomeInfo, OutcomeKind, PartFound, Refusal, TurningInfo,
};

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
        let (scenario, settings, bounds) = checked(asked)?;
        Ok(Self { exploration: session::Exploration::new(scenario, settings, bounds) })
    }

    /// Runs up to so many executions more.
    pub fn advance(&mut self, executions: u32) -> ExploreProgress {
        self.exploration.advance(executions.into()).into()
    }

    /// Begins again in so many [parts](crate::Parts), which others search.
    pub fn gather(&mut self, parts: u32) {
        self.exploration.gather(parts as usize);
    }

    /// Takes what was found in a part.
    ///
    /// # Panics
    /// When it was not found in a part of this exploration.
    pub fn join(&mut self, found: PartFound) -> ExploreProgress {
        let (part, share) = read(found);
        self.exploration.join(part, share).into()
    }

    /// Runs up to so many random runs more. Answers whether there are still some to come.
    pub fn sample(&mut self, runs: u32) -> bool {
        self.exploration.sample(runs.into())
    }

    /// What was found so far.
    pub fn report(&mut self) -> ExploreReport {
        let findings = self.exploration.findings();
        let bounds = self.exploration.bounds();
        let kinds = findings.kinds().into_iter().map(OutcomeKind::from).collect();
        let outcomes = findings.some(MOST_OUTCOMES).into_iter().cloned().map(OutcomeInfo::from).collect();
        let Findings { executions, estimate, sampled, sampled_cut, incomplete, outcomes: all, .. } = findings;
        ExploreReport {
            executions: number(executions),
            estimate,
            sampled: number(sampled),
            sampled_cut: number(sampled_cut),
            incomplete: incomplete.into_iter().map(|why| why.words(bounds).into()).collect(),
            total: small(all.len()),
            outcomes,
            kinds,
        }
    }

    /// Makes the witness of the next outcome small, or looks for the point of no return of the next bad one. Answers
    /// whether there may be more to do.
    pub fn look_closer(&mut self) -> bool {
        self.exploration.look_closer(|| true)
    }

    /// How often [`look_closer`](Self::look_closer) has something left to do, among the outcomes so far.
    #[must_use]
    pub fn left_to_look_at(&self) -> u32 {
        small(self.exploration.left_to_look_at())
    }
}

/// What is asked for, within its limits.
pub(crate) fn checked(asked: &ExploreSpec) -> Result<(&'static Scenario, Checked, ExploreBounds), Refusal> {
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
    Ok((scenario, settings, bounds))
}

impl From<Standing> for ExploreProgress {
    fn from(standing: Standing) -> Self {
        let Standing { executions, outcomes, estimate, sampled, over } = standing;
        let (executions, sampled) = (number(executions), number(sampled));
        Self { executions, outcomes: small(outcomes), estimate, sampled, over }
    }
}

impl From<Kind<'_>> for OutcomeKind {
    fn from(kind: Kind<'_>) -> Self {
        let Kind { first, outcomes, executions, .. } = kind;
        Self { verdict: first.shown.verdict.clone().into(), outcomes: small(outcomes), count: number(executions) }
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
            pressed: shown.pressed,
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

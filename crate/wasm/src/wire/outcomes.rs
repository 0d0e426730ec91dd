//! What can happen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{RunSpec, Setting, VerdictInfo, Words};

/// What is to be explored, and within which limits. Numbers are checked by the core, which names the one that does not
/// go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExploreSpec {
    /// [`ScenarioInfo::id`].
    pub scenario: String,
    /// Settings that differ from their defaults, or all of them.
    pub config: BTreeMap<String, Setting>,
    /// Executions, at most.
    pub executions: f64,
    /// Steps of one execution, at most.
    pub steps: f64,
    /// Random runs beside the search.
    pub samples: f64,
    /// Preemptions of one execution, at most; none for any number.
    pub preemptions: Option<f64>,
    /// Whether the order in which lines are printed tells executions apart.
    pub order_of_output: bool,
}

/// How far an exploration is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExploreProgress {
    /// Executions so far, no two of them equivalent.
    pub executions: f64,
    /// Outcomes so far.
    pub outcomes: u32,
    /// A guess at how many executions there are; early ones are low.
    pub estimate: Option<f64>,
    /// Random runs so far.
    pub sampled: f64,
    /// Whether the search has come to its end or met a limit.
    pub over: bool,
}

/// What an exploration has found.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExploreReport {
    /// Executions, no two of them equivalent.
    pub executions: f64,
    /// Random runs.
    pub sampled: f64,
    /// Why there may be more, each as the end of "not complete, because …"; empty when this is all that can happen.
    pub incomplete: Vec<Words>,
    /// Good outcomes first, at most 200; in an order that does not change as more come.
    pub outcomes: Vec<OutcomeInfo>,
    /// How many outcomes there are.
    pub total: u32,
}

/// An outcome, and the run that shows it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeInfo {
    /// Which one it is; stays the same as more is found.
    pub number: u32,
    /// The verdict on its witness.
    pub verdict: VerdictInfo,
    /// What is to be said beyond the ending: who waits for what, what was found. Can be empty.
    pub detail: Words,
    /// What it prints before main returns, at most 20 lines: sorted, unless the order was asked for.
    pub output: Vec<String>,
    /// How many lines there are.
    pub output_lines: u32,
    /// Inequivalent executions with this outcome: not a probability.
    pub count: f64,
    /// Random runs with it.
    pub sampled: f64,
    /// The smallest witness found.
    pub spec: RunSpec,
    /// Its digest.
    pub digest: String,
    /// The position in it that shows the outcome best.
    pub at: u32,
    /// Its events.
    pub events: u32,
    /// Its context switches.
    pub switches: u32,
    /// Whether it was proven that there is no smaller one.
    pub smallest: bool,
    /// The fragment of a link to it; none when its choices are too many for one.
    pub link: Option<String>,
    /// Where a bad outcome could last have been avoided, once that is known.
    pub turning: Option<TurningInfo>,
}

/// The last choice from which a good outcome could still be reached.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurningInfo {
    /// The position after it.
    pub after: u32,
    /// What was done.
    pub sentence: Words,
}

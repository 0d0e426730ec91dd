//! What can happen, and what those who search parts of it tell each other.

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
    /// A guess at how many executions there are; early ones are low. None when all were run.
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
    /// A guess at how many executions there are; none when all were run.
    pub estimate: Option<f64>,
    /// Random runs.
    pub sampled: f64,
    /// Those of them that were cut off, because they were too long: no outcome counts them.
    pub sampled_cut: f64,
    /// Why there may be more, each as the end of "not complete, because …"; empty when this is all that can happen.
    pub incomplete: Vec<Words>,
    /// Good outcomes first, at most 200, of each kind as many as of the others as far as there are; in an order that does
    /// not change as more come.
    pub outcomes: Vec<OutcomeInfo>,
    /// All outcomes, taken together by kind, in the same order.
    pub kinds: Vec<OutcomeKind>,
    /// How many outcomes there are.
    pub total: u32,
}

/// Outcomes that end alike and have the same kinds of faults.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeKind {
    /// The verdict on the witness of the first of them.
    pub verdict: VerdictInfo,
    /// How many they are.
    pub outcomes: u32,
    /// Inequivalent executions with one of them: not a probability.
    pub count: f64,
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
    /// Whether the reader presses a button in its witness. Random runs press only when nothing else can happen.
    pub pressed: bool,
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

/// What was found in a part since it was last told: from one instance of the explorer's module to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartFound {
    /// Which part, from 0.
    pub part: u32,
    /// Executions, no two of them equivalent.
    pub executions: u32,
    /// Executions that were begun and thrown away.
    pub blocked: u32,
    /// Prefixes that were run only to see what could be done after them.
    pub looked: u32,
    /// How much of the part is behind, at a guess.
    pub fraction: f64,
    /// Whether all of it is.
    pub over: bool,
    /// Why there may be more in what is behind.
    pub incomplete: Vec<PartIncomplete>,
    /// Those of which there is something new.
    pub outcomes: Vec<PartOutcome>,
}

/// Why there may be more in a part than was found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PartIncomplete {
    /// Some execution was longer than the bound.
    Steps,
    /// Some moment had more possibilities than are tried.
    Choices,
    /// Some operation could have gone on differently in more ways than are looked at.
    Looks,
    /// More was found to be tried at one time than is remembered.
    Foreseen,
    /// The search was wrong about what would be possible.
    Astray,
    /// A limit of the program cut some execution short.
    Cut,
}

/// What is new of an outcome in a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartOutcome {
    /// Which one, in the order in which the part's were found, from 0.
    pub nth: u32,
    /// How many executions more have it.
    pub count: u32,
    /// The smallest run found that shows it, where that is new.
    pub witness: Option<PartWitness>,
}

/// A run, for another instance to repeat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartWitness {
    /// Its context switches.
    pub switches: u32,
    /// Its steps.
    pub steps: Vec<PartStep>,
}

/// A step by names that are the same in every execution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartStep {
    /// The goroutine, by births.
    pub who: String,
    /// How its operation goes through.
    pub way: PartWay,
}

/// How a goroutine's operation goes through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PartWay {
    /// By that case of its own.
    Alone(u8),
    /// With that value drawn.
    Draw(u32),
    /// By the default of a select.
    Default,
    /// By a case together with somebody else's.
    #[serde(rename_all = "camelCase")]
    Meet {
        /// Its own case.
        case: u8,
        /// Whom it meets.
        partner: String,
        /// By which case of his.
        partner_case: u8,
    },
}

//! Programs, their settings, and runs as a whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Site;

/// A text in the page's two languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Words {
    /// English.
    pub en: String,
    /// 简体中文.
    pub zh: String,
}

/// The language in which sentences are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// English.
    En,
    /// 简体中文.
    Zh,
}

/// One entry of the catalogue. Its words and sources are files beside the program (`folder`), loaded when needed.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioInfo {
    /// The name in links and on the command line, such as `many-to-many`.
    pub id: String,
    /// Folder below `crate/scenario/src` with `body.rs`, `program.go`, `words.en.md`, `words.zh.md`.
    pub folder: String,
    /// The chapter's title.
    pub chapter: Words,
    /// The scenario's title.
    pub title: Words,
    /// The one sentence that it wants to make plain.
    pub claim: Words,
    /// Its settings, in the order of the form.
    pub fields: Vec<Field>,
    /// Named runs; the first one is what opens by default.
    pub presets: Vec<Preset>,
}

/// One setting of a scenario: a row of the form.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Its name in links, such as `producers`.
    pub name: String,
    /// Its label.
    pub label: Words,
    /// One sentence on what it does.
    pub help: Words,
    /// What values it takes.
    pub domain: Domain,
    /// The value when nothing is said.
    pub default: Setting,
}

/// The values a setting can have.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Domain {
    /// A whole number from `min` to `max`, both included.
    Number {
        /// Smallest value.
        min: u32,
        /// Largest value.
        max: u32,
    },
    /// Yes or no.
    Flag,
    /// One of a few.
    Choice {
        /// What there is to choose from.
        options: Vec<ChoiceOption>,
    },
}

/// One option of a [`Domain::Choice`].
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceOption {
    /// The value in links.
    pub value: String,
    /// Its label.
    pub label: Words,
}

/// The value of one setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Setting {
    /// Of a [`Domain::Flag`].
    Flag(bool),
    /// Of a [`Domain::Number`].
    Number(f64),
    /// Of a [`Domain::Choice`].
    Text(String),
}

/// A named run.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Preset {
    /// Its name within the scenario.
    pub id: String,
    /// What the reader sees.
    pub title: Words,
    /// The run.
    pub spec: RunSpec,
}

/// Everything that makes a run: the same spec gives the same trace on every machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunSpec {
    /// [`ScenarioInfo::id`].
    pub scenario: String,
    /// Settings that differ from their defaults, or all of them.
    pub config: BTreeMap<String, Setting>,
    /// A name from `StrategyName::ALL`, such as `first-come`.
    pub strategy: String,
    /// The seed of every draw, a whole number below 2^53.
    pub seed: f64,
    /// Where the run leaves what the strategy would have done, in order of position.
    pub deviations: Vec<Deviation>,
}

/// One choice made by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Deviation {
    /// The position at which it was made.
    pub at: u32,
    /// The choice by its name; opaque to the page.
    pub choice: String,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Events so far.
    pub events: u32,
    /// Whether it has ended.
    pub done: bool,
}

/// What is known of a finished run as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunSummary {
    /// The spec with every setting filled in.
    pub spec: RunSpec,
    /// Number of events: positions go from 0 to this.
    pub events: u32,
    /// One lane a goroutine, in order of birth.
    pub lanes: Vec<Lane>,
    /// Every object that a reader would name, in order of birth.
    pub objects: Vec<ObjectName>,
    /// Processors that steps ran on; none where the strategy has none.
    pub processors: u32,
    /// How it ended.
    pub verdict: VerdictInfo,
    /// The position after which `main` had returned, where it did.
    pub main_returned_at: Option<u32>,
    /// Digest of the trace, for comparing runs across machines.
    pub digest: String,
    /// Bytes that the trace takes.
    pub trace_bytes: f64,
}

/// A goroutine's lane.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Lane {
    /// Index of the goroutine: lanes are dense, from 0.
    pub goroutine: u32,
    /// Its path of births: `0` is main, `3.1` the first child of main's third child.
    pub path: String,
    /// Its name, such as `producer 3`.
    pub name: String,
    /// Its role, such as `producer`: what its hue is chosen by.
    pub role: String,
    /// The goroutine that started it; none for main.
    pub parent: Option<u32>,
    /// The position from which it exists.
    pub born: u32,
    /// The position at which it returned or panicked, where it did.
    pub ended: Option<u32>,
    /// Bytes of its future, in this build; unknown for main.
    pub future_bytes: Option<u32>,
}

/// An object by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObjectName {
    /// Its index.
    pub id: u32,
    /// Its name in the program.
    pub name: String,
}

/// One ending and a set of findings.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerdictInfo {
    /// How the program ended.
    pub ending: Ending,
    /// The ending in one sentence.
    pub sentence: Words,
    /// What else was found.
    pub findings: Vec<FindingInfo>,
    /// Completed, with no finding.
    pub good: bool,
}

/// The ways in which a run can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Ending {
    /// `main` returned.
    Completed,
    /// A panic that nobody recovered.
    Panicked,
    /// An error that Go calls fatal and nobody can recover.
    Fatal,
    /// Every goroutine is asleep.
    Deadlocked,
    /// A limit was met.
    Cut,
}

/// Something that was found beside the ending.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingInfo {
    /// `dataRace`, `leaked`, …: which kind it is.
    pub kind: String,
    /// The finding in one sentence.
    pub sentence: Words,
    /// For a data race: what the later access knew of the earlier one's goroutine, and what would have ordered them.
    pub more: Option<Words>,
    /// For a data race: its two accesses.
    pub accesses: Vec<AccessInfo>,
    /// The position that shows it best.
    pub at: u32,
    /// Goroutines concerned.
    pub goroutines: Vec<u32>,
}

/// One of the two accesses of a data race.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessInfo {
    /// The position after it.
    pub at: u32,
    /// Where it stands.
    pub site: Site,
}

/// A run and a moment of it, as a link says them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The run.
    pub spec: RunSpec,
    /// The position.
    pub at: u32,
    /// The digest of the run that was shared, where the link carries one.
    pub digest: Option<String>,
}

/// Why something could not be done, for the reader.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// `link`, `config`, `diverged`, `limit`: what kind it is.
    pub kind: String,
    /// The setting concerned, where it is one.
    pub field: Option<String>,
    /// What was wrong, where, and what was expected.
    pub message: Words,
}

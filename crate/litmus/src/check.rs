//! What can become of a test.

use std::collections::BTreeMap;
use std::rc::Rc;

use chanscope_explore::{Bounds, Incomplete, Matters, explore};
use chanscope_sync::memory::Model;

use crate::program::start;
use crate::test::{Litmus, Place, Quantifier};

/// How often the condition holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Frequency {
    /// In every final state.
    Always,
    /// In some.
    Sometimes,
    /// In none.
    Never,
}

impl Frequency {
    /// As the herd tools write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::Sometimes => "Sometimes",
            Self::Never => "Never",
        }
    }
}

/// A final state: the places that the condition mentions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FinalState {
    /// What is in each.
    pub values: BTreeMap<Place, i64>,
    /// Inequivalent executions that end so.
    pub count: u64,
    /// Whether the condition holds.
    pub fits: bool,
}

/// What has become of a test.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// Inequivalent executions.
    pub executions: u64,
    /// How often the condition holds.
    pub frequency: Frequency,
    /// Whether what is asked is so: some fit for `exists`, none for `~exists`, all for `forall`.
    pub validated: bool,
    /// By their values.
    pub states: Vec<FinalState>,
    /// Why there may be more; empty when these are all.
    pub incomplete: Vec<Incomplete>,
}

/// Runs every execution of the test, up to `max_executions`.
#[must_use]
pub fn check(litmus: &Litmus, model: Model, max_executions: u64) -> Checked {
    let litmus = Rc::new(litmus.clone());
    let matters = Matters { races: false, ..Matters::default() };
    let bounds = Bounds { executions: max_executions, matters, ..Bounds::default() };
    let report = explore(|| start(&litmus, model), bounds);
    let mut states: BTreeMap<Vec<String>, FinalState> = BTreeMap::new();
    for seen in &report.outcomes {
        let state = states.entry(seen.name.output.clone()).or_insert_with(|| {
            let values = values(&litmus, &seen.name.output);
            let fits = litmus.condition.holds(&values);
            FinalState { values, count: 0, fits }
        });
        state.count += seen.count;
    }
    let states: Vec<_> = states.into_values().collect();
    let frequency = match (states.iter().all(|state| state.fits), states.iter().any(|state| state.fits)) {
        (true, _) => Frequency::Always,
        (false, true) => Frequency::Sometimes,
        (false, false) => Frequency::Never,
    };
    let validated = match litmus.quantifier {
        Quantifier::Exists => frequency != Frequency::Never,
        Quantifier::NotExists => frequency == Frequency::Never,
        Quantifier::ForAll => frequency == Frequency::Always,
    };
    Checked { executions: report.executions, frequency, validated, states, incomplete: report.incomplete }
}

/// The state that was printed.
fn values(litmus: &Litmus, output: &[String]) -> BTreeMap<Place, i64> {
    let places = litmus.condition.places();
    let value = |place: &Place| {
        let line = format!("{place}=");
        output.iter().find_map(|printed| printed.strip_prefix(&line)?.parse().ok())
    };
    places.into_iter().filter_map(|place| value(&place).map(|value| (place, value))).collect()
}

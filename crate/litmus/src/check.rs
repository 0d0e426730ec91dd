//! What can become of a test.

use std::collections::BTreeMap;
use std::rc::Rc;

use chanscope_explore::{Bounds, Explorer, Incomplete, Matters, Text};
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

/// A final state: the places that the condition mentions, and those that the test names beside it.
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
    /// How often the condition holds. `None` while states that are missing could make it another.
    pub frequency: Option<Frequency>,
    /// Whether what is asked is so: some fit for `exists`, none for `~exists`, all for `forall`. `None` while the states
    /// that are missing could decide it either way.
    pub validated: Option<bool>,
    /// By their values.
    pub states: Vec<FinalState>,
    /// Why there may be more; empty when these are all.
    pub incomplete: Vec<Incomplete>,
}

/// Executions between two questions whether to go on.
const SLICE: u64 = 256;

/// Runs every execution of the test, up to `max_executions`. `go_on` is told how many were run, and ends it by `false`.
#[must_use]
pub fn check(litmus: &Litmus, model: Model, max_executions: u64, mut go_on: impl FnMut(u64) -> bool) -> Checked {
    let litmus = Rc::new(litmus.clone());
    let matters = Matters { races: false, ..Matters::default() };
    let bounds = Bounds { executions: max_executions, matters, ..Bounds::default() };
    let mut explorer = Explorer::new(|| start(&litmus, model), bounds);
    loop {
        let progress = explorer.advance(SLICE);
        if progress.over || !go_on(progress.executions) {
            break;
        }
    }
    let report = explorer.report();
    let told = litmus.told();
    let mut states: BTreeMap<BTreeMap<Place, i64>, FinalState> = BTreeMap::new();
    for seen in &report.outcomes {
        let mut values = values(&litmus, &seen.name.output);
        if !litmus.filter.holds(&values) {
            continue;
        }
        let fits = litmus.condition.holds(&values);
        values.retain(|place, _| told.contains(place));
        states.entry(values.clone()).or_insert(FinalState { values, count: 0, fits }).count += seen.count;
    }
    let states: Vec<_> = states.into_values().collect();
    let (some, all) = (states.iter().any(|state| state.fits), states.iter().all(|state| state.fits));
    let frequency = match (some, all) {
        (true, true) => Frequency::Always,
        (true, false) => Frequency::Sometimes,
        (false, _) => Frequency::Never,
    };
    // What one state shows, no other takes back.
    let (validated, by_one) = match litmus.quantifier {
        Quantifier::Exists => (some, some),
        Quantifier::NotExists => (!some, some),
        Quantifier::ForAll => (all, !all),
    };
    let validated = (by_one || report.is_complete()).then_some(validated);
    let frequency = (frequency == Frequency::Sometimes || report.is_complete()).then_some(frequency);
    Checked { executions: report.executions, frequency, validated, states, incomplete: report.incomplete }
}

/// The state that was printed.
fn values(litmus: &Litmus, output: &[Text]) -> BTreeMap<Place, i64> {
    let places = litmus.known();
    let value = |place: &Place| {
        let line = format!("{place}=");
        output.iter().find_map(|printed| printed.strip_prefix(&line)?.parse().ok())
    };
    places.into_iter().filter_map(|place| value(&place).map(|value| (place, value))).collect()
}

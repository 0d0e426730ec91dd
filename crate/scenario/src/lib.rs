//! The programs of the notes, as content: each a folder with the Rust that runs, a Go program of the same structure,
//! its settings, and its words in two languages.
//!
//! To add one: make a folder like [`many_to_many`] and add its line to [`SCENARIOS`]. Nothing else changes.

mod capture;
mod closing;
mod config;
mod many_to_many;
mod many_to_one;
mod one_to_many;
mod polling;
mod quitting;
mod rendezvous;
mod scenario;
mod waiting;

pub use config::{Checked, ChoiceOption, ConfigError, Domain, Field, Setting, Settings, shortened};
pub use scenario::{Preset, Scenario, StrategyName};

/// Every scenario, in the order of the chapters. The first one is what opens by default.
pub const SCENARIOS: &[&Scenario] = &[
    &many_to_many::SCENARIO,
    &many_to_one::SCENARIO,
    &one_to_many::SCENARIO,
    &closing::SCENARIO,
    &quitting::SCENARIO,
    &polling::SCENARIO,
    &waiting::SCENARIO,
    &rendezvous::SCENARIO,
    &capture::SCENARIO,
];

/// The scenario of that name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.id == id).copied()
}

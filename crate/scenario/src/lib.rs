//! The programs of the notes, and the classics of exploration, as content: each a folder with the Rust that runs, a Go
//! program of the same structure, its settings, and its words in two languages.
//!
//! To add one: make a folder like [`many_to_many`] and add its line to `EVERY`. Nothing else changes.

mod asking;
mod beyond;
mod capture;
mod close_send;
mod closing;
mod config;
mod context_calls;
mod context_tree;
mod context_use;
mod context_values;
mod deferred;
mod detector;
mod fib_bench;
mod filesystem;
mod increments;
mod indexer;
mod lastzero;
mod many_to_many;
mod many_to_one;
mod memo;
mod memory_order;
mod one_to_many;
mod polling;
mod processors;
mod quitting;
mod readers;
mod rendezvous;
mod scenario;
mod stacks;
mod stored;
mod waiting;
mod walk;

pub use config::{
    Checked, ChoiceOption, ConfigError, Domain, Field, Setting, Settings, by_name, expected_choice, expected_number,
    not_taken, shortened, there_are,
};
pub use scenario::{Preset, Scenario, StrategyName};

/// Every scenario, in the order of the chapters. The first one is what opens by default.
const EVERY: &[&Scenario] = &[
    &many_to_many::SCENARIO,
    &many_to_one::SCENARIO,
    &one_to_many::SCENARIO,
    &close_send::SCENARIO,
    &closing::SCENARIO,
    &beyond::SCENARIO,
    &quitting::SCENARIO,
    &polling::SCENARIO,
    &walk::SCENARIO,
    &waiting::SCENARIO,
    &asking::SCENARIO,
    &rendezvous::SCENARIO,
    &stored::SCENARIO,
    &capture::SCENARIO,
    &deferred::SCENARIO,
    &memo::SCENARIO,
    &memory_order::SCENARIO,
    &detector::SCENARIO,
    &processors::SCENARIO,
    &stacks::SCENARIO,
    &context_calls::SCENARIO,
    &context_tree::SCENARIO,
    &context_values::SCENARIO,
    &context_use::SCENARIO,
    &increments::SCENARIO,
    &readers::SCENARIO,
    &lastzero::SCENARIO,
    &fib_bench::SCENARIO,
    &indexer::SCENARIO,
    &filesystem::SCENARIO,
];

/// The scenarios that there are, in the order of the chapters: all of them, or the first one (see the feature `every`).
pub const SCENARIOS: &[&Scenario] = if cfg!(feature = "every") { EVERY } else { &[EVERY[0]] };

/// The scenario of that name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.id == id).copied()
}

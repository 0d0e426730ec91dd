//! What is over is given back: programs that were run, explored or checked leave nothing on the heap, however often.

use std::alloc::System;

use cap::Cap;
use chanscope_fuzz::MEMORY_BYTES_MAX;
use chanscope_litmus::{Model, check, parse};
use chanscope_scenario::{SCENARIOS, Setting, StrategyName};
use chanscope_session::{Exploration, ExploreBounds, Finished, Plan};

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, MEMORY_BYTES_MAX);

/// With no test harness, which allocates while a test begins: the heap is everybody's.
fn main() {
    for scenario in SCENARIOS {
        let presets =
            scenario.presets.iter().map(|preset| scenario.check(&preset.settings()).expect("presets are valid"));
        // What draws for ever leaves no more than what ends.
        for settings in presets.filter(|settings| settings.values().get("rounds") != Some(&Setting::Number(0.0))) {
            leaves_nothing(scenario.id, || {
                let bounds = ExploreBounds { executions: 3, samples: 2, ..ExploreBounds::default() };
                let mut exploration = Exploration::new(scenario, settings.clone(), bounds);
                exploration.advance(3);
                exploration.sample(2);
                drop(exploration.findings());
            });
            for strategy in StrategyName::ALL {
                let plan = Plan { scenario, settings: settings.clone(), strategy, seed: 1, deviations: Vec::new() };
                leaves_nothing(scenario.id, || drop(Finished::run(plan.clone()).expect("nothing is chosen by hand")));
            }
        }
    }
    for text in [include_str!("../corpus/litmus/SB"), include_str!("../corpus/litmus/SB+xchgs")] {
        let litmus = parse(text).expect("it is one");
        for model in [Model::SequentialConsistency, Model::TotalStoreOrder] {
            // Some are left in the middle: at the bound, with stores still in buffers.
            leaves_nothing(&litmus.name, || drop(check(&litmus, model, 3, |_| true)));
        }
    }
}

/// Beside what is made once and kept.
fn leaves_nothing(what: &str, act: impl Fn()) {
    act();
    let before = HEAP.allocated();
    act();
    act();
    assert_eq!(HEAP.allocated(), before, "{what} leaves something behind");
}

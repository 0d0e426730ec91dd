//! Every scenario in every variant has only the verdicts that it declares, and between them the runs find them all.

use std::collections::BTreeSet;

use chanscope_explore::judge;
use chanscope_kernel::{FirstCome, Limits, Outcome, Random, Run, Strategy};
use chanscope_scenario::{Preset, SCENARIOS, Scenario, Setting};

const SEEDS: u64 = 200;

fn start(scenario: &Scenario, preset: &Preset) -> Run {
    scenario.start(&scenario.check(&preset.settings()).expect("presets are valid"), Limits::default())
}

fn outcome(mut run: Run, strategy: &mut dyn Strategy) -> Outcome {
    assert!(run.advance(strategy, u32::MAX).expect("nothing is replayed"), "it ends");
    run.finish()
}

/// Draws for ever: one run is large and many would take long.
fn is_large(scenario: &Scenario, preset: &Preset) -> bool {
    let settings = scenario.check(&preset.settings()).expect("presets are valid");
    settings.values().get("rounds") == Some(&Setting::Number(0.0))
}

#[test]
fn every_preset_has_the_verdicts_that_it_declares() {
    for scenario in SCENARIOS {
        for preset in scenario.presets {
            let declared: BTreeSet<String> = preset.verdicts.iter().map(|&verdict| verdict.to_owned()).collect();
            let large = is_large(scenario, preset);
            let seeds = if large { 0..5 } else { 0..SEEDS };
            let mut found = BTreeSet::new();
            for seed in seeds {
                let mut strategies: [Box<dyn Strategy>; 2] = [Box::new(FirstCome { seed }), Box::new(Random { seed })];
                for strategy in &mut strategies {
                    found.insert(judge(&outcome(start(scenario, preset), strategy)).kind());
                }
            }
            let name = format!("{}/{}", scenario.id, preset.id);
            assert!(found.is_subset(&declared), "{name}: found {found:?}, declared {declared:?}");
            assert!(large || found == declared, "{name}: {SEEDS} seeds found {found:?} of {declared:?}");
        }
    }
}

#[test]
fn the_first_preset_changes_nothing() {
    for scenario in SCENARIOS {
        assert!(scenario.presets[0].settings.is_empty(), "{}", scenario.id);
    }
}

/// Names stand in links.
#[test]
fn names_fit_into_links() {
    for scenario in SCENARIOS {
        assert!(chanscope_link::ProgramId::new(scenario.id).is_ok(), "{}", scenario.id);
        for field in scenario.fields {
            assert!(chanscope_link::SettingName::new(field.name).is_ok(), "{}", field.name);
        }
        for preset in scenario.presets {
            assert!(chanscope_link::StrategyName::new(preset.strategy.name()).is_ok());
            for (_, setting) in preset.settings {
                assert!(chanscope_link::Text::new(&setting.to_string()).is_ok(), "{setting}");
            }
        }
    }
}

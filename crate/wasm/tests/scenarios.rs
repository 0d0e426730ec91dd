//! Every scenario in every variant shows only verdicts that it declares. That it can have each of them is for
//! `explored.rs` to say.

use std::collections::BTreeSet;

use chanscope_explore::judge;
use chanscope_kernel::{FirstCome, Limits, Outcome, Random, Run, Strategy};
use chanscope_scenario::{Domain, Preset, SCENARIOS, Scenario, Setting, StrategyName};
use chanscope_session::{Finished, Plan, Spec};

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
    let mut wrong = Vec::new();
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
            if !found.is_subset(&declared) {
                wrong.push(format!("{name}: declared {declared:?}, and {SEEDS} seeds found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same bodies by every strategy and as `LocalPool` polls them: whoever decides, nothing comes of it that is not
/// declared.
#[test]
fn every_strategy_and_local_pool_stay_within_what_is_declared() {
    let mut wrong = Vec::new();
    for scenario in SCENARIOS {
        for preset in scenario.presets.iter().filter(|preset| !is_large(scenario, preset)) {
            for (strategy, seed) in StrategyName::ALL.into_iter().flat_map(|one| [(one, 1.0), (one, 2.0)]) {
                let strategy = strategy.name().to_owned();
                let settings = preset.settings();
                let spec = Spec { strategy, settings, seed, ..Spec::of(scenario.id) };
                let kind =
                    Finished::run(Plan::of(&spec).expect("presets are valid")).expect("it ends").verdict().kind();
                if !preset.verdicts.contains(&kind.as_str()) {
                    wrong.push(format!("{}/{} by {} {seed}: {kind}", scenario.id, preset.id, spec.strategy));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// From a link or a form anything can come: what does not fit is refused by the field's name and what it takes.
#[test]
fn settings_that_do_not_fit_are_refused_by_name() {
    for scenario in SCENARIOS {
        let refused = |name: &str, setting: Setting| {
            let error = scenario.check(&[(name.to_owned(), setting)].into()).expect_err("it does not fit");
            assert_eq!(error.field, name, "{}", scenario.id);
            error.words.en.into_owned()
        };
        assert!(refused("nonsense", Setting::Flag(true)).contains("there is no setting “nonsense”"));
        for field in scenario.fields {
            let bad = match &field.domain {
                Domain::Number { min, max } => {
                    let (min, max) = (f64::from(*min), f64::from(*max));
                    vec![min - 1.0, max + 1.0, min + 0.5, f64::NAN, f64::INFINITY]
                        .into_iter()
                        .map(Setting::Number)
                        .collect()
                }
                Domain::Flag => vec![Setting::Number(1.0), Setting::Text("maybe".to_owned())],
                Domain::Choice(_) => vec![Setting::Number(0.0), Setting::Text("nonsense".to_owned())],
            };
            for setting in bad {
                let words = refused(field.name, setting);
                assert!(words.starts_with(&format!("{} takes ", field.name)) && words.contains(", not “"), "{words}");
            }
        }
    }
}

/// The hue of a lane is its role's, and the walker of the root is a walker like those that it starts.
#[test]
fn walkers_are_of_one_role() {
    let walk = SCENARIOS.iter().find(|scenario| scenario.id == "walk").expect("it is there");
    let trace = outcome(start(walk, &walk.presets[0]), &mut FirstCome { seed: 0 }).trace;
    let walkers = trace.goroutines().iter().filter(|goroutine| goroutine.name.starts_with("walker "));
    let roles: Vec<&str> = walkers.map(|goroutine| goroutine.role).collect();
    assert_eq!(roles, ["walker"; 2]);
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

/// The labels of a source file, by line.
fn labels(scenario: &Scenario, file: &str) -> Vec<Vec<String>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../scenario/src");
    let path = format!("{folder}/{}/{file}", scenario.folder);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let of_line = |line: &str| match line.split_once("//=") {
        Some((_, labels)) => labels.split_whitespace().map(str::to_owned).collect(),
        None => Vec::new(),
    };
    text.lines().map(of_line).collect()
}

/// Whatever happens in a run, the line that does it is tied to a line of the Go program.
#[test]
fn every_place_where_something_happens_is_labelled_in_both_programs() {
    for scenario in SCENARIOS {
        let rust = labels(scenario, "body.rs");
        let go: BTreeSet<String> = labels(scenario, "program.go").concat().into_iter().collect();
        let mut untied = BTreeSet::new();
        for preset in scenario.presets {
            let seeds = if is_large(scenario, preset) { 0..1 } else { 0..20 };
            for seed in seeds {
                let trace = outcome(start(scenario, preset), &mut Random { seed }).trace;
                for event in trace.events() {
                    let site = trace.site(event.site);
                    assert_eq!(site.file_name(), "body.rs", "{}", scenario.id);
                    let line = site.line as usize;
                    if !rust[line - 1].iter().any(|label| go.contains(label)) {
                        untied.insert(line);
                    }
                }
            }
        }
        assert!(untied.is_empty(), "{}: nothing in program.go has the label of lines {untied:?}", scenario.id);
    }
}

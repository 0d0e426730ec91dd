//! At the size of its presets every scenario can have exactly the verdicts that it declares, as exploring it says.
//!
//! `tests/golden/explored.json` is the table: for each preset what it declares, how many executions there are no two of
//! which are equivalent, and every outcome. `UPDATE_GOLDEN=1 cargo test -p chanscope-wasm --test explored` writes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chanscope_explore::{OutcomeName, Text};
use chanscope_scenario::{Checked, Preset, SCENARIOS, Scenario, Setting};
use chanscope_session::{Exploration, ExploreBounds, Findings};
use serde_json::{Value, json};

/// Executions of one preset, at most.
const EXECUTIONS: u64 = 300;
/// Steps of one execution, at most: Go's largest stack takes four thousand calls of the largest frame.
const STEPS: usize = 5000;

/// A scenario, its preset, and the numbers with which it is small enough.
type Smaller = (&'static str, &'static str, &'static [(&'static str, f64)]);

/// Presets that are larger than that, each with settings that make it smaller. The preset shows declared verdicts only
/// and is not complete; made smaller it is complete, and finds exactly those that are declared.
const BEYOND: &[Smaller] = &[
    ("many-to-many", "small", TWO_PRODUCERS),
    ("many-to-many", "lost-request", ONE_OF_EACH),
    ("many-to-many", "nameless", TWO_PRODUCERS),
    ("many-to-many", "no-early-check", TWO_PRODUCERS),
    ("many-to-many", "waiting", TWO_PRODUCERS),
    // It polls a thousand times: more steps than are looked at. Its default is the small form.
    ("polling", "long", &[("rounds", 3.0)]),
    ("walk", "large", &[("branches", 1.0), ("depth", 1.0), ("limit", 1.0)]),
];
/// It takes two requests for a race on the name.
const TWO_PRODUCERS: &[(&str, f64)] = &[("producers", 2.0), ("consumers", 1.0), ("rounds", 1.0)];
const ONE_OF_EACH: &[(&str, f64)] = &[("producers", 1.0), ("consumers", 1.0), ("rounds", 1.0)];

/// Draws for ever: its finite form is another preset's.
fn is_endless(scenario: &Scenario, preset: &Preset) -> bool {
    let settings = scenario.check(&preset.settings()).expect("presets are valid");
    settings.values().get("rounds") == Some(&Setting::Number(0.0))
}

fn explored(scenario: &'static Scenario, settings: Checked, steps: usize) -> Findings {
    let bounds = ExploreBounds { executions: EXECUTIONS, steps, ..ExploreBounds::default() };
    let mut exploration = Exploration::new(scenario, settings, bounds);
    while !exploration.advance(100).over {}
    exploration.findings()
}

#[test]
fn what_exploring_finds_is_what_is_declared() {
    let (mut wrong, mut table, mut rows) = (Vec::new(), Vec::new(), String::new());
    let mut beyond: BTreeMap<_, _> =
        BEYOND.iter().map(|&(scenario, preset, less)| ((scenario, preset), less)).collect();
    for scenario in SCENARIOS {
        for preset in scenario.presets {
            if is_endless(scenario, preset) {
                let name = format!("{}/{}", scenario.id, preset.id);
                rows += &format!("| {name} | {} | - | - | draws for ever |\n", preset.verdicts.join("; "));
                continue;
            }
            let declared: BTreeSet<&str> = preset.verdicts.iter().copied().collect();
            let mut settings = preset.settings();
            let less = beyond.remove(&(scenario.id, preset.id));
            if let Some(less) = less {
                let findings = explored(
                    scenario,
                    scenario.check(&settings).expect("presets are valid"),
                    ExploreBounds::default().steps,
                );
                if findings.incomplete.is_empty() || !kinds(&findings).is_subset(&declared) {
                    wrong.push(format!("{}/{} as it is: {findings:?}", scenario.id, preset.id));
                }
                settings.extend(less.iter().map(|&(name, value)| (name.to_owned(), Setting::Number(value))));
            }
            let size = if less.is_some() { ", made smaller" } else { "" };
            let name = format!("{}/{}{size}", scenario.id, preset.id);
            let settings = scenario.check(&settings).expect("they fit");
            let findings = explored(scenario, settings.clone(), STEPS);
            let found = kinds(&findings);
            if !findings.incomplete.is_empty() || found != declared {
                wrong
                    .push(format!("{name}: declared {declared:?}, found {found:?}, but for {:?}", findings.incomplete));
            }
            rows += &row(&name, preset, &findings);
            table.push(format!("{}: {}", json!(name), entry(scenario, preset, &settings, &findings)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(beyond.is_empty(), "there are no such presets: {beyond:?}");
    hold_to("tests/golden/explored.json", &format!("{{\n{}\n}}\n", table.join(",\n")));
    hold_to("docs/chapters.md", &format!("{CHAPTERS}{rows}"));
}

/// What stands above the table for readers.
const CHAPTERS: &str = "\
# What each program can do

Every preset of every chapter, the verdicts that it declares, and what exploring finds: how many executions there are no
two of which are equivalent, and how many outcomes. Exploring completes on every line that has numbers, and finds exactly
the declared verdicts. Where a preset is too large for that, the line is of a smaller form; as it is, exploring it shows
declared verdicts only. A test keeps this table: `UPDATE_GOLDEN=1 cargo test -p chanscope-wasm --test explored` writes it.

| program / preset | declared verdicts | executions | outcomes | |
|---|---|--:|--:|---|
";

fn row(name: &str, preset: &Preset, findings: &Findings) -> String {
    let verdicts = preset.verdicts.join("; ");
    let complete = if findings.incomplete.is_empty() { "complete" } else { "not complete" };
    format!("| {name} | {verdicts} | {} | {} | {complete} |\n", findings.executions, findings.outcomes.len())
}

/// Holds a file of the repository to what it should be.
fn hold_to(path: &str, actual: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, actual).expect("the folder is there");
        return;
    }
    let expected = std::fs::read_to_string(&file).expect("the table is there");
    assert!(actual == expected, "{path} differs; write it anew with UPDATE_GOLDEN=1 and read the difference");
}

fn kinds(findings: &Findings) -> BTreeSet<&str> {
    findings.outcomes.iter().map(|found| found.shown.kind.as_str()).collect()
}

/// A line of the table: `tools/programs.mjs` runs the Go programs with the settings, and holds them to the outcomes.
fn entry(scenario: &Scenario, preset: &Preset, settings: &Checked, findings: &Findings) -> Value {
    let config: BTreeMap<_, _> = settings.values().iter().map(|(&name, setting)| (name, of_setting(setting))).collect();
    let printed = |name: &OutcomeName| name.output.iter().map(Text::to_string).collect::<Vec<_>>();
    let outcomes = findings.outcomes.iter().map(|found| (&found.shown.kind, printed(&found.name)));
    let outcomes: BTreeSet<_> = outcomes.collect();
    json!({
        "folder": scenario.folder,
        "declared": preset.verdicts,
        "executions": findings.executions,
        "config": config,
        "outcomes": outcomes,
    })
}

fn of_setting(setting: &Setting) -> Value {
    match setting {
        Setting::Number(number) => json!(number),
        Setting::Flag(flag) => json!(flag),
        Setting::Text(text) => json!(text),
    }
}

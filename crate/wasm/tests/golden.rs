//! What the core answers, held fast: digests of many runs and moments of one, as files that the same tests in
//! WebAssembly and in the browser are held against.
//!
//! `UPDATE_GOLDEN=1 cargo test -p chanscope-wasm --test golden` writes them anew; read the difference.

use std::fs;
use std::path::PathBuf;

use chanscope_scenario::StrategyName;
use chanscope_wasm::wire::{Language, RunSpec, RunSummary};
use chanscope_wasm::{Session, catalogue};
use serde_json::{Value, json};

/// One line an entry, so that a difference can be read.
fn check(name: &str, entries: &[(String, Value)]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(name);
    let lines: Vec<String> = entries.iter().map(|(name, value)| format!("{}: {value}", json!(name))).collect();
    let actual = format!("{{\n{}\n}}\n", lines.join(",\n"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, actual).expect("the folder is there");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(actual == expected, "{name} differs; write it anew with UPDATE_GOLDEN=1 and read the difference");
}

fn finished(spec: &RunSpec) -> Session {
    let mut session = Session::default();
    session.begin(spec).expect("presets are valid");
    while !session.advance(1_000_000).expect("nothing is replayed").done {}
    session
}

fn summary(spec: &RunSpec) -> RunSummary {
    finished(spec).summary().expect("it has finished")
}

/// The default preset as a hundred seeds of the random strategy.
fn seeds() -> Vec<RunSpec> {
    let spec = &catalogue()[0].presets[0].spec;
    (0..100).map(|seed| RunSpec { strategy: "random".to_owned(), seed: f64::from(seed), ..spec.clone() }).collect()
}

/// Digests of every preset and of a hundred seeds. `tests/wasm` finds the same ones in WebAssembly.
#[test]
fn digests() {
    let mut digests = Vec::new();
    for scenario in catalogue() {
        for preset in &scenario.presets {
            let RunSummary { digest, events, .. } = summary(&preset.spec);
            let spec = &preset.spec;
            let name = format!("{}/{}", scenario.id, preset.id);
            digests.push((name, json!({ "spec": spec, "events": events, "digest": digest })));
        }
    }
    for spec in seeds() {
        let RunSummary { digest, events, .. } = summary(&spec);
        let name = format!("{}/random/{:03}", spec.scenario, spec.seed);
        digests.push((name, json!({ "spec": spec, "events": events, "digest": digest })));
    }
    check("digests.json", &digests);
}

/// FNV-1a of 64 bits, which `tests/wasm` computes as well.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// How many seeds of each scenario and strategy go into one digest: a thousand where every decision is drawn by the
/// seed, fewer where it decides little.
fn seeds_of(strategy: StrategyName) -> u32 {
    if strategy == StrategyName::Random { 1000 } else { 25 }
}

/// The longest run of a scenario's first preset that is repeated so often.
const SHORT_EVENTS: u32 = 200;

/// Every scenario's first preset by every strategy, many seeds in one digest each, which `tests/wasm` repeats in
/// WebAssembly.
#[test]
fn many_seeds() {
    let mut combined = Vec::new();
    for scenario in catalogue() {
        let preset = scenario.presets.iter().find(|preset| summary(&preset.spec).events <= SHORT_EVENTS);
        let preset = preset.unwrap_or_else(|| panic!("{} has no preset of {SHORT_EVENTS} events or less", scenario.id));
        for strategy in StrategyName::ALL {
            let of_seed = |seed| RunSpec {
                strategy: strategy.name().to_owned(),
                seed: f64::from(seed),
                deviations: Vec::new(),
                ..preset.spec.clone()
            };
            let seeds = seeds_of(strategy);
            let digests: Vec<String> = (0..seeds).map(|seed| summary(&of_seed(seed)).digest).collect();
            let name = format!("{}/{}/{}", scenario.id, preset.id, strategy.name());
            let digest = format!("{:016x}", fnv1a(&digests.join(" ")));
            combined.push((name, json!({ "spec": of_seed(0), "seeds": seeds, "digest": digest })));
        }
    }
    check("seeds.json", &combined);
}

/// Every moment of the default run, in both languages: what the page has to show.
#[test]
fn moments() {
    let spec = &catalogue()[0].presets[0].spec;
    let session = finished(spec);
    let summary = session.summary().expect("it has finished");
    for (name, language) in [("moments.en.json", Language::En), ("moments.zh.json", Language::Zh)] {
        let moment = |at| json!(session.moment(at, language).expect("it has finished"));
        let all: Vec<_> = (0..=summary.events).map(|at| (at.to_string(), moment(at))).collect();
        check(name, &all);
    }
}

/// The verdict that each preset shows, and what it prints last.
#[test]
fn verdicts() {
    let mut verdicts = Vec::new();
    for scenario in catalogue() {
        for preset in &scenario.presets {
            let session = finished(&preset.spec);
            let RunSummary { verdict, events, .. } = session.summary().expect("it has finished");
            let findings = verdict.findings.iter().map(|finding| finding.sentence.en.clone());
            let first: Vec<String> = findings.take(3).collect();
            let more = verdict.findings.len() - first.len();
            let last = session.moment(events, Language::En).expect("it has finished").output.pop();
            let name = format!("{}/{}", scenario.id, preset.id);
            let printed = last.map(|line| line.text);
            verdicts.push((
                name,
                json!({ "ending": verdict.sentence.en, "findings": first, "more": more, "last": printed }),
            ));
        }
    }
    check("verdicts.json", &verdicts);
}

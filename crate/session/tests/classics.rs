//! The classic benchmarks of dynamic partial order reduction, as they are registered, with the counts of the
//! literature.
//!
//! lastzero, readers and fib-bench: Abdulla, Aronis, Jonsson, Sagonas, Optimal Dynamic Partial Order Reduction, POPL
//! 2014, and JACM 64(4), 2017, section 10 (fib-bench is "false_unreach" of SV-COMP's pthread suite, without its
//! assertion). indexer and filesystem: Flanagan, Godefroid, Dynamic Partial-Order Reduction for Model Checking
//! Software, POPL 2005, figures 4 and 5. increments: n goroutines of k dependent steps have (nk)!/(k!)^n orders.

use chanscope_scenario::{Setting, Settings, find};
use chanscope_session::{Exploration, ExploreBounds, Findings};

/// All of a program with such settings, whose search threw nothing away.
#[track_caller]
fn whole(id: &str, settings: &[(&str, Setting<&'static str>)]) -> Findings {
    let scenario = find(id).expect("it is registered");
    let settings: Settings = settings.iter().map(|(name, setting)| ((*name).to_owned(), setting.owned())).collect();
    let bounds = ExploreBounds { samples: 0, ..ExploreBounds::default() };
    let mut exploration = Exploration::new(scenario, scenario.check(&settings).expect("they fit"), bounds);
    while !exploration.advance(1024).over {}
    let findings = exploration.findings();
    assert_eq!(findings.incomplete, [], "{id}");
    assert_eq!(findings.blocked, 0, "{id}: nothing is begun in vain");
    findings
}

fn executions(id: &str, setting: &str, value: u32) -> u64 {
    whole(id, &[(setting, Setting::Number(value.into()))]).executions
}

#[test]
fn lastzero_of_5_and_10() {
    assert_eq!([5, 10].map(|n| executions("lastzero", "n", n)), [64, 3_328]);
}

#[test]
fn lastzero_of_15() {
    assert_eq!(executions("lastzero", "n", 15), 147_456);
}

#[test]
fn readers_have_two_to_the_n() {
    assert_eq!([2, 8, 13].map(|n| executions("readers", "n", n)), [4, 256, 8_192]);
}

#[test]
fn fib_bench_of_2_to_4() {
    assert_eq!([2, 3, 4].map(|k| executions("fib-bench", "k", k)), [140, 1_698, 19_605]);
}

/// As large as it is listed, in release builds: 218 243 executions take a while unoptimised.
#[test]
fn fib_bench_of_5() {
    if !cfg!(debug_assertions) {
        assert_eq!(executions("fib-bench", "k", 5), 218_243);
    }
}

#[test]
fn indexer_of_11_to_15() {
    assert_eq!([11, 12].map(|n| executions("indexer", "n", n)), [1, 8]);
    if !cfg!(debug_assertions) {
        assert_eq!(executions("indexer", "n", 15), 4_096);
    }
}

#[test]
fn filesystem_of_13_to_19() {
    assert_eq!([13, 14, 16, 18, 19].map(|n| executions("filesystem", "n", n)), [1, 2, 8, 32, 64]);
}

#[test]
fn additions_come_in_all_orders() {
    let number = |value: u32| Setting::Number(value.into());
    let of = |how, goroutines, times| {
        let settings = [("how", Setting::Text(how)), ("goroutines", number(goroutines)), ("times", number(times))];
        whole("increments", &settings).executions
    };
    assert_eq!(of("add", 3, 2), 90);
    assert_eq!(of("add", 4, 2), 2_520);
    assert_eq!([2, 3, 4, 5].map(|goroutines| of("mutex", goroutines, 1)), [2, 6, 24, 120]);
}

/// What the words of increments ask: how little can be left of six additions in two parts each?
#[test]
fn of_six_additions_two_can_be_left() {
    let settings = [("goroutines", Setting::Number(3.0)), ("times", Setting::Number(2.0))];
    let findings = whole("increments", &settings);
    let mut results: Vec<&str> = findings.outcomes.iter().map(|found| &*found.name.output[0]).collect();
    results.sort_unstable();
    assert_eq!(results, ["2", "3", "4", "5", "6"]);
}

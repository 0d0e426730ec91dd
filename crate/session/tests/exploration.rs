//! Explorations of the scenarios: their counts do not depend on how they are sliced, and their witnesses show what they
//! say.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chanscope_explore::{NoTurning, Text};
use chanscope_scenario::StrategyName;
use chanscope_session::{
    Exploration, ExploreBounds, Findings, Finished, Plan, Reason, Threads, read_link, scenario_of,
};

fn exploration(id: &str, given: &[(&str, &str)], bounds: ExploreBounds) -> Exploration {
    let scenario = scenario_of(id).expect("there is one");
    let read = |(name, text): &(&str, &str)| {
        let field = scenario.fields.iter().find(|field| field.name == *name).expect("there is one");
        ((*name).to_owned(), field.read(text))
    };
    let settings = scenario.check(&given.iter().map(read).collect()).expect("they fit");
    Exploration::new(scenario, settings, bounds)
}

fn explored(id: &str, given: &[(&str, &str)], bounds: ExploreBounds) -> (Exploration, Findings) {
    let mut exploration = exploration(id, given, bounds);
    while !exploration.advance(100).over {}
    let findings = exploration.findings();
    (exploration, findings)
}

/// Also where all wait, and nothing but the reader's press goes on.
#[test]
fn every_witness_replays_to_what_it_shows() {
    for id in ["capture", "polling"] {
        witnesses_replay(id);
    }
}

fn witnesses_replay(id: &str) {
    let (_, findings) = explored(id, &[], ExploreBounds::default());
    assert!(findings.incomplete.is_empty() && findings.outcomes.len() > 1, "{:?}", findings.incomplete);
    assert_eq!(findings.blocked, 0);
    assert_eq!(findings.outcomes.iter().map(|found| found.count).sum::<u64>(), findings.executions);
    for found in &findings.outcomes {
        let link = found.shown.plan.link(found.shown.at, Some(&found.shown.digest)).expect("it is short");
        let place = read_link(&link).expect("our own").expect("it names a program");
        let replayed = Finished::run(chanscope_session::Plan::of(&place.spec).expect("our own")).expect("it replays");
        assert_eq!(replayed.digest(), found.shown.digest);
        assert_eq!(replayed.verdict().kind(), found.shown.kind);
        let mut output: Vec<Text> = replayed.trace().output().into_iter().map(Text::from).collect();
        output.sort();
        assert_eq!(output, found.name.output);
        assert!(found.shown.at <= replayed.trace().len());
    }
}

/// The verdicts that a preset declares are exactly those that its exploration finds.
#[test]
fn what_is_found_is_what_is_declared() {
    for (id, preset) in [("capture", "one-for-all"), ("capture", "no-wait"), ("rendezvous", "unbuffered")] {
        let scenario = scenario_of(id).expect("there is one");
        let preset = scenario.presets.iter().find(|one| one.id == preset).expect("there is one");
        let settings = scenario.check(&preset.settings()).expect("presets fit");
        let mut exploration = Exploration::new(scenario, settings, ExploreBounds::default());
        while !exploration.advance(100).over {}
        let findings = exploration.findings();
        assert!(findings.incomplete.is_empty());
        let found: BTreeSet<&str> = findings.outcomes.iter().map(|found| found.shown.kind.as_str()).collect();
        assert_eq!(found, preset.verdicts.iter().copied().collect(), "{id}/{}", preset.id);
    }
}

#[test]
fn slices_change_nothing() {
    let (_, whole) = explored("capture", &[], ExploreBounds::default());
    let mut sliced = exploration("capture", &[], ExploreBounds::default());
    while !sliced.advance(1).over {
        let _ = sliced.findings();
    }
    let sliced = sliced.findings();
    let told = |findings: &Findings| {
        let outcomes = findings.outcomes.iter();
        outcomes.map(|found| (found.name.clone(), found.count, found.shown.digest.clone())).collect::<Vec<_>>()
    };
    assert_eq!((sliced.executions, told(&sliced)), (whole.executions, told(&whole)));
}

/// Two lines of two goroutines that nothing orders: one execution, or as many as there are orders of the lines.
#[test]
fn the_order_of_lines_can_be_told_apart() {
    let (_, findings) = explored("rendezvous", &[("items", "1")], ExploreBounds::default());
    assert_eq!((findings.executions, findings.outcomes.len()), (1, 1));
    let ordered = ExploreBounds { order_of_output: true, ..ExploreBounds::default() };
    let (_, findings) = explored("rendezvous", &[("items", "1")], ordered);
    let outputs: Vec<_> = findings.outcomes.iter().map(|found| found.shown.output.join(" ")).collect();
    assert_eq!((findings.executions, outputs), (2, vec!["got 1 sent 1".to_owned(), "sent 1 got 1".to_owned()]));
}

/// Where not all are told, something of each kind is.
#[test]
fn of_many_outcomes_some_of_each_kind_are_told() {
    let bounds = ExploreBounds { order_of_output: true, ..ExploreBounds::default() };
    let (_, findings) = explored("many-to-one", &[("producers", "6"), ("rounds", "1")], bounds);
    let kinds = findings.kinds();
    let told: Vec<_> = kinds.iter().map(|kind| (kind.first.shown.kind.as_str(), kind.outcomes)).collect();
    assert_eq!(told, [("completed", 326), ("completed, leaked", 340)]);
    assert_eq!(kinds.iter().map(|kind| kind.executions).sum::<u64>(), findings.executions);
    let some = findings.some(50);
    let of = |kind: &str| some.iter().filter(|found| found.shown.kind == kind).count();
    assert_eq!((some.len(), of("completed"), of("completed, leaked")), (50, 25, 25));
    assert!(some.is_sorted_by_key(|found| findings.outcomes.iter().position(|one| one.name == found.name)));
}

/// Runs by chance that were too long are counted apart.
#[test]
fn runs_by_chance_that_a_limit_has_cut_are_told() {
    let bounds = ExploreBounds { executions: 1, samples: 20, ..ExploreBounds::default() };
    let settings = [("producers", "100"), ("capacity", "100"), ("rounds", "0"), ("values", "100000")];
    let mut exploration = exploration("many-to-one", &settings, bounds);
    exploration.advance(1);
    while exploration.sample(10) {}
    let findings = exploration.findings();
    let counted: u64 = findings.outcomes.iter().map(|found| found.sampled).sum();
    assert_eq!((findings.sampled, counted + findings.sampled_cut), (20, 20));
    assert!(findings.sampled_cut > 0);
}

#[test]
fn outcomes_stand_by_their_numbers() {
    let (_, findings) = explored("lastzero", &[("n", "11")], ExploreBounds::default());
    let cells =
        findings.outcomes.iter().map(|found| found.shown.output[0].trim_start_matches(|c: char| !c.is_numeric()));
    assert_eq!(cells.collect::<Vec<_>>(), ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
}

#[test]
fn a_bound_that_was_met_is_named() {
    let bounds = ExploreBounds { executions: 3, ..ExploreBounds::default() };
    let (exploration, findings) = explored("capture", &[], bounds);
    assert_eq!((findings.executions, &findings.incomplete[..]), (3, &[Reason::Executions][..]));
    let words = findings.incomplete[0].words(exploration.bounds());
    assert_eq!(words.en, "the limit of 3 executions was met");
    let (_, findings) = explored("capture", &[], ExploreBounds { steps: 4, ..ExploreBounds::default() });
    assert!(findings.incomplete.contains(&Reason::Steps), "{:?}", findings.incomplete);
}

/// A program that draws for ever comes to an end all the same, and is not called complete.
#[test]
fn a_program_without_an_end_is_left_at_the_bound() {
    let bounds = ExploreBounds { executions: 20, steps: 12, samples: 2, ..ExploreBounds::default() };
    let (mut exploration, findings) = explored("many-to-many", &[("rounds", "0")], bounds);
    assert!(findings.incomplete.contains(&Reason::Steps), "{:?}", findings.incomplete);
    while exploration.sample(1) {}
    assert_eq!(exploration.standing().sampled, 2);
}

/// Six executions in all: what was cut is guessed at, and nothing is once all were run or only their ends are missing.
#[test]
fn what_was_cut_is_guessed_at() {
    let estimate = |bounds| explored("capture", &[], bounds).1.estimate;
    let guess = estimate(ExploreBounds { executions: 3, ..ExploreBounds::default() }).expect("three are missing");
    assert!(guess >= 3.0, "{guess}");
    assert_eq!(estimate(ExploreBounds::default()), None);
    assert_eq!(estimate(ExploreBounds { steps: 4, ..ExploreBounds::default() }), None);
}

/// The button is pressed where nothing else can happen, or as the reader chooses.
#[test]
fn an_outcome_says_whether_somebody_presses_in_it() {
    let (_, findings) = explored("polling", &[], ExploreBounds::default());
    assert!(findings.outcomes.iter().any(|found| found.shown.pressed));
    let (_, findings) = explored("capture", &[], ExploreBounds::default());
    assert!(findings.outcomes.iter().all(|found| !found.shown.pressed));
}

#[test]
fn samples_are_counted_by_outcome() {
    let (mut exploration, _) = explored("capture", &[], ExploreBounds { samples: 50, ..ExploreBounds::default() });
    while exploration.sample(7) {}
    let findings = exploration.findings();
    assert_eq!(findings.sampled, 50);
    assert_eq!(findings.outcomes.iter().map(|found| found.sampled).sum::<u64>(), 50);
}

/// One execution is not enough to see them all, and chance has met the others: each with the run that did.
#[test]
fn what_only_chance_has_met_is_told_with_its_run() {
    let (_, all) = explored("capture", &[], ExploreBounds::default());
    for sampling in [StrategyName::Random, StrategyName::Pct] {
        let bounds = ExploreBounds { executions: 1, samples: 300, sampling, ..ExploreBounds::default() };
        let (mut exploration, alone) = explored("capture", &[], bounds);
        assert_eq!((alone.outcomes.len(), exploration.one_in()), (1, None));
        while exploration.sample(50) {}
        let findings = exploration.findings();
        let names = |findings: &Findings| findings.outcomes.iter().map(|found| found.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&findings), names(&all), "{sampling:?}");
        assert_eq!(exploration.standing().outcomes, findings.outcomes.len());
        assert_eq!(findings.outcomes.iter().map(|found| found.count).sum::<u64>(), 1);
        assert_eq!(exploration.one_in().is_some(), sampling == StrategyName::Pct);
        for found in findings.outcomes.iter().filter(|found| found.count == 0) {
            assert!(found.sampled > 0 && !found.smallest);
            let link = found.shown.plan.link(0, Some(&found.shown.digest)).expect("it is short");
            let place = read_link(&link).expect("it is ours").expect("it names a program");
            let replayed = Finished::run(Plan::of(&place.spec).expect("it is ours")).expect("nothing diverges");
            assert_eq!(replayed.digest(), found.shown.digest);
            assert_eq!(exploration.turning(&found.name, || true), Err(NoTurning::Unknown));
        }
    }
}

/// The request is lost where it is tried once and nobody waits for it yet.
#[test]
fn a_bad_outcome_has_a_point_of_no_return() {
    let given =
        [("producers", "1"), ("consumers", "1"), ("stopCapacity", "0"), ("requests", "producer"), ("rounds", "1")];
    let (mut exploration, findings) = explored("many-to-many", &given, ExploreBounds::default());
    let bad = findings.outcomes.iter().find(|found| found.shown.kind == "deadlocked").expect("the request can be lost");
    let turning = exploration.turning(&bad.name, || true).expect("it can go well");
    assert!(turning.at < bad.shown.at, "{turning:?}");
    assert_eq!(turning.who, "producer 1");
    assert!(turning.sentence.en.contains("default"), "{turning:?}");
}

/// Told to leave off in its first execution, it has nothing left to do: that is no end of its own.
#[test]
fn a_search_that_left_off_says_what_for() {
    for why in [Reason::Stopped, Reason::Time] {
        let mut exploration = exploration("lastzero", &[], ExploreBounds::default());
        exploration.leave_off_at(Arc::new(AtomicBool::new(true)));
        exploration.search_beside(&Alone, |_| Some(why));
        assert_eq!(exploration.findings().incomplete, [why]);
    }
}

/// The thread at hand, and no other.
struct Alone;

impl Threads for Alone {
    fn count(&self) -> NonZeroUsize {
        NonZeroUsize::MIN
    }

    fn run(&self, _: &(dyn Fn() + Sync), own: &mut dyn FnMut()) {
        own();
    }
}

/// Whoever tells how much is left need not have asked for findings before; what only chance has met counts, too.
#[test]
fn what_is_left_to_look_at_is_known_before_it_is_shown() {
    let given = [("producers", "1"), ("consumers", "1"), ("stopCapacity", "0"), ("rounds", "1")];
    for (executions, samples) in [(1_000_000, 0), (1, 1_000)] {
        let bounds = ExploreBounds { executions, samples, ..ExploreBounds::default() };
        let mut exploration = exploration("many-to-many", &given, bounds);
        while exploration.sample(100) {}
        while !exploration.advance(100).over {}
        let left = exploration.left_to_look_at();
        let found = exploration.findings();
        let bad = found.outcomes.iter().filter(|found| !found.name.is_good()).count();
        assert!(bad > 0 && found.outcomes.iter().any(|found| found.count == 0) == (samples > 0));
        assert_eq!((left, found.left_to_look_at), (found.outcomes.len() + bad, left));
    }
}

#[test]
fn each_outcome_is_looked_at_closer_once() {
    let given = [("producers", "1"), ("consumers", "1"), ("stopCapacity", "0"), ("rounds", "1")];
    let (mut exploration, findings) = explored("many-to-many", &given, ExploreBounds::default());
    assert!(findings.outcomes.iter().all(|found| !found.smallest && found.shown.turning.is_none()));
    let mut looks = 0;
    let all = exploration.left_to_look_at();
    while exploration.look_closer(|| true) {
        looks += 1;
        assert_eq!(exploration.left_to_look_at(), all - looks);
    }
    let findings = exploration.findings();
    let bad = findings.outcomes.iter().filter(|found| !found.name.is_good()).count();
    assert!(bad > 0);
    assert_eq!(looks, findings.outcomes.len() + bad);
    for found in &findings.outcomes {
        assert_eq!((found.smallest, found.shown.turning.is_some()), (true, !found.name.is_good()), "{:?}", found.name);
    }
}

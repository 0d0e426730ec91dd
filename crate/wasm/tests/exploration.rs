//! Exploring, as the page asks for it.

use std::collections::BTreeMap;

use chanscope_wasm::wire::{Ending, ExploreReport, ExploreSpec, PartFound, Setting};
use chanscope_wasm::{Exploration, Parts, Session, read_link};

fn spec(scenario: &str) -> ExploreSpec {
    let scenario = scenario.to_owned();
    ExploreSpec {
        scenario,
        config: BTreeMap::new(),
        executions: 1e5,
        steps: 400.0,
        samples: 100.0,
        preemptions: None,
        order_of_output: false,
    }
}

fn explored(spec: &ExploreSpec) -> ExploreReport {
    let mut exploration = Exploration::new(spec).expect("it goes");
    while !exploration.advance(100).over {}
    while exploration.sample(10) {}
    while exploration.look_closer() {}
    exploration.report()
}

/// Six executions in all, five outcomes.
#[test]
fn what_was_cut_is_guessed_at_and_what_is_left_to_look_at_is_counted() {
    assert_eq!(explored(&spec("capture")).estimate, None);
    let mut exploration = Exploration::new(&ExploreSpec { executions: 3.0, ..spec("capture") }).expect("it goes");
    while !exploration.advance(1).over {}
    let report = exploration.report();
    assert!(report.estimate.expect("three are missing") >= 3.0, "{:?}", report.estimate);
    let left = exploration.left_to_look_at();
    assert!(left >= report.total && exploration.look_closer());
    assert_eq!(exploration.left_to_look_at(), left - 1);
}

/// What the page opens when a row is clicked is the run that the row speaks of.
#[test]
fn every_row_opens_what_it_says() {
    let report = explored(&spec("capture"));
    assert_eq!((report.executions, report.total, report.sampled), (6.0, 5, 100.0));
    assert_eq!(report.incomplete, []);
    for outcome in &report.outcomes {
        let place = read_link(outcome.link.as_ref().expect("it is short")).expect("our own").expect("a place");
        assert_eq!((place.at, place.digest.as_ref()), (outcome.at, Some(&outcome.digest)));
        let mut session = Session::default();
        session.begin(&outcome.spec).expect("our own");
        while !session.advance(1000).expect("it replays").done {}
        let summary = session.summary().expect("it has finished");
        assert_eq!((&summary.digest, summary.events), (&outcome.digest, outcome.events));
        assert_eq!(summary.verdict, outcome.verdict);
    }
}

/// Numbers of outcomes stay while more are found: rows keep their place.
#[test]
fn numbers_stay() {
    let mut exploration = Exploration::new(&spec("capture")).expect("it goes");
    let mut known = BTreeMap::new();
    loop {
        let over = exploration.advance(1).over;
        for outcome in exploration.report().outcomes {
            let before = known.entry(outcome.number).or_insert_with(|| outcome.output.clone());
            assert_eq!(*before, outcome.output);
        }
        if over {
            break;
        }
    }
    assert_eq!(known.len(), 5);
}

#[test]
fn a_bad_outcome_says_where_there_is_no_way_back() {
    let mut asked = spec("many-to-many");
    let settings = [("producers", 1.0), ("consumers", 1.0), ("stopCapacity", 0.0), ("rounds", 1.0)]
        .map(|(name, number)| (name.to_owned(), Setting::Number(number)));
    asked.config = BTreeMap::from(settings);
    asked.config.insert("requests".to_owned(), Setting::Text("producer".to_owned()));
    let report = explored(&asked);
    let bad = report.outcomes.iter().find(|outcome| outcome.verdict.ending == Ending::Deadlocked);
    let bad = bad.expect("the request can be lost");
    let turning = bad.turning.as_ref().expect("it can go well");
    assert!(turning.after <= bad.at && turning.sentence.en.contains("default"), "{turning:?}");
}

#[test]
fn what_does_not_go_is_refused_by_name() {
    let wrong_setting = BTreeMap::from([("wait".to_owned(), Setting::Number(1.0))]);
    let cases = [
        (ExploreSpec { executions: 0.0, ..spec("capture") }, "executions"),
        (ExploreSpec { steps: f64::NAN, ..spec("capture") }, "steps"),
        (ExploreSpec { samples: 1e9, ..spec("capture") }, "samples"),
        (ExploreSpec { config: wrong_setting, ..spec("capture") }, "wait"),
    ];
    for (asked, field) in cases {
        let refusal = Exploration::new(&asked).err().expect("it does not go");
        assert_eq!(refusal.field.as_deref(), Some(field));
    }
}

/// What was found in parts, as it goes from one instance of the module to another.
fn in_parts(asked: &ExploreSpec) -> ExploreReport {
    let mut exploration = Exploration::new(asked).expect("it goes");
    let mut parts = Parts::new(asked, 2).expect("it goes");
    assert!(parts.count() > 2, "{} is divided into {}", asked.scenario, parts.count());
    exploration.gather(parts.count());
    for part in 0..parts.count() {
        let mut over = false;
        while !over {
            let text = serde_json::to_string(&parts.advance(part, 5)).expect("it is data");
            let found: PartFound = serde_json::from_str(&text).expect("just written");
            over = found.over;
            exploration.join(found);
        }
    }
    exploration.report()
}

/// Programs that take a default, meet, race and panic.
#[test]
fn what_is_told_of_parts_is_what_one_search_finds() {
    let set = |scenario: &str, name: &str, setting: Setting| ExploreSpec {
        config: BTreeMap::from([(name.to_owned(), setting)]),
        samples: 0.0,
        ..spec(scenario)
    };
    for asked in [
        set("many-to-one", "producers", Setting::Number(2.0)),
        set("walk", "poll", Setting::Flag(false)),
        set("closing", "closer", Setting::Text("every-producer".to_owned())),
    ] {
        let mut alone = Exploration::new(&asked).expect("it goes");
        while !alone.advance(1000).over {}
        let counted = |report: &ExploreReport| {
            let outcomes = report.outcomes.iter();
            let told = outcomes.map(|outcome| (outcome.verdict.ending, outcome.output.clone(), outcome.count));
            (report.executions.to_bits(), report.incomplete.clone(), told.collect::<Vec<_>>())
        };
        assert_eq!(counted(&in_parts(&asked)), counted(&alone.report()), "{}", asked.scenario);
    }
}

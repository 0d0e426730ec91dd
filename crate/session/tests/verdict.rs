//! What is said of a run beyond its verdict's name.

use chanscope_kernel::Finding;
use chanscope_scenario::SCENARIOS;
use chanscope_session::{Finished, Plan, Spec};

/// A printer reads what main wrote after it had started the printer.
#[test]
fn a_race_says_where_it_stands_and_how_far_one_knew_of_the_other() {
    let run = Finished::run(Plan::of(&Spec::of("capture")).expect("it is one")).expect("nothing is chosen by hand");
    let told = run.verdict_told();
    let race = told.findings.iter().find(|finding| finding.kind == "dataRace").expect("the variable is shared");
    let more = race.more.as_ref().expect("the run is short");
    assert_eq!(
        more.en,
        "At step 6 printer 1 knows what main did up to step 3, and nothing later. A mutex held around both, or a message \
         from main to printer 1 between them, would order them."
    );
    let [write, read] = [3, 5].map(|at| (at + 1, run.trace().site(run.trace().event(at).site)));
    assert_eq!(race.accesses, [write, read]);
    assert!(more.zh.contains("第 6 步") && more.zh.contains("到第 3 步为止"), "{}", more.zh);
    let around = run.around(6).expect("the run is short");
    assert_eq!(around.before[0], Some(2), "main has started the printer by its third event");
}

/// The detector's clocks and the order that is told of one event are two ways to the same: how far the later access
/// knew of the other goroutine.
#[test]
fn what_a_race_had_heard_is_what_happens_before_it() {
    let mut races = 0;
    for scenario in SCENARIOS {
        for preset in scenario.presets {
            for seed in 0..5_u32 {
                let spec = Spec {
                    settings: preset.settings(),
                    strategy: "random".into(),
                    seed: seed.into(),
                    ..Spec::of(scenario.id)
                };
                let run = Finished::run(Plan::of(&spec).expect("it is one")).expect("nothing is chosen by hand");
                if run.trace().len() > 10_000 {
                    break;
                }
                for finding in &run.verdict().findings {
                    let Finding::DataRace { object, first, second, heard } = finding else { continue };
                    races += 1;
                    // A wait races with what it did not know when it began: after the event before.
                    let waits = run.trace().object(*object).kind.name() == "waitgroup" && second.writes;
                    let own = run.window().index.of(second.goroutine);
                    let before = own.partition_point(|&event| event < second.at).checked_sub(1);
                    let known_at = if waits { before.map_or(second.at, |last| own[last]) } else { second.at };
                    let events = run.window().index.of(first.goroutine);
                    let last_heard = heard.checked_sub(1).map(|last| events[last as usize]);
                    let around = run.around(known_at + 1).expect("the run is short");
                    assert_eq!(around.before[first.goroutine.index()], last_heard, "{}, seed {seed}", scenario.id);
                }
            }
        }
    }
    assert!(races > 100, "only {races} races");
}

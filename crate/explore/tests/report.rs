//! What a report says beside the counts: witnesses that replay, samples, the point of no return, where runs part.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chanscope_explore::{
    Bounds, Explorer, Incomplete, Matters, NoTurning, OutcomeEnding, Report, Sample, Seen, WITNESS_BASE, explore,
    judge, parting, point_of_no_return,
};
use chanscope_kernel::{Deviation, Ending, Finding, Go, Guided, Limits, Outcome, Panic, Random, Run, Verdict};
use chanscope_sync::atomic::Int64;
use chanscope_sync::{Chan, Mutex, Var, WaitGroup, select};

/// A stop request is tried once; when the moderator has not parked yet, nobody stops the worker.
async fn lost_request(go: Go) -> Result<(), Panic> {
    let (request, stop) = (Chan::<u32>::new(&go, "request", 0), Chan::<u32>::new(&go, "stop", 0));
    let (asked, stopped) = (request.clone(), stop.clone());
    go.spawn("moderator", async move {
        asked.recv().await;
        stopped.close().await
    });
    let ready = Var::new(&go, "ready", 0u32);
    ready.load().await;
    select! {
        sent = request.send(1) => sent?,
        default => {}
    }
    stop.recv().await;
    Ok(())
}

fn start() -> Run {
    Run::new(Limits::default(), lost_request)
}

fn replay(start: impl Fn() -> Run, deviations: &[Deviation]) -> (Outcome, Verdict) {
    let mut run = start();
    let mut strategy = Guided::new(WITNESS_BASE, deviations.to_vec());
    assert!(run.advance(&mut strategy, u32::MAX).expect("a witness replays"));
    let outcome = run.finish();
    let verdict = judge(&outcome);
    (outcome, verdict)
}

#[test]
fn every_outcome_has_a_witness_that_replays_to_it() {
    let mut explorer = Explorer::new(start, Bounds::default());
    while !explorer.advance(1).over {}
    let report = explorer.report();
    assert!(report.is_complete());
    let endings: BTreeSet<bool> = report.outcomes.iter().map(|seen| seen.name.is_good()).collect();
    assert_eq!(endings, BTreeSet::from([false, true]), "{report:?}");
    let mut traces = Vec::new();
    for seen in &report.outcomes {
        let witness = explorer.witness(&seen.name).expect("it was seen");
        let (outcome, verdict) = replay(start, &witness);
        assert_eq!(verdict.ending, seen.verdict.ending, "{witness:?}");
        assert_eq!(matches!(seen.name.ending, OutcomeEnding::Deadlocked { .. }), verdict.ending == Ending::Deadlocked);
        traces.push(outcome.trace);
    }
    assert!(parting(&traces[0], &traces[1]).is_some());
    assert_eq!(parting(&traces[0], &traces[0]), None);
}

/// The request is lost at the attempt: before it the moderator could still have parked.
#[test]
fn the_point_of_no_return_is_the_attempt() {
    let mut explorer = Explorer::new(start, Bounds::default());
    while !explorer.advance(1).over {}
    let report = explorer.report();
    let bad = report.outcomes.iter().find(|seen| !seen.name.is_good()).expect("the request can be lost");
    let witness = explorer.witness(&bad.name).expect("it was seen");
    let turning = point_of_no_return(start, &witness, Bounds::default(), |name| name.is_good(), || true);
    let turning = turning.expect("there is one");
    let (outcome, _) = replay(start, &witness);
    let event = outcome.trace.event(turning.at);
    assert_eq!(outcome.trace.objects()[event.object.index()].kind.act_name(event.act), "default");
    assert_eq!(turning.goroutine.to_string(), "0");

    let good = report.outcomes.iter().find(|seen| seen.name.is_good()).expect("it can go well");
    let witness = explorer.witness(&good.name).expect("it was seen");
    let turning = point_of_no_return(start, &witness, Bounds::default(), |name| name.is_good(), || true);
    assert_eq!(turning, Err(NoTurning::Good));
    let turning = point_of_no_return(start, &witness, Bounds::default(), |name| name.is_good(), || false);
    assert_eq!(turning, Err(NoTurning::Stopped));
}

/// What an outcome has printed, in one line.
fn output(Seen { name, .. }: &Seen) -> String {
    name.output.iter().map(|line| &**line).collect()
}

/// Without a preemption each of the two increments as soon as it has looked. To lose one takes a preemption, and four
/// switches at least: from main to one, to the other, back to the one, and to main again.
#[test]
fn a_lost_update_takes_one_preemption_and_four_switches() {
    let start = || {
        Run::new(Limits::default(), |go: Go| async move {
            let (count, wg) = (Int64::new(&go, "count", 0), WaitGroup::new(&go, "wg"));
            wg.add(2).await?;
            for _ in 0..2 {
                let (count, wg) = (count.clone(), wg.clone());
                go.spawn("counter", async move {
                    let value = count.load().await;
                    count.store(value + 1).await;
                    wg.done().await
                });
            }
            wg.wait().await;
            let count = count.load().await;
            go.println(&count).await;
            Ok(())
        })
    };
    let within = |preemptions| explore(start, Bounds { preemptions, ..Bounds::default() });
    let printed = |report: &Report| -> Vec<String> { report.outcomes.iter().map(output).collect() };
    let (none, one) = (within(Some(0)), within(Some(1)));
    assert_eq!((printed(&none), &none.incomplete), (vec!["2".to_owned()], &vec![Incomplete::Preemptions]));
    assert_eq!(printed(&one), ["1", "2"]);
    // Of the smallest witnesses found each search has its own, until they are proven below.
    let but_for_switches = |mut report: Report| {
        report.outcomes.iter_mut().for_each(|seen| seen.switches = 0);
        report
    };
    let (never_met, all) = (within(Some(9)), within(None));
    assert_eq!(but_for_switches(never_met), but_for_switches(all), "a bound that is never met");

    let mut explorer = Explorer::new(start, Bounds::default());
    while !explorer.advance(1).over {}
    let names: Vec<_> = explorer.outcomes().cloned().collect();
    assert!(!explorer.prove_smallest(&names[0], |runs| runs < 3), "that is too few to know");
    assert!(names.iter().all(|name| explorer.prove_smallest(name, |_| true)));
    let seen = explorer.report().outcomes;
    let sizes: Vec<_> = seen.iter().map(|seen| (output(seen), seen.switches, seen.smallest)).collect();
    assert_eq!(sizes, [("1".to_owned(), 4, true), ("2".to_owned(), 3, true)]);
    for seen in &seen {
        let witness = explorer.witness(&seen.name).expect("it was seen");
        assert_eq!(replay(start, &witness).0.trace.output().concat(), output(seen));
    }
}

#[test]
fn samples_see_what_the_search_sees() {
    let report = explore(start, Bounds::default());
    let mut sample = Sample::default();
    sample.advance(start, |seed| Box::new(Random { seed }), 200, Matters::default());
    let names: BTreeSet<_> = report.outcomes.iter().map(|seen| &seen.name).collect();
    assert_eq!(sample.outcomes.keys().collect::<BTreeSet<_>>(), names);
    assert_eq!(sample.outcomes.values().map(|sampled| sampled.count).sum::<u64>(), 200);
}

/// A race is a finding of the class: the witness shows it although main need not wait for anybody.
#[test]
fn a_witness_shows_a_race_before_main_returns() {
    let start = || {
        Run::new(Limits::default(), |go: Go| async move {
            let x = Var::new(&go, "x", 0u32);
            let other = x.clone();
            go.spawn("writer", async move {
                other.store(1).await;
                Ok(())
            });
            x.load().await;
            Ok(())
        })
    };
    let mut explorer = Explorer::new(start, Bounds::default());
    while !explorer.advance(1).over {}
    let report = explorer.report();
    assert_eq!((report.executions, report.outcomes.len()), (2, 1));
    let witness = explorer.witness(&report.outcomes[0].name).expect("it was seen");
    let (_, verdict) = replay(start, &witness);
    assert!(matches!(verdict.findings[..], [Finding::DataRace { .. }]), "{verdict:?}");
}

#[test]
fn bounds_are_kept_and_told() {
    let start = || {
        Run::new(Limits::default(), |go: Go| async move {
            let x = Var::new(&go, "x", 0u32);
            for _ in 0..3 {
                let x = x.clone();
                go.spawn("writer", async move {
                    x.store(1).await;
                    Ok(())
                });
            }
            Ok(())
        })
    };
    let report = explore(start, Bounds { executions: 4, ..Bounds::default() });
    assert_eq!((report.executions, report.incomplete), (4, vec![Incomplete::Executions]));
    // There are six, and a bound that is met with the last one has cut nothing.
    for (executions, complete) in [(5, false), (6, true), (7, true)] {
        let report = explore(start, Bounds { executions, ..Bounds::default() });
        assert_eq!((report.executions, report.is_complete()), (executions.min(6), complete));
    }
    let report = explore(start, Bounds { steps: 2, ..Bounds::default() });
    assert!(report.incomplete.contains(&Incomplete::Steps), "{:?}", report.incomplete);
    let mut explorer = Explorer::new(start, Bounds::default());
    assert!(!explorer.advance(3).over);
    assert_eq!(explorer.report().incomplete, [Incomplete::Searching]);
    while !explorer.advance(1).over {}
    assert_eq!(explorer.report().executions, 6);
    assert!((explorer.estimate().expect("it has begun") - 6.0).abs() < 1e-9, "all is known, so nothing is guessed");
}

/// Two `Done`s commute unless the counter is too low for both. The fatal unlock comes before both, after either, or
/// after both in either order, and before main's return or after it. Or whoever comes second panics, before or after
/// that.
#[test]
fn who_takes_the_last_one_is_told_apart_also_where_the_program_ends_elsewhere() {
    let start = || {
        Run::new(Limits::default(), |go: Go| async move {
            let (group, mu) = (WaitGroup::new(&go, "wg"), Mutex::new(&go, "mu"));
            group.add(1).await?;
            for _ in 0..2 {
                let group = group.clone();
                go.spawn("is done", async move { group.done().await });
            }
            go.spawn("unlocks", async move {
                mu.unlock().await;
                Ok(())
            });
            Ok(())
        })
    };
    let report = explore(start, Bounds::default());
    assert!(report.is_complete(), "{:?}", report.incomplete);
    assert_eq!((report.executions, report.blocked), (5 * 2 + 2 * 2, 0));
}

/// A program that is not the same each time is foreseen wrongly. The search comes to its end all the same, and does not
/// say that it is complete.
#[test]
fn a_search_that_goes_astray_ends_and_says_so() {
    let begun = Cell::new(0);
    let start = || {
        let both = begun.replace(begun.get() + 1) == 0;
        Run::new(Limits::default(), move |go: Go| async move {
            let x = Var::new(&go, "x", 0);
            for value in 0..if both { 2 } else { 1 } {
                let x = x.clone();
                go.spawn("stores", async move {
                    x.store(value).await;
                    Ok(())
                });
            }
            Ok(())
        })
    };
    assert_eq!(explore(start, Bounds::default()).incomplete, [Incomplete::Astray]);
}

/// Sixty goroutines that each draw one of a thousand and take a lock: a thousand branches for each draw, and as many rivals
/// as there are goroutines.
fn wide() -> Explorer<'static> {
    let main = |go: Go| async move {
        let mu = Mutex::new(&go, "mu");
        for _ in 0..60 {
            let (own, mu) = (go.clone(), mu.clone());
            go.spawn("goroutine", async move {
                own.intn(1_000).await?;
                mu.lock().await;
                mu.unlock().await;
                Ok(())
            });
        }
        Ok(())
    };
    Explorer::new(move || Run::new(Limits::default(), main), Bounds::default())
}

#[test]
fn an_execution_with_many_draws_comes_to_its_end() {
    let mut explorer = wide();
    assert_eq!(explorer.advance(3).executions, 3);
    assert!(explorer.report().incomplete.contains(&Incomplete::Searching));
}

#[test]
fn a_flag_ends_the_looks_of_the_execution_at_hand_and_the_report_says_so() {
    let flag = Arc::new(AtomicBool::new(true));
    let mut explorer = wide();
    explorer.leave_off_at(Arc::clone(&flag));
    explorer.advance(1);
    let incomplete = explorer.report().incomplete;
    assert!(incomplete.contains(&Incomplete::LeftOff) && !incomplete.contains(&Incomplete::Looks), "{incomplete:?}");
}

//! How runs go: deferred calls, panics, virtual time, limits, replay. With channels, since a kernel alone has nothing
//! to wait for.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use chanscope_kernel::trace::{Digest, Fold, GoroutineState};
use chanscope_kernel::{
    Choice, Deviation, Diverged, Ending, Finding, FirstCome, Go, Guided, Limits, Outcome, Panic, Random, Room, Run,
    Strategy, WhyNot, runtime_kind,
};
use chanscope_sync::{Chan, WaitGroup, select};

fn run_with<F>(
    limits: Limits,
    strategy: &mut dyn Strategy,
    main: impl FnOnce(Go) -> F,
) -> Result<Outcome, Box<Diverged>>
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(limits, main);
    assert!(run.advance(strategy, 1_000_000)?, "it ends");
    Ok(run.finish())
}

fn run<F>(main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    run_with(Limits::default(), &mut FirstCome { seed: 0 }, main).expect("nothing is replayed")
}

/// Some goroutines at a channel, a timer, a deferred call, values of some size, and somebody who is never served.
async fn varied(go: Go, seed: u64) -> Result<(), Panic> {
    let ch = Chan::new(&go, "ch", 1);
    for number in 0..3 + seed % 4 {
        let (ch, sleeper) = (ch.clone(), go.clone());
        go.spawn("sender", async move {
            sleeper.sleep(Duration::from_millis(number * (seed % 5))).await;
            ch.send(format!("{seed} {number} ").repeat(10)).await
        });
    }
    let printer = go.clone();
    go.defer(async move |_| {
        printer.println(&"deferred").await;
        Ok(())
    });
    go.spawn("receiver", async move {
        for _ in 0..3 {
            ch.recv().await;
        }
        Ok(())
    });
    go.intn(5).await?;
    go.sleep(Duration::from_millis(4)).await;
    Ok(())
}

async fn brief(go: Go) -> Result<(), Panic> {
    go.println(&"brief").await;
    Ok(())
}

/// All that can be read off a run, and what it leaves.
fn in_room(room: Room, seed: u64) -> (Vec<String>, Room) {
    // Enough for one run.
    let limits = Limits { value_bytes: 3_000, ..Limits::default() };
    let mut run = if seed.is_multiple_of(4) {
        Run::within(room, limits, brief)
    } else {
        Run::within(room, limits, |go| varied(go, seed))
    };
    // Some are left in the middle.
    let _ = run.advance(&mut Random { seed }, if seed.is_multiple_of(3) { 9 } else { 1_000 });
    let mut told = vec![format!("{:?} {:?}", run.ending(), run.left_behind())];
    run.trace(|trace| {
        told.push(format!("{} {:?}", Digest::of(trace), trace.goroutines()));
        told.extend(trace.events().map(|event| {
            let (value, time, site) = (trace.event_value(&event), trace.time_nanos(event.at), trace.site(event.site));
            format!("{event:?} {value:?} {time} {site:?} {:?}", trace.cases(&event))
        }));
    });
    (told, run.leave())
}

#[test]
fn a_run_is_the_same_in_the_room_of_another() {
    let mut room = Room::default();
    for seed in 0..60u64 {
        let (told, left) = in_room(room, seed);
        assert_eq!(told, in_room(Room::default(), seed).0, "seed {seed}");
        room = left;
    }
}

#[test]
fn a_handle_that_was_kept_is_not_part_of_the_next_run() {
    let kept = Rc::new(RefCell::new(None));
    let keep = Rc::clone(&kept);
    let run = Run::new(Limits::default(), |go: Go| async move {
        keep.replace(Some(Chan::<u32>::new(&go, "ch", 1)));
        Ok(())
    });
    let room = run.leave();
    let digest = |run: &Run| run.trace(Digest::of).to_string();
    let run = Run::within(room, Limits::default(), brief);
    assert_eq!(digest(&run), digest(&Run::new(Limits::default(), brief)));
    assert!(kept.borrow().is_some());
}

fn acts(outcome: &Outcome) -> Vec<&'static str> {
    let trace = &outcome.trace;
    trace.events().map(|event| trace.object(event.object).kind.act_name(event.act)).collect()
}

#[test]
fn deferred_calls_run_last_in_first_out_on_return() {
    let outcome = run(|go| async move {
        for line in ["first", "second"] {
            let printer = go.clone();
            go.defer(async move |_| {
                printer.println(&line).await;
                Ok(())
            });
        }
        go.println(&"body").await;
        Ok(())
    });
    assert_eq!(outcome.trace.output(), ["body", "second", "first"]);
}

#[test]
fn deferred_calls_run_while_a_panic_goes_up_and_one_can_recover_it() {
    let outcome = run(|go| async move {
        let inner = go.clone();
        let body = async move {
            let printer = inner.clone();
            inner.defer(async move |_| {
                printer.println(&"outermost").await;
                Ok(())
            });
            let printer = inner.clone();
            inner.defer(async move |recovery| {
                let panic = recovery.recover().expect("the body panicked");
                assert!(recovery.recover().is_none(), "it is recovered once");
                printer.println(&panic.message().to_owned()).await;
                Ok(())
            });
            Err::<u32, _>(Panic::new("boom"))
        };
        let result = go.call(body).await?;
        assert_eq!(result, 0, "the zero value");
        go.println(&"goes on").await;
        Ok(())
    });
    assert_eq!(outcome.trace.output(), ["boom", "outermost", "goes on"]);
    assert_eq!(outcome.ending, Ending::Completed);
}

#[test]
fn a_panic_in_a_deferred_call_replaces_the_one_before() {
    let outcome = run(|go| async move {
        go.defer(async move |_| Err(Panic::new("second")));
        Err(Panic::new("first"))
    });
    let trace = &outcome.trace;
    let last = trace.event(trace.len() - 1);
    assert_eq!(trace.runtime_act(&last), Some(runtime_kind::PANIC));
    assert_eq!(trace.event_value(&last).expect("it has a text").printed(), "first\n\tpanic: second");
}

/// A panic is a step: others may still do something before it, and nothing is done after it.
#[test]
fn a_panic_ends_the_program_when_its_turn_comes() {
    let program = |go: Go| async move {
        let ch = Chan::<()>::new(&go, "ch", 0);
        let theirs = ch.clone();
        go.spawn("receiver", async move {
            theirs.recv().await;
            Err(Panic::new("boom"))
        });
        ch.send(()).await?;
        let other = go.clone();
        go.spawn("other", async move {
            other.yield_now().await;
            Ok(())
        });
        go.println(&"sent").await;
        Ok(())
    };
    let mut seen = [false; 3];
    for seed in 0..100 {
        let outcome = run_with(Limits::default(), &mut Random { seed }, program).expect("nothing is replayed");
        let printed = !outcome.trace.output().is_empty();
        match outcome.ending {
            Ending::Panicked { .. } => {
                assert_eq!(acts(&outcome).last(), Some(&"panic"), "nothing comes after it");
                seen[usize::from(printed)] = true;
            }
            _ => seen[2] = true,
        }
    }
    assert_eq!(seen, [true; 3], "panicked before the line, after it, and after main had returned");
}

#[test]
fn sleepers_wake_in_order_of_their_times_and_time_jumps() {
    let outcome = run(|go| async move {
        let wg = WaitGroup::new(&go, "wg");
        wg.add(3).await?;
        for seconds in [3, 1, 2] {
            let (sleeper, wg) = (go.clone(), wg.clone());
            go.spawn("sleeper", async move {
                sleeper.sleep(Duration::from_secs(seconds)).await;
                sleeper.println(&u32::try_from(seconds).expect("small")).await;
                wg.done().await
            });
        }
        wg.wait().await;
        Ok(())
    });
    assert_eq!(outcome.trace.output(), ["1", "2", "3"]);
    assert_eq!(outcome.trace.time_nanos(outcome.trace.len()), 3_000_000_000);
}

#[test]
fn sleeping_for_nothing_waits_for_nobody() {
    let outcome = run(|go| async move {
        go.sleep(Duration::ZERO).await;
        Ok(())
    });
    assert_eq!(acts(&outcome), ["wake", "return"]);
    assert_eq!(outcome.trace.time_nanos(outcome.trace.len()), 0);
}

/// The longest sleep that can be said ends at the end of time, and no later.
#[test]
fn time_does_not_overflow() {
    let outcome = run(|go| async move {
        go.sleep(Duration::MAX).await;
        go.sleep(Duration::MAX).await;
        Ok(())
    });
    assert_eq!(outcome.ending, Ending::Completed);
    assert_eq!(outcome.trace.time_nanos(outcome.trace.len()), u64::MAX);
}

#[test]
fn what_is_left_running_after_main_is_run_on_within_a_limit() {
    let limits = Limits { events_after_main: 50, ..Limits::default() };
    let outcome = run_with(limits, &mut FirstCome { seed: 0 }, |go: Go| async move {
        let other = go.clone();
        go.spawn("restless", async move {
            loop {
                other.yield_now().await;
            }
        });
        Ok(())
    });
    let outcome = outcome.expect("nothing is replayed");
    assert_eq!(outcome.ending, Ending::Completed);
    assert!(!outcome.settled && outcome.left_behind.is_empty(), "whether more leaks is not known");
}

async fn two_senders(go: Go) -> Result<(), Panic> {
    let ch = Chan::new(&go, "ch", 2);
    for value in [1, 2] {
        let ch = ch.clone();
        go.spawn("sender", async move { ch.send(value).await });
    }
    go.println(&ch.recv().await.unwrap_or(0)).await;
    Ok(())
}

#[test]
fn a_replay_does_what_was_chosen_or_says_why_not() {
    let replay = |at, choice: &str| {
        let choice = Choice::parse(choice).expect("it has the form");
        let mut strategy = Guided::new(FirstCome { seed: 0 }, vec![Deviation { at, choice }]);
        run_with(Limits::default(), &mut strategy, two_senders)
    };
    let outcome = replay(3, "2-send").expect("the second can go first");
    assert_eq!(outcome.trace.output(), ["2"]);
    let why = |at, choice| replay(at, choice).err().expect("it cannot be honoured").why;
    let runnable = ["1-send", "2-send"].map(|choice| Choice::parse(choice).expect("it has the form"));
    assert_eq!(why(3, "0-recv"), WhyNot::NotRunnable { runnable: runnable.to_vec(), more: false });
    assert_eq!(why(3, "9-send"), WhyNot::NotRunnable { runnable: runnable.to_vec(), more: false });
    assert_eq!(why(1, "1-send"), WhyNot::MidStep { next: 3 });
    assert!(matches!(why(99, "1-send"), WhyNot::Over { .. }));
}

/// Nothing that was asked for is left out in silence, not even where there is no step at which to ask for it.
#[test]
fn choices_for_a_run_that_is_over_at_its_start_are_refused() {
    let choice = Choice::parse("1-send").expect("it has the form");
    let mut strategy = Guided::new(FirstCome { seed: 0 }, vec![Deviation { at: 3, choice }]);
    let mut run = Run::new(Limits { events: 3, ..Limits::default() }, two_senders);
    assert!(run.is_over(), "starting two senders takes all events there may be");
    let refused = run.advance(&mut strategy, 1).expect_err("the choice cannot be made");
    assert_eq!(refused.why, WhyNot::Over { end: 3 });
}

/// A recorded run, every choice of it, is the same run under any other strategy.
#[test]
fn every_choice_of_a_run_replays_it() {
    for seed in 0..50 {
        let mut run = Run::new(Limits::default(), two_senders);
        let (mut strategy, mut choices) = (Random { seed }, Vec::new());
        while !run.idle_until_somebody_can_move() {
            let decision = run.moment(|moment| strategy.decide(moment)).expect("somebody can move");
            choices.push(Deviation { at: run.position(), choice: run.moment(|moment| moment.name(&decision)) });
            run.take(&decision);
        }
        let recorded = run.finish().trace;
        let mut strategy = Guided::new(FirstCome { seed: 7 }, choices);
        let again = run_with(Limits::default(), &mut strategy, two_senders).expect("all choices are there").trace;
        assert!(recorded.events().eq(again.events()), "seed {seed}");
    }
}

/// Whoever is not over at the end of a run that was not cut has parked, also one who could go on when it came there.
#[test]
fn at_the_end_everybody_has_parked_or_gone() {
    let program = |go: Go| async move {
        let (a, b) = (Chan::<u32>::new(&go, "a", 1), Chan::<u32>::new(&go, "b", 0));
        for number in 0..4 {
            let (a, b) = (a.clone(), b.clone());
            go.spawn("worker", async move {
                select! {
                    sent = a.send(number) => sent?,
                    _ = b.recv() => {}
                }
                select! {
                    _ = a.recv() => {},
                    sent = b.send(number) => sent?,
                }
                Ok(())
            });
        }
        a.recv().await;
        Ok(())
    };
    for seed in 0..300 {
        let outcome = run_with(Limits::default(), &mut Random { seed }, program).expect("nothing is replayed");
        let mut fold = Fold::new(&outcome.trace);
        while fold.at() < outcome.trace.len() {
            fold.advance(&outcome.trace);
        }
        let lost =
            fold.goroutines().iter().find(|state| matches!(state, GoroutineState::Fresh | GoroutineState::Underway(_)));
        assert_eq!(lost, None, "seed {seed}");
    }
}

/// What a body holds is dropped with the run, also when it never came to its end.
#[test]
fn a_run_that_is_dropped_lets_go_of_everything() {
    let held = Rc::new(RefCell::new(()));
    let theirs = Rc::clone(&held);
    let mut run = Run::new(Limits::default(), |go: Go| async move {
        let ch = Chan::<()>::new(&go, "ch", 0);
        let waiting = ch.clone();
        go.spawn("waiting", async move {
            waiting.recv().await;
            drop(theirs);
            Ok(())
        });
        ch.send(()).await
    });
    run.advance(&mut FirstCome { seed: 0 }, 1).expect("nothing is replayed");
    drop(run);
    assert_eq!(Rc::strong_count(&held), 1);
}

/// A worker that polls, and a goroutine that waits for the reader.
async fn cancellable(go: Go, rounds: u32) -> Result<(), Panic> {
    let stop = Chan::<()>::new(&go, "stop", 0);
    let (waiter, close) = (go.clone(), stop.clone());
    go.spawn("reader", async move {
        waiter.input("Cancel").await;
        close.close().await
    });
    for round in 0..rounds {
        select! {
            _ = stop.recv() => return Ok(()),
            default => {}
        }
        go.println(&round).await;
    }
    Ok(())
}

#[test]
fn nobody_presses_a_button_unless_it_is_chosen_and_then_at_that_moment() {
    let start = |limits| Run::new(limits, |go| cancellable(go, 3));
    let mut run = start(Limits::default());
    run.advance(&mut FirstCome { seed: 0 }, u32::MAX).expect("nothing is replayed");
    let outcome = run.finish();
    assert_eq!(outcome.trace.output(), ["0", "1", "2"]);
    assert!(outcome.left_behind.is_empty(), "who waits for the reader has not leaked");
    let after_one = outcome.trace.prints().next().expect("it prints") + 1;
    let press = Deviation { at: after_one, choice: Choice::parse("1-input").expect("a choice") };
    let mut run = start(Limits::default());
    let mut strategy = Guided::new(FirstCome { seed: 0 }, vec![press]);
    run.advance(&mut strategy, u32::MAX).expect("it can be pressed at any moment");
    let output = run.finish().trace.output();
    assert!(output.len() < 3, "{output:?}");
}

#[test]
fn a_program_that_can_do_nothing_else_gets_its_button_pressed() {
    let outcome = run(|go| async move {
        go.sleep(Duration::from_secs(1)).await;
        go.input("Go on").await;
        go.println(&"on").await;
        Ok(())
    });
    assert_eq!((outcome.ending, outcome.trace.output()), (Ending::Completed, vec!["on".to_owned()]));
}

#[test]
fn what_is_received_only_to_see_whether_there_is_something_is_lost() {
    let outcome = run(|go| async move {
        let jobs = Chan::new(&go, "jobs", 2);
        jobs.send(1_u32).await?;
        jobs.send(2).await?;
        jobs.close().await?;
        while jobs.probe().await {
            go.println(&jobs.recv().await.unwrap_or_default()).await;
        }
        Ok(())
    });
    assert_eq!(outcome.trace.output(), ["2"]);
    assert!(matches!(outcome.left_behind[..], [Finding::Lost { .. }]), "{:?}", outcome.left_behind);
}

#[test]
fn what_is_dropped_later_is_lost_by_the_receive_that_brought_it() {
    let outcome = run(|go| async move {
        let (jobs, other) = (Chan::new(&go, "jobs", 2), Chan::new(&go, "other", 1));
        jobs.drop_last();
        jobs.send(1_u32).await?;
        jobs.send(2).await?;
        jobs.close().await?;
        other.send(3).await?;
        go.println(&jobs.recv().await.unwrap_or_default()).await;
        jobs.recv().await;
        other.recv().await;
        jobs.drop_last();
        // The channel is closed and empty: there was nothing to lose.
        jobs.recv().await;
        jobs.drop_last();
        Ok(())
    });
    let [Finding::Lost { at, .. }] = outcome.left_behind[..] else { panic!("{:?}", outcome.left_behind) };
    let value = outcome.trace.event_value(&outcome.trace.event(at));
    assert_eq!(value.map(|value| value.to_string()), Some("2".to_owned()));
}

#[test]
fn a_panic_before_anything_else_has_a_place_too() {
    let outcome = run(|_| async { Err(Panic::new("boom")) });
    let event = outcome.trace.event(0);
    assert_eq!((outcome.trace.site(event.site).line, outcome.trace.len()), (0, 1));
}

//! Timers, tickers and functions called later, in virtual time.

use std::time::Duration;

use chanscope_kernel::{Ending, FirstCome, Go, Limits, Outcome, Panic, Passing, Random, Run, Strategy};
use chanscope_sync::time::{after, after_func, new_ticker, new_timer};
use chanscope_sync::{Chan, select};

const SECOND: Duration = Duration::from_secs(1);

fn run_with<F>(strategy: &mut dyn Strategy, main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(Limits { events: 10_000, ..Limits::default() }, main);
    assert!(run.advance(strategy, 10_000).expect("nothing is replayed"), "it ends");
    run.finish()
}

fn run<F>(main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    run_with(&mut FirstCome { seed: 0 }, main)
}

fn seconds(outcome: &Outcome) -> u64 {
    outcome.trace.time_nanos(outcome.trace.len()) / 1_000_000_000
}

#[test]
fn a_timer_can_be_received_from_once_its_time_has_come() {
    let outcome = run(|go| async move {
        let timer = new_timer(&go, "timer", 3 * SECOND);
        go.println(&timer.recv().await).await;
        Ok(())
    });
    assert_eq!((outcome.trace.output(), seconds(&outcome)), (vec!["3s".to_owned()], 3));
}

#[test]
fn of_two_timers_in_a_select_the_earlier_wins() {
    let outcome = run(|go| async move {
        let (late, early) = (after(&go, "late", 2 * SECOND), after(&go, "early", SECOND));
        let who = select! {
            _ = late.recv() => "late",
            _ = early.recv() => "early",
        };
        go.println(&who).await;
        Ok(())
    });
    assert_eq!((outcome.trace.output(), seconds(&outcome)), (vec!["early".to_owned()], 1));
}

#[test]
fn a_value_that_was_not_received_is_taken_back_by_stop_and_reset() {
    let outcome = run(|go| async move {
        let timer = new_timer(&go, "timer", SECOND);
        go.sleep(2 * SECOND).await;
        assert!(timer.reset(3 * SECOND).await, "its value was still there");
        assert_eq!(timer.recv().await.0, 5 * SECOND, "nothing stale is received");
        assert!(!timer.stop().await, "it has been received from");
        assert!(!timer.reset(SECOND).await);
        assert!(timer.stop().await);
        timer.recv().await;
        Ok(())
    });
    assert_eq!(outcome.ending, Ending::Deadlocked, "a stopped timer sends nothing");
}

#[test]
fn a_ticker_drops_ticks_that_nobody_takes_in_time() {
    let outcome = run(|go| async move {
        let ticker = new_ticker(&go, "ticker", SECOND)?;
        go.println(&ticker.recv().await).await;
        go.sleep(Duration::from_millis(2_500)).await;
        for _ in 0..2 {
            go.println(&ticker.recv().await).await;
        }
        ticker.stop().await;
        ticker.reset(10 * SECOND)?.await;
        go.println(&ticker.recv().await).await;
        Ok(())
    });
    assert_eq!(outcome.trace.output(), ["1s", "2s", "4s", "14s"]);
}

#[test]
fn a_ticker_that_nobody_waits_for_keeps_no_time_going() {
    let outcome = run(|go| async move {
        let _ticker = new_ticker(&go, "ticker", SECOND)?;
        Chan::<u32>::new(&go, "never", 0).recv().await;
        Ok(())
    });
    assert_eq!((outcome.ending, seconds(&outcome)), (Ending::Deadlocked, 0));
}

#[test]
fn tickers_without_a_period_are_refused_as_in_go() {
    let outcome = run(|go| async move {
        let refused = new_ticker(&go, "ticker", Duration::ZERO).err().map(|panic| panic.message().to_owned());
        assert_eq!(refused.as_deref(), Some("non-positive interval for NewTicker"));
        let ticker = new_ticker(&go, "ticker", SECOND)?;
        ticker.reset(Duration::ZERO)?.await;
        Ok(())
    });
    let last = outcome.trace.event(outcome.trace.len() - 1);
    let text = outcome.trace.value(last.value).expect("a panic has a text").printed();
    assert_eq!(text, "non-positive interval for Ticker.Reset");
}

#[test]
fn a_function_called_later_runs_in_its_own_goroutine_unless_it_is_stopped() {
    let outcome = run(|go| async move {
        let (teller, stopped) = (go.clone(), go.clone());
        let first = after_func(&go, "first", SECOND, move || {
            let go = teller.clone();
            async move {
                go.println(&"called").await;
                Ok(())
            }
        });
        let second = after_func(&go, "second", SECOND, move || {
            let go = stopped.clone();
            async move {
                go.println(&"never called").await;
                Ok(())
            }
        });
        assert!(second.stop().await);
        assert!(!second.stop().await);
        go.sleep(2 * SECOND).await;
        assert!(!first.stop().await, "it has been called");
        assert!(!first.reset(SECOND).await, "so this is another call");
        go.sleep(2 * SECOND).await;
        Ok(())
    });
    assert_eq!(outcome.trace.output(), ["called", "called"]);
    assert_eq!((outcome.ending, &outcome.left_behind[..], outcome.settled), (Ending::Completed, &[][..], true));
}

/// A sleep and a timer of the same length: whether the timer is stopped in time is open.
#[test]
fn what_happens_at_one_instant_can_happen_in_either_order() {
    let answers: Vec<String> = (0..40)
        .map(|seed| {
            let outcome = run_with(&mut Random { seed }, |go| async move {
                let later = after_func(&go, "later", SECOND, || async { Ok(()) });
                go.sleep(SECOND).await;
                go.println(&later.stop().await).await;
                Ok(())
            });
            outcome.trace.output().concat()
        })
        .collect();
    assert!(answers.contains(&"true".to_owned()) && answers.contains(&"false".to_owned()), "{answers:?}");
}

/// Where time passes at any moment, a longer sleep can be over before a shorter one, and before others have moved.
#[test]
fn on_a_slow_machine_any_time_can_have_come() {
    let outputs: std::collections::BTreeSet<String> = (0..60)
        .map(|seed| {
            let outcome = run_with(&mut Random { seed }, |go| async move {
                go.time_passes(Passing::AtAnyMoment);
                let done = Chan::new(&go, "done", 2);
                for seconds in [1, 2] {
                    let (inner, done) = (go.clone(), done.clone());
                    go.spawn("sleeper", async move {
                        inner.sleep(seconds * SECOND).await;
                        inner.println(&seconds).await;
                        done.send(()).await
                    });
                }
                done.recv().await;
                done.recv().await;
                Ok(())
            });
            assert_eq!(seconds(&outcome), 2, "time is the latest that has been reached");
            outcome.trace.output().concat()
        })
        .collect();
    assert_eq!(outputs.into_iter().collect::<Vec<_>>(), ["12", "21"]);
}

/// Where time passes at any moment a timer's value may be there, and need not, until somebody has waited as long.
#[test]
fn a_select_with_default_at_a_timer_goes_either_way_until_its_time_is_behind() {
    let outputs = |first: Option<u32>| -> std::collections::BTreeSet<String> {
        let of = |seed| {
            let outcome = run_with(&mut Random { seed }, |go| async move {
                go.time_passes(Passing::AtAnyMoment);
                let timer = new_timer(&go, "timer", 2 * SECOND);
                if let Some(seconds) = first {
                    go.sleep(seconds * SECOND).await;
                }
                select! {
                    _time = timer.recv() => go.println(&"timer").await,
                    default => go.println(&"default").await,
                }
                Ok(())
            });
            outcome.trace.output().concat()
        };
        (0..40).map(of).collect()
    };
    let both = ["default".to_owned(), "timer".to_owned()].into();
    assert_eq!(outputs(None), both);
    assert_eq!(outputs(Some(1)), both);
    assert_eq!(outputs(Some(3)), ["timer".to_owned()].into());
}

#[test]
fn goexit_runs_deferred_calls_and_is_not_recovered() {
    let outcome = run(|go| async move {
        let done = Chan::<()>::new(&go, "done", 0);
        let (inner, close) = (go.clone(), done.clone());
        go.spawn("worker", async move {
            let printer = inner.clone();
            inner.defer(async move |recovery| {
                assert!(recovery.recover().is_none(), "recover answers nil");
                printer.println(&"deferred").await;
                close.close().await
            });
            let nested = inner.clone();
            let body = async move {
                nested.defer(async move |recovery| {
                    assert_eq!(recovery.recover().expect("the panic of the call before").message(), "boom");
                    Ok(())
                });
                nested.defer(async move |_| Err(Panic::new("boom")));
                Err::<(), _>(Panic::goexit())
            };
            inner.call(body).await?;
            inner.println(&"not reached: recovering a panic does not stop the end").await;
            Ok(())
        });
        done.recv().await;
        Ok(())
    });
    assert_eq!((outcome.trace.output(), outcome.ending), (vec!["deferred".to_owned()], Ending::Completed));
}

#[test]
fn when_main_ends_by_goexit_the_others_go_on_and_then_nobody_is_left() {
    let outcome = run(|go| async move {
        let inner = go.clone();
        go.spawn("worker", async move {
            inner.println(&"still here").await;
            Ok(())
        });
        Err(Panic::goexit())
    });
    assert_eq!((outcome.trace.output(), outcome.ending), (vec!["still here".to_owned()], Ending::Deadlocked));
}

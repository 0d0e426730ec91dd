//! Contexts: cancellation flows down and never up.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use chanscope_kernel::{Ending, Finding, FirstCome, Go, Limits, Outcome, Panic, Random, Run, Strategy, Value};
use chanscope_sync::context::{Context, ContextError};
use chanscope_sync::select;
use chanscope_sync::time::Time;

const SECOND: Duration = Duration::from_secs(1);

fn run<F>(main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    run_by(&mut FirstCome { seed: 0 }, main)
}

fn run_by<F>(strategy: &mut impl Strategy, main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(Limits { events: 10_000, ..Limits::default() }, main);
    assert!(run.advance(strategy, 10_000).expect("nothing is replayed"), "it ends");
    run.finish()
}

fn good(outcome: &Outcome) {
    assert_eq!((outcome.ending, &outcome.left_behind[..], outcome.settled), (Ending::Completed, &[][..], true));
}

#[test]
fn cancelling_reaches_everything_below_and_nothing_above() {
    let outcome = run(|go| async move {
        let root = Context::background(&go);
        let (top, cancel_top) = root.with_cancel("top").await;
        let (middle, cancel_middle) = top.with_cancel("middle").await;
        let value = middle.with_value("value", "name", &"gopher");
        let (bottom, cancel_bottom) = value.with_cancel("bottom").await;
        cancel_middle.call().await;
        assert_eq!(top.err().await, None);
        for below in [&middle, &value, &bottom] {
            below.done().await;
            assert_eq!(below.err().await, Some(ContextError::Canceled));
        }
        // Calling again does nothing.
        cancel_middle.call().await;
        cancel_bottom.call().await;
        cancel_top.call().await;
        assert_eq!(root.err().await, None);
        Ok(())
    });
    good(&outcome);
}

#[test]
fn who_cancels_again_comes_back_when_all_below_is_cancelled() {
    let mut done_first = false;
    for seed in 0..200 {
        let saw = Rc::new(Cell::new(false));
        let sees = Rc::clone(&saw);
        let outcome = run_by(&mut Random { seed }, move |go| async move {
            let (top, cancel) = Context::background(&go).with_cancel("top").await;
            let mut below = Vec::new();
            for name in ["left", "right"] {
                below.push(top.with_cancel(name).await.0);
            }
            for _ in 0..2 {
                let (cancel, below) = (cancel.clone(), below.clone());
                go.spawn("canceller", async move {
                    cancel.call().await;
                    for context in &below {
                        assert_eq!(context.err().await, Some(ContextError::Canceled));
                    }
                    Ok(())
                });
            }
            top.done().await;
            sees.set(below[1].err().await.is_none());
            top.cause().await;
            assert_eq!(below[1].err().await, Some(ContextError::Canceled));
            Ok(())
        });
        assert_eq!(outcome.ending, Ending::Completed);
        done_first |= saw.get();
    }
    assert!(done_first, "some run sees the upper one done and the lower one not");
}

#[test]
fn what_is_derived_from_a_cancelled_context_is_cancelled_with_its_cause() {
    let outcome = run(|go| async move {
        let (parent, cancel) = Context::background(&go).with_cancel("parent").await;
        cancel.call_with_cause("disk full").await;
        cancel.call_with_cause("too late").await;
        let (child, _) = parent.with_timeout("child", SECOND).await;
        child.done().await;
        assert_eq!(child.err().await, Some(ContextError::Canceled));
        assert_eq!(child.cause().await.as_deref(), Some("disk full"));
        Ok(())
    });
    good(&outcome);
}

#[test]
fn the_earlier_deadline_holds() {
    let outcome = run(|go| async move {
        let root = Context::todo(&go);
        let (short, cancel_short) = root.with_timeout("short", SECOND).await;
        let (long, cancel_long) = short.with_timeout("long", 3 * SECOND).await;
        let (shorter, cancel_shorter) = short.with_timeout("shorter", SECOND / 2).await;
        assert_eq!(long.deadline(), Some(Time(SECOND)));
        shorter.done().await;
        assert_eq!(short.err().await, None);
        long.done().await;
        for context in [&short, &long, &shorter] {
            assert_eq!(context.err().await, Some(ContextError::DeadlineExceeded));
            assert_eq!(context.cause().await.as_deref(), Some("context deadline exceeded"));
        }
        for cancel in [cancel_short, cancel_long, cancel_shorter] {
            cancel.call().await;
        }
        Ok(())
    });
    good(&outcome);
    assert_eq!(outcome.trace.time_nanos(outcome.trace.len()), 1_000_000_000);
}

#[test]
fn a_cancelled_deadline_keeps_no_time_going() {
    let outcome = run(|go| async move {
        let (context, cancel) = Context::background(&go).with_timeout("context", 3 * SECOND).await;
        cancel.call().await;
        assert_eq!(context.err().await, Some(ContextError::Canceled));
        Ok(())
    });
    good(&outcome);
    assert_eq!(outcome.trace.time_nanos(outcome.trace.len()), 0);
}

#[test]
fn values_are_looked_up_towards_the_root_and_can_be_shadowed() {
    let outcome = run(|go| async move {
        let (root, cancel) = Context::background(&go).with_cancel("root").await;
        let outer = root.with_value("outer", "name", &"outer").with_value("more", "count", &1_u32);
        let inner = outer.with_value("inner", "name", &"inner");
        let (name, count) = (|context: &Context| context.value("name"), inner.value("count"));
        assert_eq!(name(&outer), Some(Value::text("outer")));
        assert_eq!(name(&inner), Some(Value::text("inner")));
        assert_eq!((count, root.value("name")), (Some(Value::Int(1)), None));
        let free = inner.without_cancel("free");
        cancel.call().await;
        assert_eq!(inner.err().await, Some(ContextError::Canceled));
        assert_eq!((free.err().await, name(&free)), (None, Some(Value::text("inner"))));
        Ok(())
    });
    good(&outcome);
}

#[test]
fn a_function_after_a_context_begins_once_it_is_cancelled_unless_called_off() {
    let outcome = run(|go| async move {
        let (context, cancel) = Context::background(&go).with_cancel("context").await;
        let (one, two, three) = (go.clone(), go.clone(), go.clone());
        let tell = |go: Go, text: &'static str| async move {
            go.println(&text).await;
            Ok(())
        };
        let stop_one = context.after_func("one", tell(one, "one")).await;
        let stop_two = context.after_func("two", tell(two, "two")).await;
        assert!(stop_two.call().await);
        assert!(!stop_two.call().await);
        cancel.call().await;
        assert!(!stop_one.call().await);
        context.after_func("three", tell(three, "three")).await;
        go.sleep(SECOND).await;
        Ok(())
    });
    good(&outcome);
    assert_eq!(outcome.trace.output(), ["one", "three"]);
}

#[test]
fn a_context_that_nobody_cancels_is_found() {
    let left_behind = |call: bool| {
        let outcome = run(move |go| async move {
            let (context, cancel) = Context::background(&go).with_timeout("context", 3 * SECOND).await;
            select! {
                _ = context.done() => unreachable!("its deadline has not come"),
                default => {}
            }
            if call {
                cancel.call().await;
            }
            Ok(())
        });
        outcome.left_behind.len()
    };
    assert_eq!((left_behind(true), left_behind(false)), (0, 1));
    let outcome = run(|go| async move {
        let (_context, _never_called) = Context::background(&go).with_cancel("context").await;
        Ok(())
    });
    assert!(matches!(outcome.left_behind[..], [Finding::NotCancelled { .. }]), "{:?}", outcome.left_behind);
}

#[test]
fn nobody_waits_for_a_background_context_for_good_reason() {
    let outcome = run(|go| async move {
        Context::background(&go).done().await;
        Ok(())
    });
    assert_eq!(outcome.ending, Ending::Deadlocked);
}

/// Nobody ever sees it uncancelled, and it has no deadline to wait for.
#[test]
fn what_is_made_after_its_deadline_is_cancelled_at_birth() {
    let outcome = run(|go| async move {
        let root = Context::background(&go);
        go.sleep(SECOND).await;
        let (zero, cancel_zero) = root.with_timeout("zero", Duration::ZERO).await;
        let (past, cancel_past) = root.with_deadline("past", Time(SECOND / 2)).await;
        for (context, cancel) in [(zero, cancel_zero), (past, cancel_past)] {
            select! {
                _ = context.done() => {},
                default => unreachable!("it is cancelled"),
            }
            cancel.call().await;
            assert_eq!(context.err().await, Some(ContextError::DeadlineExceeded));
            assert_eq!(context.cause().await.as_deref(), Some("context deadline exceeded"));
        }
        Ok(())
    });
    good(&outcome);
}

/// The trace shows the beginning of a long text; the program has all of it.
#[test]
fn a_cause_is_answered_in_full() {
    let cause = "c".repeat(10_000);
    let outcome = run(|go| async move {
        let (context, cancel) = Context::background(&go).with_cancel("context").await;
        let (below, cancel_below) = context.with_cancel("below").await;
        cancel.call_with_cause(&cause).await;
        assert_eq!(below.cause().await, Some(cause));
        cancel_below.call().await;
        Ok(())
    });
    good(&outcome);
}

//! Groups of goroutines with the first error of any.

use std::time::Duration;

use chanscope_kernel::{Ending, FirstCome, Go, Limits, Outcome, Panic, Random, Run, Strategy};
use chanscope_sync::context::{Context, ContextError};
use chanscope_sync::errgroup::Group;

fn run_with<F>(strategy: &mut dyn Strategy, main: impl FnOnce(Go) -> F) -> Outcome
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
fn the_first_error_is_answered_and_cancels_the_others() {
    for seed in 0..50 {
        let outcome = run_with(&mut Random { seed }, |go| async move {
            let (group, context) = Group::with_context(&go, "g", &Context::background(&go)).await;
            for (name, error) in [("one", Some("first")), ("two", Some("second")), ("three", None)] {
                let context = context.clone();
                group
                    .go(name, async move {
                        if let Some(error) = error {
                            return Ok(Err(error.to_owned()));
                        }
                        context.done().await;
                        Ok(Ok(()))
                    })
                    .await?;
            }
            let error = group.wait().await.expect_err("two of them fail");
            assert!(["first", "second"].contains(&error.as_str()));
            assert_eq!(context.cause().await, Some(error), "the cause is the error that was answered");
            Ok(())
        });
        good(&outcome);
    }
}

#[test]
fn without_an_error_the_context_is_cancelled_once_all_are_done() {
    let outcome = run_with(&mut FirstCome { seed: 0 }, |go| async move {
        let (group, context) = Group::with_context(&go, "g", &Context::background(&go)).await;
        let seen = context.clone();
        group
            .go("worker", async move {
                assert_eq!(seen.err().await, None);
                Ok(Ok(()))
            })
            .await?;
        assert_eq!(group.wait().await, Ok(()));
        assert_eq!(context.err().await, Some(ContextError::Canceled));
        Ok(())
    });
    good(&outcome);
}

#[test]
fn no_more_run_at_a_time_than_the_limit_says() {
    let outcome = run_with(&mut FirstCome { seed: 0 }, |go| async move {
        let group = Group::new(&go, "g").with_limit(2);
        for _ in 0..4 {
            let inner = go.clone();
            let body = async move {
                inner.sleep(Duration::from_secs(1)).await;
                Ok(Ok(()))
            };
            group.go("worker", body).await?;
        }
        assert!(!group.try_go("one too many", async { Ok(Ok(())) }).await?, "there is no room");
        assert_eq!(group.wait().await, Ok(()));
        assert!(group.try_go("late", async { Ok(Ok(())) }).await?, "now there is");
        assert_eq!(group.wait().await, Ok(()));
        Ok(())
    });
    good(&outcome);
    assert_eq!(outcome.trace.time_nanos(outcome.trace.len()), 2_000_000_000, "two and two");
}

#[test]
fn a_panic_in_one_of_them_ends_the_program() {
    let outcome = run_with(&mut FirstCome { seed: 0 }, |go| async move {
        let group = Group::new(&go, "g");
        group.go("panics", async { Err(Panic::new("boom")) }).await?;
        drop(group.wait().await);
        Ok(())
    });
    assert!(matches!(outcome.ending, Ending::Panicked { .. }));
}

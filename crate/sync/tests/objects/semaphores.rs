//! `golang.org/x/sync/semaphore`.

use chanscope_kernel::Go;
use chanscope_sync::context::{Context, ContextError};
use chanscope_sync::{Chan, Semaphore, WaitGroup};

use crate::support::{all_ends, ends, set};

/// Never more than two at once.
#[test]
fn units_are_held_by_as_many_as_there_are() {
    let program = |go: Go| async move {
        let (ctx, sem, wg) = (Context::background(&go), Semaphore::new(&go, "sem", 2), WaitGroup::new(&go, "wg"));
        let inside = chanscope_sync::atomic::Int32::new(&go, "inside", 0);
        for _ in 0..3 {
            let (ctx, sem, inside) = (ctx.clone(), sem.clone(), inside.clone());
            wg.go(&go, "worker", async move {
                sem.acquire(&ctx, 1).await.expect("nobody cancels");
                assert!(inside.add_and_load(1).await <= 2);
                inside.add(-1).await;
                sem.release(1).await
            })
            .await?;
        }
        wg.wait().await;
        go.println(&sem.try_acquire(2).await).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [true]"]));
}

/// A request for two waits at the front; one unit is free, and the request for one behind it does not overtake.
#[test]
fn a_large_request_is_not_overtaken() {
    let program = |go: Go| async move {
        let (ctx, sem) = (Context::background(&go), Semaphore::new(&go, "sem", 2));
        let order = Chan::new(&go, "order", 2);
        sem.acquire(&ctx, 2).await.expect("nobody cancels");
        for units in [2, 1] {
            let (ctx, sem, order) = (ctx.clone(), sem.clone(), order.clone());
            go.spawn("asker", async move {
                sem.acquire(&ctx, units).await.expect("nobody cancels");
                order.send(units).await?;
                sem.release(units).await
            });
            // Everybody else has parked by then.
            go.sleep(std::time::Duration::from_secs(1)).await;
        }
        sem.release(1).await?;
        go.println(&sem.try_acquire(1).await).await;
        sem.release(1).await?;
        for _ in 0..2 {
            go.println(&order.recv().await.unwrap_or(0)).await;
        }
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [false 2 1]"]));
}

#[test]
fn to_release_more_than_is_held_is_a_panic() {
    let program = |go: Go| async move { Semaphore::new(&go, "sem", 2).release(1).await };
    assert_eq!(ends(program), "panicked: semaphore: released more than held []");
}

#[test]
fn more_than_there_are_is_never_had() {
    let program = |cancels: bool| {
        move |go: Go| async move {
            let sem = Semaphore::new(&go, "sem", 2);
            let (ctx, cancel) = Context::background(&go).with_cancel("ctx").await;
            if cancels {
                go.spawn("canceller", async move {
                    cancel.call().await;
                    Ok(())
                });
            }
            assert_eq!(sem.acquire(&ctx, 3).await, Err(ContextError::Canceled));
            // Who is doomed holds nobody back.
            go.println(&sem.try_acquire(2).await).await;
            Ok(())
        }
    };
    assert_eq!(all_ends(program(true)), set(["completed [true]"]));
    assert_eq!(ends(program(false)), "deadlocked []");
}

/// Whoever gives up leaves the line, and gives back what came too late: in the end everything is there again.
#[test]
fn who_is_cancelled_has_taken_nothing() {
    let program = |go: Go| async move {
        let (sem, wg) = (Semaphore::new(&go, "sem", 1), WaitGroup::new(&go, "wg"));
        let background = Context::background(&go);
        let (ctx, cancel) = background.with_cancel("ctx").await;
        sem.acquire(&background, 1).await.expect("nobody cancels");
        let (theirs, own) = (sem.clone(), go.clone());
        wg.go(&go, "asker", async move {
            match theirs.acquire(&ctx, 1).await {
                Ok(()) => {
                    own.println(&"acquired").await;
                    theirs.release(1).await
                }
                Err(error) => {
                    own.println(&error.to_string()).await;
                    Ok(())
                }
            }
        })
        .await?;
        wg.go(&go, "canceller", async move {
            cancel.call().await;
            Ok(())
        })
        .await?;
        sem.release(1).await?;
        wg.wait().await;
        go.println(&sem.try_acquire(1).await).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [acquired true]", "completed [context canceled true]"]));
}

/// The package takes the units off before it panics, and leaves it so: who recovers goes on with one more than there were.
#[test]
fn a_release_of_what_is_not_held_takes_effect_all_the_same() {
    let program = |go: Go| async move {
        let (ctx, sem) = (Context::background(&go), Semaphore::new(&go, "sem", 1));
        let (deferring, releasing) = (go.clone(), sem.clone());
        let function = async move {
            deferring.defer(async move |recovery| {
                assert!(recovery.recover().is_some(), "it has panicked");
                Ok(())
            });
            releasing.release(1).await
        };
        go.call(function).await?;
        // More than there are at all.
        sem.acquire(&ctx, 2).await.expect("nobody cancels");
        go.println(&sem.try_acquire(1).await).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [false]"]));
}

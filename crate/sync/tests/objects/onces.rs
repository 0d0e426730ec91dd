//! `sync.Once`.

use chanscope_kernel::{Go, Panic};
use chanscope_sync::{Once, WaitGroup};

use crate::support::{all_ends, ends, set};

#[test]
fn only_the_first_call_calls_the_function_and_all_wait_for_it() {
    let program = |go: Go| async move {
        let (once, wg) = (Once::new(&go, "once"), WaitGroup::new(&go, "wg"));
        for _ in 0..3 {
            let (once, own) = (once.clone(), go.clone());
            wg.go(&go, "caller", async move {
                let inner = own.clone();
                let function = async move {
                    inner.yield_now().await;
                    inner.println(&"once").await;
                    Ok(())
                };
                once.call(&own, function).await?;
                own.println(&"after").await;
                Ok(())
            })
            .await?;
        }
        wg.wait().await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [once after after after]"]));
}

#[test]
fn a_function_that_panics_counts_as_done() {
    let program = |go: Go| async move {
        let once = Once::new(&go, "once");
        let (first, own) = (once.clone(), go.clone());
        go.call(async move {
            own.defer(async |recovery| {
                assert_eq!(recovery.recover().expect("it panicked").message(), "boom");
                Ok(())
            });
            first.call(&own, async { Err(Panic::new("boom")) }).await
        })
        .await?;
        once.call(&go, async { unreachable!("it is done") }).await
    };
    assert_eq!(ends(program), "completed []");
}

#[test]
fn a_function_that_calls_the_same_once_waits_for_itself() {
    let program = |go: Go| async move {
        let once = Once::new(&go, "once");
        let (again, own) = (once.clone(), go.clone());
        once.call(&go, async move { again.call(&own, async { Ok(()) }).await }).await
    };
    assert_eq!(ends(program), "deadlocked []");
}

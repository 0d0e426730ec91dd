//! `sync.WaitGroup`.

use chanscope_kernel::{Go, Panic};
use chanscope_sync::WaitGroup;

use crate::support::{all_ends, ends, set};

#[test]
fn wait_returns_when_the_counter_is_zero() {
    let program = |go: Go| async move {
        let wg = WaitGroup::new(&go, "wg");
        wg.wait().await;
        wg.add(2).await?;
        for _ in 0..2 {
            let (wg, own) = (wg.clone(), go.clone());
            go.spawn("worker", async move {
                own.println(&"done").await;
                wg.done().await
            });
        }
        wg.wait().await;
        go.println(&"all").await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [done done all]"]));
}

#[test]
fn a_negative_counter_is_a_panic() {
    let program = |go: Go| async move { WaitGroup::new(&go, "wg").done().await };
    assert_eq!(ends(program), "panicked: sync: negative WaitGroup counter []");
}

#[test]
fn everybody_who_waits_goes_on() {
    let program = |go: Go| async move {
        let wg = WaitGroup::new(&go, "wg");
        wg.add(1).await?;
        for _ in 0..2 {
            let wg = wg.clone();
            go.spawn("waiter", async move {
                wg.wait().await;
                Ok(())
            });
        }
        wg.done().await
    };
    assert_eq!(all_ends(program), set(["completed []"]));
}

#[test]
fn it_can_be_used_again_after_all_waits_have_returned() {
    let program = |go: Go| async move {
        let wg = WaitGroup::new(&go, "wg");
        for round in 0..3 {
            let own = go.clone();
            wg.go(&go, "worker", async move {
                own.println(&round).await;
                Ok(())
            })
            .await?;
            wg.wait().await;
        }
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [0 1 2]"]));
}

/// However the function ends: here by `runtime.Goexit`.
#[test]
fn go_adds_one_and_is_done_when_the_function_ends() {
    let program = |go: Go| async move {
        let wg = WaitGroup::new(&go, "wg");
        wg.go(&go, "leaver", async { Err(Panic::goexit()) }).await?;
        wg.wait().await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed []"]));
}

/// Go checks after it has added: the counter stays what it has become.
#[test]
fn a_counter_stays_negative_and_wraps_at_32_bits() {
    let added = |deltas: &'static [i32]| {
        move |go: Go| async move {
            let wg = WaitGroup::new(&go, "wg");
            for delta in deltas {
                let (wg, own) = (wg.clone(), go.clone());
                go.call(async move {
                    let inner = own.clone();
                    own.defer(async move |recovery| {
                        if let Some(panic) = recovery.recover() {
                            inner.println(&panic.message().to_owned()).await;
                        }
                        Ok(())
                    });
                    wg.add(*delta).await
                })
                .await?;
            }
            wg.wait().await;
            Ok(())
        }
    };
    assert_eq!(ends(added(&[-1])), "deadlocked [sync: negative WaitGroup counter]");
    assert_eq!(ends(added(&[-1, 1])), "completed [sync: negative WaitGroup counter]");
    assert_eq!(ends(added(&[i32::MAX, 1])), "deadlocked [sync: negative WaitGroup counter]");
}

#[test]
fn who_panics_in_go_is_not_done() {
    let program = |go: Go| async move {
        let wg = WaitGroup::new(&go, "wg");
        wg.go(&go, "worker", async { Err(Panic::new("boom")) }).await?;
        wg.wait().await;
        go.println(&"waited").await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["panicked: boom [recovered, repanicked] []"]));
}

#[test]
fn who_ends_by_goexit_in_go_is_done() {
    let program = |go: Go| async move {
        let wg = WaitGroup::new(&go, "wg");
        wg.go(&go, "worker", async { Err(Panic::goexit()) }).await?;
        wg.wait().await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed []"]));
}

//! `sync.Cond`.

use chanscope_kernel::{Go, Panic};
use chanscope_sync::{Cond, Mutex, Var, WaitGroup};

use crate::support::{all_ends, ends, set};

/// Goroutines that wait once each and print their number, and a channel's worth of certainty that they do wait: each
/// has counted itself while it held the mutex.
async fn waiters(go: &Go, mu: &Mutex, cond: &Cond, count: u32) -> Result<(), Panic> {
    let here = Var::new(go, "here", 0);
    for number in 1..=count {
        let (mu, cond, here, own) = (mu.clone(), cond.clone(), here.clone(), go.clone());
        go.spawn("waiter", async move {
            mu.lock().await;
            let before = here.load().await;
            here.store(before + 1).await;
            cond.wait().await;
            own.println(&number).await;
            mu.unlock().await;
            Ok(())
        });
    }
    loop {
        mu.lock().await;
        let all = here.load().await == count;
        mu.unlock().await;
        if all {
            return Ok(());
        }
        go.yield_now().await;
    }
}

fn program(
    count: u32,
    signals: u32,
    broadcasts: u32,
) -> impl Fn(Go) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Panic>>>> {
    move |go: Go| {
        Box::pin(async move {
            let mu = Mutex::new(&go, "mu");
            let cond = Cond::new(&go, "cond", &mu);
            waiters(&go, &mu, &cond, count).await?;
            for _ in 0..signals {
                cond.signal().await;
            }
            for _ in 0..broadcasts {
                cond.broadcast().await;
            }
            mu.lock().await;
            mu.unlock().await;
            Ok(())
        })
    }
}

/// The leak is the point: whoever was not woken waits on.
fn leaked(count: u32, signals: u32, broadcasts: u32) -> Vec<usize> {
    let mut leaked: Vec<usize> = (0..200)
        .map(|seed| {
            let program = program(count, signals, broadcasts);
            crate::support::run_by(&mut chanscope_kernel::Random { seed }, program).left_behind.len()
        })
        .collect();
    leaked.sort_unstable();
    leaked.dedup();
    leaked
}

#[test]
fn a_signal_wakes_one_of_those_who_wait() {
    assert_eq!(leaked(3, 1, 0), [2]);
    assert_eq!(leaked(3, 2, 0), [1]);
    assert_eq!(leaked(2, 3, 0), [0]);
}

#[test]
fn which_of_several_a_signal_wakes_is_not_promised() {
    let mut woken = all_ends(program(2, 1, 0));
    woken.retain(|line| !line.contains("[]"));
    assert_eq!(woken, set(["completed, leaked [1]", "completed, leaked [2]"]));
}

#[test]
fn a_broadcast_wakes_all_who_wait() {
    assert_eq!(leaked(3, 0, 1), [0]);
    assert_eq!(leaked(3, 1, 1), [0]);
}

#[test]
fn a_signal_is_not_kept_for_who_comes_later() {
    let program = |go: Go| async move {
        let mu = Mutex::new(&go, "mu");
        let cond = Cond::new(&go, "cond", &mu);
        cond.signal().await;
        cond.broadcast().await;
        mu.lock().await;
        cond.wait().await;
        Ok(())
    };
    assert_eq!(ends(program), "deadlocked []");
}

/// Else nobody could ever lock it to change what is waited for, and the waiter would not hold it when it goes on.
#[test]
fn wait_unlocks_while_it_waits_and_locks_before_it_returns() {
    let program = |go: Go| async move {
        let mu = Mutex::new(&go, "mu");
        let cond = Cond::new(&go, "cond", &mu);
        let (their_mu, theirs) = (mu.clone(), cond.clone());
        mu.lock().await;
        go.spawn("signaller", async move {
            their_mu.lock().await;
            theirs.signal().await;
            their_mu.unlock().await;
            Ok(())
        });
        cond.wait().await;
        go.println(&mu.try_lock().await).await;
        mu.unlock().await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [false]"]));
}

/// The change and the signal come between the look and the wait only where the look is not made under the mutex.
#[test]
fn a_wakeup_is_lost_only_without_the_mutex() {
    let program = |guarded: bool| {
        move |go: Go| async move {
            let (mu, wg) = (Mutex::new(&go, "mu"), WaitGroup::new(&go, "wg"));
            let cond = Cond::new(&go, "cond", &mu);
            let ready = Var::new(&go, "ready", false);
            let (their_mu, theirs, their_ready) = (mu.clone(), cond.clone(), ready.clone());
            wg.go(&go, "setter", async move {
                if guarded {
                    their_mu.lock().await;
                }
                their_ready.store(true).await;
                theirs.signal().await;
                if guarded {
                    their_mu.unlock().await;
                }
                Ok(())
            })
            .await?;
            mu.lock().await;
            while !ready.load().await {
                cond.wait().await;
            }
            mu.unlock().await;
            Ok(())
        }
    };
    let lost = |guarded| all_ends(program(guarded)).contains("deadlocked []");
    assert!(lost(false) && !lost(true));
}

#[test]
fn to_wait_without_the_mutex_is_a_fatal_error() {
    let program = |go: Go| async move {
        Cond::new(&go, "cond", &Mutex::new(&go, "mu")).wait().await;
        Ok(())
    };
    assert_eq!(ends(program), "fatal: sync: unlock of unlocked mutex []");
}

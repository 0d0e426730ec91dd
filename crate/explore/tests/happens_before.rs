//! What orders memory, and what does not: each edge of the Go memory model, and its absence where one might expect it.
//!
//! One goroutine writes a variable and another reads it. With an edge between them no execution has a race.

use chanscope_explore::{Bounds, OutcomeFinding, explore};
use chanscope_kernel::{Go, Limits, Panic, Run};
use chanscope_sync::context::Context;
use chanscope_sync::{Chan, Cond, Map, Mutex, Once, RwMutex, Semaphore, Var, WaitGroup, atomic};

/// Whether some execution has a data race.
fn races<F>(main: impl Fn(Go) -> F) -> bool
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let report = explore(|| Run::new(Limits::default(), &main), Bounds::default());
    assert!(report.is_complete(), "{:?}", report.incomplete);
    let findings = report.outcomes.iter().flat_map(|seen| &seen.name.findings);
    findings.into_iter().any(|finding| matches!(finding, OutcomeFinding::DataRace { .. }))
}

#[test]
fn the_go_statement_comes_before_the_start_of_the_goroutine() {
    let program = |go: Go| async move {
        let x = Var::new(&go, "x", 0);
        x.store(1).await;
        go.spawn("reader", async move {
            x.load().await;
            Ok(())
        });
        Ok(())
    };
    assert!(!races(program));
}

/// Also where main looks later than the goroutine can have ended.
#[test]
fn the_end_of_a_goroutine_orders_nothing() {
    let program = |go: Go| async move {
        let x = Var::new(&go, "x", 0);
        let theirs = x.clone();
        go.spawn("writer", async move {
            theirs.store(1).await;
            Ok(())
        });
        go.sleep(std::time::Duration::from_secs(1)).await;
        x.load().await;
        Ok(())
    };
    assert!(races(program));
}

#[test]
fn a_send_comes_before_its_receive() {
    let program = |capacity| {
        move |go: Go| async move {
            let (x, ch) = (Var::new(&go, "x", 0), Chan::new(&go, "ch", capacity));
            let (their_x, theirs) = (x.clone(), ch.clone());
            go.spawn("sender", async move {
                their_x.store(1).await;
                theirs.send(()).await
            });
            ch.recv().await;
            x.load().await;
            Ok(())
        }
    };
    assert!(!races(program(0)) && !races(program(1)));
}

/// Only without a buffer.
#[test]
fn a_receive_comes_before_the_end_of_an_unbuffered_send() {
    let program = |capacity| {
        move |go: Go| async move {
            let (x, ch) = (Var::new(&go, "x", 0), Chan::new(&go, "ch", capacity));
            let (their_x, theirs) = (x.clone(), ch.clone());
            go.spawn("receiver", async move {
                their_x.store(1).await;
                theirs.recv().await;
                Ok(())
            });
            ch.send(()).await?;
            x.load().await;
            Ok(())
        }
    };
    assert!(!races(program(0)) && races(program(1)));
}

/// A channel as a semaphore: the k-th receive makes room for send k + C, so with one place the sections are ordered.
#[test]
fn a_receive_comes_before_the_send_that_it_makes_room_for() {
    let program = |capacity| {
        move |go: Go| async move {
            let (x, ch) = (Var::new(&go, "x", 0), Chan::new(&go, "ch", capacity));
            for _ in 0..2 {
                let (x, ch) = (x.clone(), ch.clone());
                go.spawn("worker", async move {
                    ch.send(()).await?;
                    x.store(1).await;
                    ch.recv().await;
                    Ok(())
                });
            }
            Ok(())
        }
    };
    assert!(!races(program(1)) && races(program(2)));
}

#[test]
fn a_close_comes_before_a_receive_that_returns_because_of_it() {
    let program = |go: Go| async move {
        let (x, ch) = (Var::new(&go, "x", 0), Chan::<()>::new(&go, "ch", 0));
        let (their_x, theirs) = (x.clone(), ch.clone());
        go.spawn("closer", async move {
            their_x.store(1).await;
            theirs.close().await
        });
        ch.recv().await;
        x.load().await;
        Ok(())
    };
    assert!(!races(program));
}

/// As Go's own detector reports it.
#[test]
fn an_unordered_send_and_close_are_a_race() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 1);
        let theirs = ch.clone();
        go.spawn("sender", async move { theirs.send(()).await });
        ch.close().await
    };
    assert!(races(program));
}

#[test]
fn a_read_unlock_comes_before_the_writer_that_waits_for_it() {
    let program = |go: Go| async move {
        let (x, mu) = (Var::new(&go, "x", 0), RwMutex::new(&go, "mu"));
        for _ in 0..2 {
            let (x, mu) = (x.clone(), mu.clone());
            go.spawn("reader", async move {
                mu.read_lock().await;
                x.load().await;
                mu.read_unlock().await;
                Ok(())
            });
        }
        mu.lock().await;
        x.store(1).await;
        mu.unlock().await;
        Ok(())
    };
    assert!(!races(program));
}

/// That it failed says that somebody holds the lock, and nothing is known of what was done before.
#[test]
fn an_attempt_that_fails_orders_nothing() {
    let program = |go: Go| async move {
        let (x, mu) = (Var::new(&go, "x", 0), Mutex::new(&go, "mu"));
        let (their_x, theirs) = (x.clone(), mu.clone());
        go.spawn("writer", async move {
            their_x.store(1).await;
            theirs.lock().await;
            Ok(())
        });
        if !mu.try_lock().await {
            x.load().await;
        }
        Ok(())
    };
    assert!(races(program));
}

#[test]
fn the_call_of_once_comes_before_the_return_of_any() {
    let program = |go: Go| async move {
        let (x, once) = (Var::new(&go, "x", 0), Once::new(&go, "once"));
        for _ in 0..2 {
            let (x, once, own) = (x.clone(), once.clone(), go.clone());
            go.spawn("caller", async move {
                let theirs = x.clone();
                let function = async move {
                    theirs.store(1).await;
                    Ok(())
                };
                once.call(&own, function).await?;
                x.load().await;
                Ok(())
            });
        }
        Ok(())
    };
    assert!(!races(program));
}

#[test]
fn a_done_comes_before_the_wait_that_it_lets_return() {
    let program = |go: Go| async move {
        let (x, wg) = (Var::new(&go, "x", 0), WaitGroup::new(&go, "wg"));
        let theirs = x.clone();
        let worker = async move {
            theirs.store(1).await;
            Ok(())
        };
        wg.go(&go, "worker", worker).await?;
        wg.wait().await;
        x.load().await;
        Ok(())
    };
    assert!(!races(program));
}

#[test]
fn a_signal_comes_before_the_wait_that_it_lets_return() {
    let program = |go: Go| async move {
        let (x, mu) = (Var::new(&go, "x", 0), Mutex::new(&go, "mu"));
        let cond = Cond::new(&go, "cond", &mu);
        let (their_x, theirs) = (x.clone(), cond.clone());
        go.spawn("signaller", async move {
            their_x.store(1).await;
            theirs.signal().await;
            Ok(())
        });
        mu.lock().await;
        cond.wait().await;
        x.load().await;
        Ok(())
    };
    assert!(!races(program));
}

/// Whoever sees the flag comes after the one who set it; to look without seeing it orders nothing.
#[test]
fn an_atomic_comes_before_whoever_sees_its_effect() {
    let program = |waits: bool| {
        move |go: Go| async move {
            let (x, flag) = (Var::new(&go, "x", 0), atomic::Bool::new(&go, "flag", false));
            let (their_x, theirs) = (x.clone(), flag.clone());
            go.spawn("writer", async move {
                their_x.store(1).await;
                theirs.store(true).await;
                Ok(())
            });
            if flag.load().await || !waits {
                x.load().await;
            }
            Ok(())
        }
    };
    assert!(!races(program(true)) && races(program(false)));
}

/// A write, then an add, beside an add, then a read: ordered in one order of the adds, and a race in the other.
#[test]
fn adds_order_what_is_around_them() {
    let program = |go: Go| async move {
        let (x, count) = (Var::new(&go, "x", 0), atomic::Int32::new(&go, "count", 0));
        let (their_x, theirs) = (x.clone(), count.clone());
        go.spawn("writer", async move {
            their_x.store(1).await;
            theirs.add(1).await;
            Ok(())
        });
        count.add(1).await;
        x.load().await;
        Ok(())
    };
    assert!(races(program));
    let counted = |go: Go| async move {
        let (x, count) = (Var::new(&go, "x", 0), atomic::Int32::new(&go, "count", 0));
        for _ in 0..2 {
            let (x, count) = (x.clone(), count.clone());
            go.spawn("worker", async move {
                if count.add_and_load(1).await == 2 {
                    x.load().await;
                } else {
                    x.store(1).await;
                    count.add(2).await;
                }
                Ok(())
            });
        }
        Ok(())
    };
    assert!(races(counted), "the second comes between the add and the store");
}

#[test]
fn a_release_comes_before_the_acquire_that_it_lets_go_on() {
    let program = |size| {
        move |go: Go| async move {
            let (x, ctx, sem) = (Var::new(&go, "x", 0), Context::background(&go), Semaphore::new(&go, "sem", size));
            for _ in 0..2 {
                let (x, ctx, sem) = (x.clone(), ctx.clone(), sem.clone());
                go.spawn("worker", async move {
                    sem.acquire(&ctx, 1).await.expect("nobody cancels");
                    x.store(1).await;
                    sem.release(1).await
                });
            }
            Ok(())
        }
    };
    assert!(!races(program(1)) && races(program(2)));
}

/// Also where the runtime does not notice.
#[test]
fn unordered_uses_of_a_map_are_a_race() {
    let program = |go: Go| async move {
        let m = Map::new(&go, "m");
        let theirs = m.clone();
        go.spawn("writer", async move { theirs.insert(1, 1).await });
        m.len().await;
        Ok(())
    };
    assert!(races(program));
}

/// As Go's detector has it, beyond the memory model: seen with `go run -race` of Go 1.27.
#[test]
fn the_first_add_has_to_come_before_the_wait() {
    let program = |inside: bool, ordered: bool| {
        move |go: Go| async move {
            let (wg, ch) = (WaitGroup::new(&go, "wg"), Chan::new(&go, "ch", 0));
            for _ in 0..2 {
                if !inside {
                    wg.add(1).await?;
                }
                let (theirs, told) = (wg.clone(), ch.clone());
                go.spawn("worker", async move {
                    if inside {
                        theirs.add(1).await?;
                    }
                    if ordered {
                        told.send(()).await?;
                    }
                    theirs.done().await
                });
            }
            for _ in 0..if ordered { 2 } else { 0 } {
                ch.recv().await;
            }
            wg.wait().await;
            Ok(())
        }
    };
    assert!(!races(program(false, false)), "before the goroutines are started");
    assert!(races(program(true, false)), "in the goroutines");
    assert!(!races(program(true, true)), "in the goroutines, and main hears of it");
}

#[test]
fn two_waits_do_not_race_nor_does_an_add_of_who_has_waited() {
    let program = |other_waits: bool, other_adds: bool, main_adds: bool| {
        move |go: Go| async move {
            let wg = WaitGroup::new(&go, "wg");
            wg.add(1).await?;
            let (done, theirs) = (wg.clone(), wg.clone());
            go.spawn("worker", async move { done.done().await });
            go.spawn("other", async move {
                if other_waits {
                    theirs.wait().await;
                }
                if other_adds {
                    theirs.add(1).await?;
                }
                Ok(())
            });
            wg.wait().await;
            if main_adds {
                wg.add(1).await?;
            }
            Ok(())
        }
    };
    assert!(!races(program(true, false, false)), "two waits");
    assert!(!races(program(false, false, true)), "an add of who has waited");
    assert!(races(program(true, false, true)), "an add of who has waited beside somebody else's wait");
    assert!(races(program(false, true, false)), "an add of somebody else");
}
